"""A worker that moves complaints in is killed: nothing is lost, and nothing is double.

The clock runs in a process of its own, which is killed for real (SIGKILL) again and
again: at places where half of something is done, and at any moment.

Usage: ``make -s shell < tests/faults/killed_mover.py``
"""

import base64
import collections
import os
import random
import signal
import sys
import time
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.fields import Command

from tests.faults.organisation import Organisation

LINES = 1200
HEAD = "number;received_at;closed_on;outcome;title;description;name"
# Where it is killed on the way to a state: the model and the method, which has run.
PLACES = {
    "checked": (
        ("complaint.import.line", "_look_at_promises"),
        ("complaint.import.line", "_check"),
        ("ir.cron", "_commit_progress"),
    ),
    "done": (
        ("complaint.intake", "_admit"),
        ("complaint.import.line", "_enter_lines"),
        ("complaint.import.line", "_move_in"),
        ("ir.cron", "_commit_progress"),
    ),
}
# So many are to be killed while they work, or it was no test.
FEWEST = 12
# Without an end it would be no test.
MOST = 60


def file_of():
    lines = (
        f"{one};2025-03-{one % 28 + 1:02};"
        + (";;" if one % 2 else "2025-06-02;upheld;")
        + f"Faults {one};The soup was cold.;Kari {one}"
        for one in range(LINES)
    )
    return base64.b64encode("\n".join([HEAD, *lines]).encode())


def progress(cron, *_args, **_kwargs):
    cron.env.cr.commit()
    return 60


def tick(registry):
    with registry.cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {})["complaint.import"]._cron_move()


def work(registry, place=None):
    """Run the clock in a process of its own, until it is killed or has nothing to do.

    :param place: where it kills itself; without it, the caller does
    :return: its id
    """
    pid = os.fork()
    if pid:
        return pid
    try:
        # Connections of its own: to close the others would close them for both.
        sql_db._Pool = sql_db._Pool_readonly = None
        with patch.object(registry["ir.cron"], "_commit_progress", progress):
            if not place:
                tick(registry)
            else:
                original = getattr(registry[place[0]], place[1])

                def killed(*args, **kwargs):
                    original(*args, **kwargs)
                    os.kill(os.getpid(), signal.SIGKILL)

                with patch.object(registry[place[0]], place[1], killed):
                    tick(registry)
    finally:
        os._exit(0)


def ended(pid):
    _pid, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def run(env, job, state):
    """Have the clock killed until the import has come to a state; return how often."""
    kills = []
    for place in PLACES[state]:
        kills.append(ended(work(env.registry, place)))
    dice = random.Random(7)
    while len(kills) < MOST:
        pid = work(env.registry)
        time.sleep(dice.uniform(0.05, 1))
        os.kill(pid, signal.SIGKILL)
        kills.append(ended(pid))
        env.cr.rollback()
        env.invalidate_all()
        if job.state == state:
            break
    # One that nobody kills finishes what is left.
    ended(work(env.registry))
    env.cr.rollback()
    env.invalidate_all()
    return sum(kills)


def faults_of(env, organisation, job, cases):
    numbers = collections.Counter(cases.mapped("external_number"))
    titles = collections.Counter(cases.mapped("title"))
    open_ones = cases.filtered(lambda case: not case.closed_at)
    promised = collections.Counter(
        (row.case_id.id, row.milestone) for row in cases.deadline_ids
    )
    journal = env["complaint.company.journal"].search(
        [("company_id", "=", organisation.company.id)]
    )
    events = collections.Counter(journal.mapped("event"))
    checks = {
        f"{len(cases)} cases of {LINES} lines": len(cases) == LINES,
        "a complaint is there twice": {*titles.values()} == {1},
        "a number is there twice": {*numbers.values()} <= {1},
        f"{job.moved_count} lines are moved in": job.moved_count == LINES,
        "the file is not moved in": job.state == "done",
        "half of them are open": len(open_ones) == LINES // 2,
        "a promise is made twice": {*promised.values()} == {1},
        "an open one has no promise": open_ones.deadline_ids.case_id == open_ones,
        "its begin or end is entered twice": events["import_started"]
        == events["import_ended"]
        == 1,
        "something of the file is kept": not any(job.line_ids.mapped("cells_sealed")),
    }
    faults = [name for name, good in checks.items() if not good]
    return faults + [str(one) for one in env["complaint.journal"]._verify(cases)]


def main(env):
    term = {"milestone": "close", "amount": 1, "period": "month"}
    organisation = Organisation(env, "Faults", term=term)
    group = env.ref("klagebehandling.group_procedure")
    organisation.boss.group_ids = [Command.link(group.id)]
    jobs = env["complaint.import"].with_user(organisation.boss)
    values = {"policy_id": organisation.policy.id, "upload": file_of()}
    job = jobs.create(values).sudo()
    env.cr.commit()
    kills = run(env, job, "checked")
    faults = [] if job.new_count == LINES else [f"{job.new_count} lines are checked"]
    with patch.object(type(job), "_go_on", lambda _job: None):
        job.with_user(organisation.boss).action_run()
    env.cr.commit()
    kills += run(env, job, "done")
    organisation.cases = env["complaint.case"].search(
        [("company_id", "=", organisation.company.id)]
    )
    faults += faults_of(env, organisation, job, organisation.cases)
    if kills < FEWEST:
        faults.append("too few were killed in the middle")
    again = jobs.create(values).sudo()
    env.cr.commit()
    ended(work(env.registry))
    env.cr.rollback()
    env.invalidate_all()
    if (again.same_count, again.new_count) != (LINES, 0):
        faults.append("the same file would be moved in again")
    env.cr.execute("DELETE FROM complaint_import WHERE id IN %s", [(job.id, again.id)])
    organisation.remove()
    env.cr.commit()
    print(f"{LINES} lines, killed {kills} times, {len(faults)} faults")
    for fault in faults[:20]:
        print(f"- {fault}")
    return len(faults)


if main(env):  # noqa: F821 of the shell
    sys.exit(1)
