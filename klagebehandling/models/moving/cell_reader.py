import re
from datetime import date, datetime

from ...addresses import mail_address
from ...limits import PARTY_TEXTS, TEXTS
from ..intake.reader import Reader
from .moved import Moved

# Day first in both countries, the year first as in Sweden and in files.
YEAR_FIRST = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-./]\s?(\d{1,2})[-./\s]\s?(\d{4})")
HOUR = re.compile(r"[T\s,]+(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?$")
# The columns that tell of the person who complains.
PERSON = (*PARTY_TEXTS, "complainant_kind")
# Where the door speaks of a key that no column has.
COLUMNS = {"unit_id": "unit", "parties": "subject_login", "policy": "unit"}


class CellReader(Reader):
    """Reads the cells of a line into the values of the door; never a guess.

    :param job: the import, whose procedure says what can be chosen
    """

    def __init__(self, job):
        super().__init__(job.env)
        self.job = job
        self.codes = job._codes_by_word()
        self.users = {}
        self.today = job.policy_id._today()

    def read_line(self, cells):
        """Read one line.

        :param cells: dict of texts by the name of their column
        :return: ``(values, problems)``, both by name; the values are for the door
        """
        values, problems = {}, {}
        for name in self.job._required_columns():
            if not cells.get(name):
                problems[name] = self.env._("Fill this in.")
        for name, text in cells.items():
            try:
                values[name] = self._reader(name)(text)
            except ValueError as error:
                problems[name] = str(error)
        if not problems:
            problems = self._problems_of_days(values)
        return ({}, problems) if problems else (self._arrange(values), {})

    def place(self, problems):
        """Problems that the door has, by the columns that they are about."""
        return {COLUMNS.get(name, name): text for name, text in problems.items()}

    def _reader(self, name):
        if name in self.codes:
            return lambda text: self._read_choice(name, text)
        return getattr(self, f"_read_{name}", None) or self._read_plain(name)

    def _read_plain(self, name):
        limit = TEXTS.get(name) or PARTY_TEXTS.get(name, 64)
        return lambda text: self.read_text(text, limit)

    def _read_choice(self, name, text):
        code = self.codes[name].get(text.casefold().strip())
        if code is None:
            allowed = ", ".join(self.job._choices(name).values())
            raise ValueError(self.env._("Choose one of: %(values)s.", values=allowed))
        return code

    def _read_categories(self, text):
        words = [word.strip() for word in re.split(r"[;,\n]", text) if word.strip()]
        return [self._read_choice("category", word) for word in words]

    def _read_subject_login(self, text):
        """The colleague complained about, by login."""
        if text not in self.users:
            user = self.env["res.users"].sudo().search([("login", "=ilike", text)])
            own = user.filtered(lambda one: self.job.company_id in one.company_ids)
            self.users[text] = own[:1].id
        if not self.users[text]:
            raise ValueError(
                self.env._(
                    "Nobody here has this login. Enter the login of the colleague, or "
                    "only the name: then it goes past the whole line."
                )
            )
        return self.users[text]

    def _read_email(self, text):
        if not mail_address(text):
            raise ValueError(self.env._("This is no e-mail address."))
        return self.read_text(text, PARTY_TEXTS["email"])

    # -- days

    def _read_received_at(self, text):
        hour = HOUR.search(text)
        day = self._read_day(HOUR.sub("", text))
        if not hour:
            return datetime(day.year, day.month, day.day)
        try:
            return datetime(day.year, day.month, day.day, *map(int, hour.groups()))
        except ValueError:
            raise ValueError(self._say_day()) from None

    def _read_day(self, text):
        """A day as both countries write it.

        :raises ValueError: for what is none, or has a year of two figures
        """
        text = text.strip()
        if found := YEAR_FIRST.fullmatch(text):
            numbers = found.groups()
        elif found := DAY_FIRST.fullmatch(text):
            numbers = reversed(found.groups())
        else:
            raise ValueError(self._say_day())
        try:
            return date(*map(int, numbers))
        except ValueError:
            raise ValueError(self._say_day()) from None

    _read_closed_on = _read_acknowledged_on = _read_event_date = _read_day

    def _say_day(self):
        return self.env._("Write the day like 2026-03-16 or 16.03.2026.")

    def _problems_of_days(self, values):
        """What ended was received before, and is told how it ended."""
        received, problems = values["received_at"].date(), {}
        for name in ("acknowledged_on", "closed_on"):
            day = values.get(name)
            if day and day < received:
                problems[name] = self.env._("This is before it was received.")
            elif day and day > self.today:
                problems[name] = self.env._("This day has not come yet.")
        if values.get("closed_on") and not values.get("outcome"):
            problems["outcome"] = self.env._(
                "Say how it ended, or leave out the day on which it ended."
            )
        if values.get("outcome") and not values.get("closed_on"):
            problems["closed_on"] = self.env._(
                "Say on which day it ended, or leave out how it ended."
            )
        return problems

    # -- for the door

    def _arrange(self, values):
        """The dict of the door; the promise to answer is made only where one waits."""
        moved = Moved(
            number=values.pop("number"),
            file=self.job.digest,
            acknowledged_on=values.pop("acknowledged_on", None),
            closed_on=values.pop("closed_on", None),
            end=values.pop("outcome", ""),
        )
        values["policy"] = self.job.policy_id.code
        if "unit" in values:
            values["unit_id"] = values.pop("unit")
        if "wants_reply" in values:
            values["wants_reply"] = values["wants_reply"] == "yes"
        values["parties"] = self._arrange_parties(values)
        return {**values, "moved": moved}

    def _arrange_parties(self, values):
        person = {name: values.pop(name) for name in PERSON if name in values}
        if kind := person.pop("complainant_kind", None):
            person["kind"] = kind
        subject = {
            key: values.pop(name)
            for name, key in (("subject_name", "name"), ("subject_login", "user_id"))
            if name in values
        }
        parties = [{"role": "complainant", **person}] if person else []
        return parties + ([{"role": "subject", **subject}] if subject else [])
