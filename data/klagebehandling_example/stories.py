"""The stories of ``stories.jsonl``: what was complained about, when, and what followed.

A story has an ``id``; that of a line of ``complaints.jsonl`` has its words there.
``received`` and each of its ``steps`` start with when that was, by the clock of the
procedure: ``-3w 09:12`` is the third working day before today, ``-10d 08:50`` ten days
ago. ``protection`` is the level at which a step ``protect`` protects who complains.
"""

import base64
import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytz
from PIL import Image

from odoo.tools import file_open

from .complaints import complaint_lines, complaint_values
from .organisations import MODULE

COUNTRIES = {"lepro": "nb", "sosial_omsorg_no": "nb"}
HOMES = {
    "nb": {"street": "Granveien 3", "zip": "0000", "city": "Fjordvik"},
    "sv": {"street": "Björkgatan 3", "zip": "000 00", "city": "Byn"},
}


@dataclass
class Story:
    """A complaint with its past.

    :param line: its words, in the form of ``complaints.jsonl``
    :param given: the line of ``stories.jsonl``
    """

    line: dict
    given: dict

    @property
    def name(self):
        """The name in the xmlid of the case that it becomes."""
        return f"case_{self.line['id'].replace('-', '_')}"

    def steps(self, policy):
        """What was done, as ``(naive UTC instant, name of the step)``."""
        for step in self.given["steps"]:
            when, _space, name = step.rpartition(" ")
            yield moment(when, policy), name

    def received_at(self, policy):
        """The instant of receipt, naive UTC."""
        return moment(self.given["received"], policy)

    def values(self, env, policy):
        """The values of the door."""
        values = complaint_values(self.line, env)
        received_at = pytz.utc.localize(self.received_at(policy))
        values["received_at"] = received_at.isoformat()
        if anonymity := self.given.get("anonymity"):
            values["anonymity"] = anonymity
        if self.given.get("street"):
            values["parties"][0] |= HOMES[self.line["lang"]]
        if name := self.given.get("file"):
            values["attachments"] = [{"name": name, "content": _photo()}]
        return values


def stories():
    """All stories, those of ``complaints.jsonl`` first."""
    lines = {line["id"]: line for line in complaint_lines()}
    with file_open(f"{MODULE}/stories.jsonl") as file:
        given = [json.loads(line) for line in file]
    return [Story(lines.get(one["id"]) or _line(one), one) for one in given]


def moment(text, policy):
    """When something was, as a naive UTC instant.

    :param text: such as ``-3w 09:12``: working days, or ``d`` for days, before today
    """
    when, _space, clock = text.partition(" ")
    today = policy._today()
    amount, period = int(when[:-1]), when[-1]
    if period == "w":
        policy._ensure_calendar(today - timedelta(days=60), today)
        day = policy._shift_work_day(today, amount)
    else:
        day = today + timedelta(days=amount)
    local = datetime.combine(day, datetime.strptime(clock, "%H:%M").time())
    zone = pytz.timezone(policy.tz)
    return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)


def _line(given):
    """A story of its own, in the form of a line of ``complaints.jsonl``."""
    is_anonymous = given.get("anonymity") == "anonymous"
    return {
        "id": given["id"],
        "lang": COUNTRIES.get(given["policy"], "sv"),
        "policy": given["policy"],
        "unit": given["unit"],
        "received_at": "2026-01-01T00:00",
        "channel": given.get("channel", "web"),
        "title": given["title"],
        "text": given["text"],
        "expected": {
            "type": given.get("kind", "complaint"),
            "categories": given["grounds"],
            "complainant_role": given["who"],
            "anonymous": is_anonymous,
            "wants_reply": True,
            "preferred_channel": given.get("reply", "email"),
            "external_parties": False,
            "subject_person": None,
            "conflict_of_interest": None,
            "flags": [],
        },
    }


def _photo():
    """A picture that shows nothing, as base64."""
    picture, file = Image.linear_gradient("L").resize((320, 200)), io.BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
