import base64
import binascii
import re
from datetime import date, datetime, timedelta

import pytz

from ...addresses import mail_address
from ...limits import (
    AUTHORISATION,
    FILE_NAME,
    LABELS,
    MAX_FILE,
    MAX_FILES,
    MAX_LIST,
    MEGABYTE,
    PARTY_TEXTS,
    TEXTS,
)
from ...vocabulary import PARTY_KINDS, PARTY_ROLES
from .reader import Reader

# Asked of the case, so that an addon may add a way of complaining or of answering.
SELECTIONS = ("channel", "kind", "anonymity", "reply_channel", "place_type")
FLAGS = ("wants_reply", "has_external_parties", "about_manager")
OTHER = (
    "unit_id",
    "reply_channel",
    "categories",
    "received_at",
    "event_date",
    "event_until",
    "invite",
    "parties",
    "attachments",
    "authorisation",
    "assisted",
)
KNOWN = {*SELECTIONS, *TEXTS, *LABELS, *FLAGS, *OTHER}
ASSISTED = ("by", "read_back", "copy_given", "informed", "asked_to_write")
OLDEST = timedelta(days=3653)
AHEAD = timedelta(minutes=5)
FREE_TEXTS = (*TEXTS, "authorisation")
# Where the person sits in front of the form, or a program waits for the answer.
CAN_CORRECT = ("web", "api")


