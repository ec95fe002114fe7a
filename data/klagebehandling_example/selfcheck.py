"""What the example's organisations owe themselves: some of it done, some waiting."""

from dateutil.relativedelta import relativedelta

from .organisations import ORGANISATIONS, company, find

LESSON = "Vi ringer upp samma dag när maten har kommit bort eller blivit kall."
NEED = "En gemensam lista över vem som ringer upp"
REASON = "Den som klagar får vänta på besked, eftersom ingen vet vem som ska ringa."
# What is removed before the people and procedures of the example are.
OWN = ("proposal", "selfcheck", "feedback", "familiarity", "training")


def look_at_itself(env):
    """Ask everybody, have half of them answer, and count the last quarter."""
    for code in ORGANISATIONS:
        rows = env["complaint.familiarity"]
        rows._renew(company(env, code))
        known = rows.search(
            [("company_id", "=", company(env, code).id), *rows._asked()], order="id"
        )
        for row in known[::2]:
            row.with_user(row.user_id).action_confirm()
        _follow_up(env, company(env, code))
    social = find(env, "unit", "ljusnarsberg", "social")
    env["complaint.lesson"].create(
        {"company_id": social.company_id.id, "unit_id": social.id, "text": LESSON}
    )
    office = find(env, "unit", "robertsfors", "social")
    env["complaint.proposal"].create(
        {
            "name": NEED,
            "reason": REASON,
            "unit_id": office.id,
            "proposed_on": _last_quarter(office._policy_today()),
        }
    )
    checks = env["complaint.selfcheck"]
    for unit, policy in checks._places():
        if unit.company_id in [company(env, code) for code in ORGANISATIONS]:
            checks._open_quarter(unit, policy, _last_quarter(policy))


def _last_quarter(policy):
    """The first day of the quarter that has ended last."""
    today = policy._today()
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return first - relativedelta(months=3)


def _follow_up(env, one):
    """The head has followed up what has ended; the rest waits."""
    cases = env["complaint.case"].search(
        [("company_id", "=", one.id), ("is_follow_up_due", "=", True)]
    )
    for case in cases.filtered(lambda case: case._has_ended()):
        for user in case._followers()[:1]:
            case.with_user(user).action_follow_up()


def forget(env, companies):
    """Remove all of it, for the uninstallation of the example."""
    for name in OWN:
        rows = env[f"complaint.{name}"].with_context(_force_unlink=True)
        rows.search([("company_id", "in", companies.ids)]).unlink()
