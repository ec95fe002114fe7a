"""The complaints of ``complaints.jsonl`` in the words of the door."""

import json
from datetime import datetime, timedelta

import pytz

from odoo import fields
from odoo.tools import file_open

from .organisations import MODULE, find

KINDS = {
    "appeal_of_decision": "complaint",
    "mixed": "complaint",
    "fault_report": "view",
    "idea": "suggestion",
}
CHANNELS = {
    "e_service": "web",
    "oral": "meeting",
    "visit": "meeting",
    "conversation": "meeting",
}
REPLY_CHANNELS = {"receipt_code": "portal"}

# The unit where each of them happened; else the one that most complaints reach.
UNITS = {
    "nb-02": "woodwork",
    "nb-03": "canteen",
    "nb-07": "laundry",
    "nb-08": "solhaug",
    "nb-10": "furulia",
    "nb-11": "homecare",
    "sv-01": "homecare",
    "sv-04": "elderly",
    "sv-05": "grouphome",
    "sv-07": "grouphome",
    "sv-08": "dementia",
    "sv-09": "streets",
    "sv-10": "library",
}
USUAL_UNITS = {
    "lepro": "training",
    "sosial_omsorg_no": "homecare",
    "ljusnarsberg": "homecare",
    "robertsfors": "homecare",
    "gislaved": "homecare",
}
# Invented people.
PEOPLE = {
    "nb": ("Anne Fossum", "Bjarne Lie", "Charlotte Moe", "Dag Ruud", "Else Vang"),
    "sv": ("Agneta Vik", "Bengt Rosén", "Cecilia Hall", "Doris Lind", "Emil Kvist"),
}
HOMES = {"nb": ("Granveien", "0000", "Fjordvik"), "sv": ("Björkgatan", "000 00", "Byn")}
CONFLICT = "nearest_manager_is_subject"


def complaint_lines():
    """The lines of the file, each a dict with what is expected of the case."""
    with file_open(f"{MODULE}/complaints.jsonl") as file:
        return [json.loads(line) for line in file if line.strip()]


def complaint_values(line, env):
    """One line as the values that ``complaint.intake.register`` takes."""
    expected = line["expected"]
    unit = _unit(line, env)
    preferred = expected["preferred_channel"]
    values = {
        "unit_id": unit.id,
        "channel": CHANNELS.get(line["channel"], line["channel"]),
        "kind": KINDS.get(expected["type"], expected["type"]),
        "title": line["title"],
        "description": line["text"],
        "categories": expected["categories"],
        "received_at": _received_at(line["received_at"], unit.effective_policy_id.tz),
        "anonymity": "anonymous" if expected["anonymous"] else "open",
        "wants_reply": expected["wants_reply"],
        "reply_channel": REPLY_CHANNELS.get(preferred, preferred),
        "lang": line["lang"],
        "has_external_parties": expected["external_parties"],
        "about_manager": expected["conflict_of_interest"] == CONFLICT,
        "parties": _parties(line, unit),
    }
    return values | _flagged(line, env)


def _unit(line, env):
    usual = USUAL_UNITS[line["policy"]]
    name = line.get("unit") or UNITS.get(line["id"], usual)
    return find(env, "unit", line["policy"], name)


def _received_at(text, tz):
    """The local time of receipt; whole years of 52 weeks earlier, if yet to come."""
    moment = datetime.fromisoformat(text)
    now = pytz.utc.localize(fields.Datetime.now()).astimezone(pytz.timezone(tz))
    while moment > now.replace(tzinfo=None):
        moment -= timedelta(weeks=52)
    return moment.isoformat(timespec="minutes")


def _flagged(line, env):
    """What the flags of a line say in further fields of the door."""
    flags = set(line["expected"]["flags"])
    values = {}
    if "assisted_intake" in flags:
        values["assisted"] = {
            "by": find(env, "user", line["policy"], "reception").id,
            "read_back": True,
            "copy_given": not line["expected"]["anonymous"],
            "informed": True,
            "asked_to_write": "no",
        }
    if flags & {"wants_nav_caseworker", "nav_not_offered"}:
        values["invite"] = ["external_caseworker"]
        values["place_type"] = "municipal" if "municipal_place" in flags else "nav"
    if "authorisation_needed" in flags:
        values["authorisation"] = True
    return values


def _parties(line, unit):
    """The complainant, whom it is about, and whose service it concerns."""
    expected = line["expected"]
    parties = [_complainant(line)]
    if "complainant_not_service_user" in expected["flags"]:
        parties.append({"role": "service_user", "kind": "service_user"})
    if expected["subject_person"]:
        parties.append(_subject(expected, unit))
    return parties


def _complainant(line):
    expected = line["expected"]
    party = {"role": "complainant", "kind": expected["complainant_role"]}
    if expected["anonymous"]:
        return party
    people = PEOPLE[line["lang"]]
    name = people[sum(map(ord, line["id"])) % len(people)]
    party["name"] = name
    if expected["preferred_channel"] == "letter":
        party["street"], party["zip"], party["city"] = HOMES[line["lang"]]
    else:
        account = name.lower().replace(" ", ".").replace("é", "e")
        party["email"] = f"{account}@example.com"
    return party


def _subject(expected, unit):
    """Whom it is about: a user, where the name tells which one."""
    called = expected["subject_person"].partition(" (")[0]
    people = unit._line()[-1:]._people()
    user = people.filtered(lambda person: person.name.split()[0] == called.split()[0])
    if not user and expected["conflict_of_interest"] == CONFLICT:
        user = unit._nearest_manager()
    party = {"role": "subject", "kind": "employee", "name": called}
    return party | {"user_id": user.id} if len(user) == 1 else party