class SubmissionReader(Reader):
    """Reads one plain dict of the door: every key, type and length, never a guess.

    It knows no procedure: what that allows is seen later, by the door. Each key of the
    dict has a ``read_<key>``, which returns the clean value or raises ``ValueError``
    with the message for the person.
    """

    def read_values(self, values):
        """Check and clean one dict, and keep receipt codes out of its texts.

        :return: ``(clean, problems)``: dict of what was given, and a dict from field
            name to a message in the user's language
        """
        clean, problems = self._read_fields(values)
        return clean, {**self._guard_codes(clean), **problems}

    def _read_fields(self, values):
        if not isinstance(values, dict):
            return {}, {"values": self.env._("Give the values as one object.")}
        clean, problems = {}, {}
        for name, value in values.items():
            if name not in KNOWN:
                problems[str(name)[:64]] = self.env._("This field is unknown.")
            elif value is not None:
                try:
                    clean[name] = self._reader(name)(value)
                except ValueError as error:
                    problems[name] = str(error)
        return clean, problems

    def _reader(self, name):
        if name in SELECTIONS:
            field = self.env["complaint.case"]._fields[name]
            allowed = [(code, "") for code in field.get_values(self.env)]
            return lambda value: self.read_selection(value, allowed)
        if name in TEXTS or name in LABELS:
            limit = TEXTS.get(name) or LABELS[name]
            return lambda value: self.read_text(value, limit)
        return self.read_flag if name in FLAGS else getattr(self, f"read_{name}")

    def read_unit_id(self, value):
        return self.read_number(value)

    def read_authorisation(self, value):
        if value is True:
            return self.env._("Stated by the complainant")
        return "" if value is False else self.read_text(value, AUTHORISATION)

    def read_categories(self, value):
        return self.read_codes(value)

    def read_invite(self, value):
        allowed = [code for code, _label in PARTY_ROLES if code != "subject"]
        codes = [
            "external_caseworker" if code == "nav_caseworker" else code
            for code in self.read_codes(value)
        ]
        codes = ["staff" if code == "supervisor" else code for code in codes]
        return [
            self.read_selection(code, [(one, "") for one in allowed]) for code in codes
        ]

    def read_received_at(self, value):
        """The true receipt, kept naive until the procedure's time zone is known."""
        return value if isinstance(value, datetime) else self.read_iso(value, datetime)

    def read_event_date(self, value):
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return self.read_iso(value, date)

    read_event_until = read_event_date

    def read_assisted(self, value):
        if not isinstance(value, dict) or set(value) - set(ASSISTED):
            raise ValueError(
                self.env._("Give an object with: %(keys)s.", keys=", ".join(ASSISTED))
            )
        clean = {
            key: self.read_flag(value[key])
            for key in ("read_back", "copy_given", "informed")
            if value.get(key) is not None
        }
        if value.get("by") is not None:
            clean["by"] = self.read_number(value["by"])
        if value.get("asked_to_write") is not None:
            clean["asked_to_write"] = self.read_answer(value["asked_to_write"])
        return clean

    def read_answer(self, value):
        """Whether the person wanted to write it down; plain true: asked, did not."""
        if isinstance(value, bool):
            return "no" if value else False
        return self.read_selection(value, [("no", ""), ("yes", "")])

    def read_parties(self, value):
        if not isinstance(value, list) or len(value) > MAX_LIST:
            raise ValueError(
                self.env._("Give a list of at most %(limit)s.", limit=MAX_LIST)
            )
        return [self.read_party(party) for party in value]

    def read_party(self, value):
        known = {"role", "kind", "user_id", *PARTY_TEXTS}
        if not isinstance(value, dict) or set(value) - known:
            raise ValueError(
                self.env._(
                    "A person has only: %(keys)s.", keys=", ".join(sorted(known))
                )
            )
        party = {
            "role": self.read_selection(value.get("role", "complainant"), PARTY_ROLES)
        }
        if value.get("kind") is not None:
            party["kind"] = self.read_selection(value["kind"], PARTY_KINDS)
        if value.get("user_id") is not None:
            party["user_id"] = self.read_number(value["user_id"])
        for name, limit in PARTY_TEXTS.items():
            text = self.read_text(value.get(name) or "", limit)
            if text:
                party[name] = text
        if party.get("email") and not mail_address(party["email"]):
            raise ValueError(
                self.env._(
                    "“%(email)s” is not an e-mail address.", email=party["email"]
                )
            )
        return party

    def read_attachments(self, value):
        if not isinstance(value, list) or len(value) > MAX_LIST:
            raise ValueError(
                self.env._("Give a list of at most %(limit)s.", limit=MAX_LIST)
            )
        files = [self.read_attachment(file) for file in value]
        if sum(len(file["raw"]) for file in files) > MAX_FILES:
            raise ValueError(
                self.env._(
                    "The files are too large together: at most %(size)s MB.",
                    size=MAX_FILES // MEGABYTE,
                )
            )
        return files

    def read_attachment(self, value):
        if not isinstance(value, dict) or set(value) - {"as_is"} != {"name", "content"}:
            raise ValueError(self.env._("A file has a name and a content."))
        is_as_is = self.read_flag(value.get("as_is", False))
        name = re.sub(r"[/\\]", "-", self.read_text(value["name"], FILE_NAME)) or "file"
        content = value["content"]
        try:
            if isinstance(content, str):
                content = content.encode("ascii")
            raw = base64.b64decode(content, validate=True)
        except (binascii.Error, TypeError, UnicodeEncodeError, ValueError):
            raise ValueError(
                self.env._("The content of %(name)s is not base64.", name=name)
            ) from None
        if not raw or len(raw) > MAX_FILE:
            raise ValueError(
                self.env._(
                    "%(name)s is empty or larger than %(size)s MB.",
                    name=name,
                    size=MAX_FILE // MEGABYTE,
                )
            )
        return {"name": name, "raw": raw, "as_is": is_as_is}

    def read_receipt(self, given, policy, now):
        """The true receipt as naive UTC, read in the procedure's time zone.

        :raises ValueError: for what has not happened yet or cannot be true
        """
        if given is None:
            return now
        zone = pytz.timezone(policy.tz)
        try:
            aware = given if given.tzinfo else zone.localize(given)
            moment = aware.astimezone(pytz.utc).replace(tzinfo=None)
        except (OverflowError, ValueError):
            moment = datetime.min
        if moment > now + AHEAD:
            raise ValueError(self.env._("This is in the future."))
        if moment < now - OLDEST:
            raise ValueError(self.env._("This is more than ten years ago."))
        return moment

    def _guard_codes(self, clean):
        """Keep receipt codes out of the texts that colleagues read (M10).

        Who has a code can read the case it opens. In the form it is refused, beside
        the field. A mail or a letter cannot be corrected and nothing of it may be
        lost: there the code is masked, and the text registered.

        :param clean: what was given, masked in place
        :return: a message for each answer that must be corrected
        """
        if clean.get("channel", "api") in CAN_CORRECT:
            return self._code_problems(clean)
        for name in FREE_TEXTS:
            if clean.get(name):
                clean[name] = self.env["complaint.case"]._mask_codes(clean[name])
        return {}

    def _code_problems(self, clean):
        texts = {name: [clean[name]] for name in FREE_TEXTS if clean.get(name)}
        texts["parties"] = [
            text
            for party in clean.get("parties", [])
            for text in party.values()
            if isinstance(text, str)
        ]
        texts["attachments"] = [file["name"] for file in clean.get("attachments", [])]
        problems = {}
        for name, given in texts.items():
            try:
                for text in given:
                    self.read_without_code(text)
            except ValueError as error:
                problems[name] = str(error)
        return problems

    def read_without_code(self, text):
        """The text itself, where it holds no receipt code."""
        if self.env["complaint.case"]._find_codes(text):
            raise ValueError(
                self.env._(
                    "This text holds a receipt code. Whoever reads it could open that "
                    "case: take the code out. To write about the case, give its "
                    "reference."
                )
            )
        return text
