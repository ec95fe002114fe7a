"""A case laid out as a file: its facts, what happened when, and its documents.

Everything is read as the user: what the wall or a role hides is not in it.
"""

import hashlib

FACTS = (
    "reference",
    "registry_number",
    "kind",
    "unit_id",
    "policy_id",
    "category_ids",
    "channel",
    "received_at",
    "registered_at",
    "state",
    "stage",
    "outcome",
    "handler_id",
    "answered_at",
    "closed_at",
)
MATTER = ("title", "description", "desired_outcome", "summary", "remedy", "lesson")


def lay_out(case, has_notes, has_journal):
    """What the template of the case file lays out.

    :param case: one case, as the user, in the language of the file
    :param has_notes: with what colleagues have noted
    :param has_journal: with each entry of the journal, without its texts
    """
    documents = [_matter(case), *_letters(case), *_minutes(case)]
    if has_notes:
        documents += _notes(case)
    documents.sort(key=lambda one: one["day"])
    for number, one in enumerate(documents, start=1):
        one["number"] = number
        one["said_day"] = case._say_day(one["day"])
    return {
        "facts": case._printed_rows(FACTS),
        "people": _people(case),
        "documents": documents,
        "files": _files(case),
        "timeline": _timeline(case, documents),
        "promises": promises(case),
        "measures": _measures(case),
        "entries": _entries(case) if has_journal else [],
    }


def promises(case, milestones=None):
    """The duties of a case in words: what, until when, what became of it, and why.

    :param milestones: of these only, and what was given up or moved is left out
    """
    rows = case.deadline_ids.sorted(lambda row: (row.due_on, row.id))
    if milestones:
        rows = rows - case.deadline_ids.extends_id
        rows = rows.filtered(
            lambda row: row.milestone in milestones and row.state != "waived"
        )
    return [
        {
            "duty": row._milestone_label(),
            "day": case._say_day(row.due_on),
            "state": say(row, "state"),
            "met": case._say_day(row.met_on) if row.met_on else "",
            "reason": row.reason or "",
        }
        for row in rows
    ]


def say(row, name):
    """The words of a selection, in the language of the row."""
    labels = dict(row._fields[name]._description_selection(row.env))
    return labels.get(row[name], "")


def _matter(case):
    return {
        "kind": "matter",
        "day": case._received_on(),
        "title": case.env._("The complaint"),
        "who": case.complainant,
        "rows": case._printed_rows(MATTER),
    }


def _letters(case):
    """Letters and messages, both ways; a draft is none yet."""
    letters = case.correspondence_ids.filtered(lambda one: one.state != "draft")
    for letter in letters.sorted("id"):
        entry = letter._as_entry()
        yield {"kind": "letter", **entry}


def _notes(case):
    for note in case.note_ids.sorted("id"):
        yield {"kind": "note", **note._as_entry()}


def _minutes(case):
    """What was frozen, in each version; of what was erased only that it was there."""
    for minutes in case.minutes_ids.filtered("frozen_on").sorted("id"):
        values = minutes._document_values() if minutes.sudo()._is_readable() else None
        yield {
            "kind": "minutes",
            "day": minutes.frozen_on,
            "title": case.env._("Minutes, version %(number)s", number=minutes.version),
            "who": "",
            "values": values,
        }


def _people(case):
    people = case.env["complaint.party"].search([("case_id", "=", case.id)], order="id")
    return [(say(one, "role"), one.display_name) for one in people]


def _files(case):
    """The files of a case: what the one who gets them holds them against."""
    rows = []
    for one in case.original_ids.sorted("number"):
        file = one.attachment_id
        raw = file.raw if file else b""
        rows.append(
            {
                "name": file.name or one.display_name,
                "size": len(raw),
                "digest": hashlib.sha256(raw).hexdigest() if raw else "",
                "state": say(one, "state"),
            }
        )
    return rows


def _measures(case):
    return [
        {
            "name": one.name or "",
            "until": case._say_day(one.due_on),
            "state": say(one, "state"),
            "result": one.result or "",
        }
        for one in case.action_ids
    ]


def _timeline(case, documents):
    """Pairs of a day and what happened, the oldest first."""
    rows = [(one["day"], _say_document(one)) for one in documents]
    local = case.policy_id.sudo()._local
    for meeting in case.meeting_ids:
        words = case.env._("Meeting: %(state)s", state=say(meeting, "state"))
        rows.append((local(meeting.start_at).date(), words))
    for referral in case.referral_ids.filtered("sent_on"):
        words = case.env._("Handed on to %(name)s", name=referral._say_recipient())
        rows.append((referral.sent_on, words))
    for measure in case.action_ids.filtered("done_on"):
        words = case.env._("Measure done: %(name)s", name=measure.name or "")
        rows.append((measure.done_on, words))
    if case.closed_at:
        rows.append((local(case.closed_at).date(), say(case, "state")))
    rows.sort(key=lambda row: row[0])
    return [(case._say_day(day), words) for day, words in rows]


def _say_document(document):
    number = f"({document['number']})"
    return " ".join(filter(None, (document["title"], document["who"], number)))


def _entries(case):
    """Each entry of the journal the user reads: what and when, bound by its digest."""
    return [
        {
            "sequence": entry.sequence,
            "day": case._say_day(entry.logged_on),
            "event": entry.event_label,
            "digest": entry.digest,
        }
        for entry in case.journal_ids.sorted("sequence")
    ]
