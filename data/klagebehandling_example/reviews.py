"""Two organisations have looked at their procedure, and do so again this year."""

from odoo import fields

from .organisations import company, find, in_force

# By procedure: who owns it, the clauses that are not kept wholly, and the conclusion.
REVIEWED = {
    "lepro": (
        "procedure",
        {
            "A-06": ("partly", "Skjemaet manglet i permen på to avdelinger."),
            "A-26": ("partly", "Personalmøtet ble flyttet to ganger i sommer."),
        },
        "Rutinen virker. Papirskjemaet må fram igjen, og personalmøtet må holdes.",
    ),
    "gislaved": (
        "procedure",
        {
            "E-10": ("partly", "Tre nya chefer har inte fått utbildningen än."),
            "E-49": ("not", "Korten är slut och har inte tryckts om."),
        },
        "Systemet används i alla förvaltningar. Utbildning och kort behöver ordnas.",
    ),
}


def review(env):
    """Enter a decided review of last year, with measures, and begin this year's.

    :param env: as the superuser
    """
    year = fields.Date.today().year
    for code, (owner, found, conclusion) in REVIEWED.items():
        policy = in_force(env, code)
        user = find(env, "user", code, owner)
        decided = _begin(policy, year - 1, user)
        _assess(decided, found)
        decided.line_ids.filtered(lambda line: not line.assessment).write(
            {"assessment": "kept"}
        )
        decided.action_decide(conclusion)
        changed = decided.line_ids.filtered(lambda line: line.assessment != "kept")
        changed[0].action_improve("feedback")
        running = _begin(policy, year, user)
        running.action_keep_by_program()
        _assess(running, dict(list(found.items())[:1]))


def forget(env):
    """Remove what :func:`review` entered, before the procedures go."""
    companies = [company(env, code).id for code in REVIEWED]
    reviews = env["complaint.review"].search([("company_id", "in", companies)])
    actions = reviews.line_ids.action_ids.with_context(_force_unlink=True)
    assignments = actions.assignment_id
    actions.unlink()
    assignments.unlink()
    reviews._end_tasks()
    reviews.with_context(_force_unlink=True).unlink()


def _begin(policy, year, user):
    review_sudo = policy._open_review(year)
    review_sudo.owner_id = user
    return review_sudo.with_user(user).with_context(lang=user.lang, tz=user.tz)


def _assess(review, found):
    for line in review.line_ids.filtered(lambda line: line.code in found):
        assessment, comment = found[line.code]
        line.write({"assessment": assessment, "comment": comment})
