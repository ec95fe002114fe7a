import base64
import binascii
import re
from datetime import date, datetime, timedelta

import pytz

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from ...vocabulary import ANONYMITY, CHANNELS, KINDS, PARTY_KINDS, PARTY_ROLES
from .complaint_intake_reader import MAX_LIST

SELECTIONS = {
    "channel": CHANNELS,
    "kind": KINDS,
    "anonymity": ANONYMITY,
    "place_type": [("nav", ""), ("municipal", "")],
}
TEXTS = {"title": 250, "description": 1_000_000, "desired_outcome": 100_000}
LABELS = {"policy": 64, "lang": 16, "submission_id": 128}
FLAGS = ("wants_reply", "has_external_parties", "about_manager")
OTHER = (
    "unit_id",
    "reply_channel",
    "categories",
    "received_at",
    "event_date",
    "invite",
    "parties",
    "attachments",
    "authorisation",
    "assisted",
)
KNOWN = {*SELECTIONS, *TEXTS, *LABELS, *FLAGS, *OTHER}
PARTY_TEXTS = {
    "name": 250,
    "email": 254,
    "phone": 64,
    "street": 500,
    "zip": 32,
    "city": 250,
}
ASSISTED = ("by", "read_back", "copy_given", "informed", "asked_to_write")
OLDEST = timedelta(days=3653)
AHEAD = timedelta(minutes=5)
MAX_FILE = 25 * 1024 * 1024
MAX_FILES = 40 * 1024 * 1024


class ComplaintIntakeForm(models.AbstractModel):
    """Reads one plain dict of the door: every key, type and length, never a guess.

    The readers take the raw value and return the clean one; they raise
    ``ValueError`` with the message for the person.
    """

    _name = "complaint.intake.form"
    _inherit = ["complaint.intake.reader"]
    _description = "Reading of an incoming complaint"

    def _read(self, values):
        """Check and clean one dict.

        :return: ``(clean, problems)``: dict of what was given, and a dict from field
            name to a message in the user's language
        """
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
            return lambda value: self._read_selection(value, SELECTIONS[name])
        if name in TEXTS or name in LABELS:
            limit = TEXTS.get(name) or LABELS[name]
            return lambda value: self._read_text(value, limit)
        return self._read_flag if name in FLAGS else getattr(self, f"_read_{name}")

    def _read_unit_id(self, value):
        return self._read_number(value)

    def _read_reply_channel(self, value):
        # Asked of the case: an addon may add a way of answering.
        ways = self.env["complaint.case"]._fields["reply_channel"]
        return self._read_selection(value, ways._description_selection(self.env))

    def _read_authorisation(self, value):
        if value is True:
            return self.env._("Stated by the complainant")
        return "" if value is False else self._read_text(value, 1000)

    def _read_categories(self, value):
        return self._read_codes(value)

    def _read_invite(self, value):
        allowed = [code for code, _label in PARTY_ROLES if code != "subject"]
        codes = [
            "external_caseworker" if code == "nav_caseworker" else code
            for code in self._read_codes(value)
        ]
        codes = ["staff" if code == "supervisor" else code for code in codes]
        return [
            self._read_selection(code, [(one, "") for one in allowed]) for code in codes
        ]

    def _read_received_at(self, value):
        """The true receipt, kept naive until the procedure's time zone is known."""
        return value if isinstance(value, datetime) else self._read_iso(value, datetime)

    def _read_event_date(self, value):
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        return self._read_iso(value, date)

    def _read_assisted(self, value):
        if not isinstance(value, dict) or set(value) - set(ASSISTED):
            raise ValueError(
                self.env._("Give an object with: %(keys)s.", keys=", ".join(ASSISTED))
            )
        clean = {
            key: self._read_flag(value[key])
            for key in ("read_back", "copy_given", "informed")
            if value.get(key) is not None
        }
        if value.get("by") is not None:
            clean["by"] = self._read_number(value["by"])
        if value.get("asked_to_write") is not None:
            clean["asked_to_write"] = self._read_answer(value["asked_to_write"])
        return clean

    def _read_answer(self, value):
        """Whether the person wanted to write it down; plain true: asked, did not."""
        if isinstance(value, bool):
            return "no" if value else False
        return self._read_selection(value, [("no", ""), ("yes", "")])

    def _read_parties(self, value):
        if not isinstance(value, list) or len(value) > MAX_LIST:
            raise ValueError(
                self.env._("Give a list of at most %(limit)s.", limit=MAX_LIST)
            )
        return [self._read_party(party) for party in value]

    def _read_party(self, value):
        known = {"role", "kind", "user_id", *PARTY_TEXTS}
        if not isinstance(value, dict) or set(value) - known:
            raise ValueError(
                self.env._(
                    "A person has only: %(keys)s.", keys=", ".join(sorted(known))
                )
            )
        party = {
            "role": self._read_selection(value.get("role", "complainant"), PARTY_ROLES)
        }
        if value.get("kind") is not None:
            party["kind"] = self._read_selection(value["kind"], PARTY_KINDS)
        if value.get("user_id") is not None:
            party["user_id"] = self._read_number(value["user_id"])
        for name, limit in PARTY_TEXTS.items():
            text = self._read_text(value.get(name) or "", limit)
            if text:
                party[name] = text
        if party.get("email") and not email_normalize(party["email"]):
            raise ValueError(
                self.env._(
                    "“%(email)s” is not an e-mail address.", email=party["email"]
                )
            )
        return party

    def _read_attachments(self, value):
        if not isinstance(value, list) or len(value) > MAX_LIST:
            raise ValueError(
                self.env._("Give a list of at most %(limit)s.", limit=MAX_LIST)
            )
        files = [self._read_attachment(file) for file in value]
        if sum(len(file["raw"]) for file in files) > MAX_FILES:
            raise ValueError(
                self.env._(
                    "The files are too large together: at most %(size)s MB.",
                    size=MAX_FILES // 1024**2,
                )
            )
        return files

    def _read_attachment(self, value):
        if not isinstance(value, dict) or set(value) - {"as_is"} != {"name", "content"}:
            raise ValueError(self.env._("A file has a name and a content."))
        is_as_is = self._read_flag(value.get("as_is", False))
        name = re.sub(r"[/\\]", "-", self._read_text(value["name"], 250)) or "file"
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
                    size=MAX_FILE // 1024**2,
                )
            )
        return {"name": name, "raw": raw, "as_is": is_as_is}

    def _receipt(self, given, policy, now):
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

    def _refuse(self, problems):
        """Raise with every problem in one message."""
        lines = [f"{self._label(name)}: {text}" for name, text in problems.items()]
        error = ValidationError("\n".join(lines))
        error.problems = problems
        raise error

    def _label(self, name):
        """What the person calls a field of the door."""
        labels = dict(
            self.env["complaint.policy.field"]
            ._fields["name"]
            ._description_selection(self.env)
        )
        own = {
            "policy": self.env._("Procedure"),
            "channel": self.env._("Channel"),
            "received_at": self.env._("Received"),
            "parties": self.env._("Persons"),
            "anonymity": self.env._("Anonymity"),
            "as_is": self.env._("Files"),
            "assisted": self.env._("Help with the complaint"),
        }
        return own.get(name) or labels.get(name) or name
