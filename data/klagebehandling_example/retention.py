"""How long the example organisations keep their cases; each decision is made up."""

from .organisations import in_force

PLAN_NO = "Eksempel: bevarings- og kassasjonsplan, punkt 3.2"
PLAN_SE = "Exempel: dokumenthanteringsplan, avsnitt 3.2"
DECISION = {"decision_number": "Exempel 2026-1", "decision_on": "2026-01-12"}
DECISION_NO = {**DECISION, "decision_body": "Kommunestyret"}
DECISION_SE = {**DECISION, "decision_body": "Kommunstyrelsen"}
# By procedure; Gislaved has decided nothing yet, and so disposes of nothing.
KEPT = {
    "lepro": {"basis": PLAN_NO},
    "sosial_omsorg_no": {"basis": PLAN_NO, **DECISION_NO},
    "ljusnarsberg": {"basis": PLAN_SE, **DECISION_SE},
    "robertsfors": {"basis": PLAN_SE, **DECISION_SE},
    "gislaved": {"basis": PLAN_SE},
}


def keep(env):
    """Enter a rule for each organisation: five years.

    :param env: as the superuser
    """
    env["complaint.retention.rule"].create(
        [
            {"policy_id": in_force(env, code).id, "years": 5, **values}
            for code, values in KEPT.items()
        ]
    )


def forget(env, policies):
    """Remove the rules of procedures, before the procedures go."""
    rules = env["complaint.retention.rule"].with_context(active_test=False)
    rules.search([("policy_id", "in", policies.ids)]).unlink()
