"""A case with canaries everywhere is disposed of: none is left on the disk.

Usage: ``make -s shell < tests/faults/disposed.py``

What a test in one transaction cannot show: after the commit, Odoo's cleaning of files
and ``VACUUM FULL``, no canary stands in the dump of the database nor in a file of the
server's data folder. What it made stays, as a stub does: run it on a database that is
thrown away (``make reset``).
"""

import secrets
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from tests.faults.hunt import places, sealed_places, vacuum
from tests.faults.organisation import Organisation
from tests.faults.planted import ask, plant, print_letters

# Another one each time: what an earlier run left is not this one's.
CANARY = f"Skogstjernesang{secrets.token_hex(4)}"
WORDS = (CANARY,)
WHERE = {"email": f"{CANARY}@example.com", "street": f"{CANARY} 12"}
GROUPS = ("manager", "export")
FILE = f"Ask for {CANARY} in the yard. ".encode() * 50


def end(env, case):
    case.write({"no_measure_reason": CANARY, "dialogue_attempt": CANARY})
    case.action_inform_staff()
    case.action_close("upheld")
    case.correspondence_ids.filtered(lambda one: one.state == "queued")._mark_sent("x")
    duties = case.deadline_ids
    duties.filtered(lambda one: one.state in ("running", "late"))._waive("Moot")
    long_ago = fields.Datetime.now() - timedelta(days=800)
    env.flush_all()
    env.cr.execute(
        "UPDATE complaint_case SET closed_at = %s WHERE id = %s", [long_ago, case.id]
    )
    # What came in since: the term runs from it.
    env.cr.execute(
        "UPDATE complaint_correspondence SET create_date = %s WHERE case_id = %s",
        [long_ago, case.id],
    )
    env.invalidate_all()


def dispose(env, organisation, case):
    env["complaint.retention.rule"].create(
        {"policy_id": organisation.policy.id, "years": 2, "basis": "Plan, 3.2"}
    )
    disposals = env["complaint.disposal"]
    while disposals._propose():
        pass
    row = disposals.search([("case_id", "=", case.id)])
    assert row, "the case is not due"
    row.write(
        {"state": "approved", "approved_on": fields.Date.today()}
        | {"approved_by_id": env.uid}
    )
    for state in ("identity", "words", "disposed"):
        row._take_step(state)
    env.cr.commit()


def main(env):
    organisation = Organisation(env, f"Disposed{env.cr.now():%H%M%S}")
    boss = organisation.boss
    organisation.policy.write(
        {"independent_id": boss.id, "company_id": organisation.company.id}
    )
    groups = [env.ref(f"klagebehandling.group_{code}").id for code in GROUPS]
    boss.group_ids = [Command.link(id_) for id_ in groups]
    person = {"role": "complainant", "name": CANARY, **WHERE}
    case = organisation.register(1, [person])
    own = env(user=boss.id)
    plant(own(su=True), case.with_env(own(su=True)), CANARY, FILE)
    print_letters(own, case)
    ask(own, case, CANARY)
    case.with_env(own).action_bundle()
    end(env, case)
    env.cr.commit()
    before = places(env, WORDS), sealed_places(env, WORDS)
    print("before:", *before)
    dispose(env, organisation, case)
    env["ir.attachment"]._gc_file_store()
    vacuum(env)
    after = places(env, WORDS), sealed_places(env, WORDS)
    print("after:", *after)
    journal = env["complaint.journal"].sudo()
    found = list(journal._findings(journal._new_check(), case.ids))
    kinds = {finding.kind for finding in found}
    print("journal:", kinds)
    is_ok = len(before[0]) > 2 and len(before[1]) > 4 and not any(after)
    print("ok" if is_ok and kinds == {"explained"} else "FAILED")


main(env)  # noqa: F821
