"""A word in every kind of row that a case has, for the scripts beside it."""

import base64

from odoo import fields


def plant(env, case, word, file):
    """Write the word wherever somebody writes in a case.

    :param file: the bytes of the files that are put to it
    """
    of = {"case_id": case.id}
    for name, values in (
        ("note", {**of, "body": word}),
        ("point", {**of, "name": word, "findings": word}),
        ("plan.step", {**of, "name": word, "result": word}),
        ("conduct", {**of, "fact": word}),
        ("outgoing", {**of, "name": word, "reason": word}),
        ("followup", {**of, "note": word}),
    ):
        env[f"complaint.{name}"].create(values)
    case.write({"summary": word, "lesson": word, "remedy": word})
    case.message_post(body=word, attachments=[("talk.txt", file)])
    case.activity_schedule(
        "mail.mail_activity_data_todo", summary=word, note=word, user_id=env.uid
    )
    _meet(env, case, word)
    _hand_on(env, case, word, file)
    _hear(env, case, word)
    case.action_update(f"<p>{word}</p>")


def _meet(env, case, word):
    meeting = env["complaint.meeting"].create(
        {"case_id": case.id, "start_at": fields.Datetime.now(), "place": word}
    )
    meeting.action_hold()
    minutes = env["complaint.minutes"].create(
        {"meeting_id": meeting.id, "agreed": word, "discussion": word}
    )
    minutes._freeze()
    minutes._sign("organisation", "account", user_id=env.uid)


def _hand_on(env, case, word, file):
    referral = env["complaint.referral"].create({"case_id": case.id, "note": word})
    for values in (
        {"text": word},
        {"name": f"{word}.txt", "content": base64.b64encode(file)},
    ):
        env["complaint.referral.document"].create(
            {"referral_id": referral.id, **values}
        )


def _hear(env, case, word):
    """Somebody is heard, and somebody has a measure: what they are asked is apart."""
    company = case.company_id
    colleague = env["res.users"].create(
        {
            "name": "Colleague",
            "login": f"colleague-{case.id}",
            "company_id": company.id,
            "company_ids": company.ids,
        }
    )
    party = env["complaint.party"].create(
        {"case_id": case.id, "role": "witness", "user_id": colleague.id}
    )
    hearing = env["complaint.hearing"].create(
        {"case_id": case.id, "party_id": party.id, "points": word}
    )
    hearing.statement_id = env["complaint.hearing.statement"].create(
        {
            "user_id": colleague.id,
            "company_id": company.id,
            "points": word,
            "answer": word,
            "is_answered": True,
        }
    )
    measure = env["complaint.action"].create(
        {
            "case_id": case.id,
            "name": word,
            "due_on": fields.Date.today(),
            "owner_id": colleague.id,
        }
    )
    measure.action_done(word)


def print_letters(env, case):
    """Print what was written: a copy of each is kept."""
    report = "klagebehandling_reports.complaint_correspondence_report"
    reports = env["ir.actions.report"].with_context(
        force_report_rendering=True, allowed_company_ids=case.company_id.ids
    )
    letters = case.sudo().correspondence_ids.filtered(
        lambda one: one.direction == "out" and one.state != "draft"
    )
    letters.write({"medium": "letter"})
    for letter in letters:
        reports._render_qweb_pdf(report, letter.ids)


def ask(env, case, word):
    """The person asks for something to be added, and is given all that is kept.

    :param env: of who works the case
    """
    for right, words in (("correction", word), ("access", "")):
        review = case.sudo()._ask_right(right, words).with_env(env)
        for mask in review.mask_ids:
            mask.sudo().write({"decision": "release"})
        review.write({"outgoing_reason": "Looked at."})
        review.action_review()
        review.action_answer()
