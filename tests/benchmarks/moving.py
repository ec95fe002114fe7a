"""Older complaints moved in: time and queries of a line, in small and large files.

Usage: ``make -s shell < tests/benchmarks/moving.py``
Half of the lines are history and half are open. ``MOVING_SIZES`` in the environment are
other numbers of lines. What a line takes stays the same, in time of this process too,
which tells it beside other work. Nothing is committed.
"""

import base64
import os
import time
from unittest.mock import patch

from tests.benchmarks.organisation import organisation

SIZES = [int(one) for one in os.environ.get("MOVING_SIZES", "250 2500 5000").split()]
# What is done once is done before anything is measured.
WARM = 100
HEAD = "number;received_at;closed_on;outcome;title;description;name;email"


def file_of(size, start):
    """A file of so many lines; no two files have a number in common."""
    lines = [
        f"{start}-{one};2025-03-{one % 28 + 1:02};"
        + (";;" if one % 2 else "2025-06-02;upheld;")
        + f"Cold food;{'The food was cold. ' * 20};Kari {one};kari{one}@example.com"
        for one in range(size)
    ]
    return "\n".join([HEAD, *lines]).encode()


def measured(act):
    """Seconds, those of the processor, and queries of an act, all of it written."""
    env.flush_all()
    queries = env.cr.sql_log_count
    start, busy = time.perf_counter(), time.process_time()
    act()
    env.flush_all()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return seconds, busy, env.cr.sql_log_count - queries


def work(jobs):
    """The clock, until nothing waits."""
    jobs._cron_move()


def moved(jobs, size):
    """By step, the seconds and queries of a file of so many lines."""
    values = {
        "policy_id": unit.policy_id.id,
        "upload": base64.b64encode(file_of(size, size)),
    }
    made = []
    steps = {"read": measured(lambda: made.append(jobs.create(values)))}
    job = made[0]
    steps["checked"] = measured(lambda: (job.action_check(), work(jobs)))
    steps["moved in"] = measured(lambda: (job.action_run(), work(jobs)))
    env.invalidate_all()
    assert job.moved_count == size, (job.state, job.moved_count)
    steps["again"] = measured(lambda: work(jobs.create(values)))
    return steps


unit = organisation(env, "group_procedure")
jobs = env["complaint.import"].with_user(unit.manager_id)
jobs = jobs.with_company(unit.company_id)
cron, first = type(env["ir.cron"]), {}
with patch.object(cron, "_commit_progress", lambda *_args, **_kw: 60):
    moved(jobs, WARM)
    for size in SIZES:
        steps = moved(jobs, size)
        first = first or {name: busy / size for name, (_, busy, _) in steps.items()}
        print(f"{size:6} lines, for each of them:")
        for name, (seconds, busy, queries) in steps.items():
            print(
                f"    {name:9} {1000 * seconds / size:6.2f} ms, here "
                f"{1000 * busy / size:5.2f} ms ({busy / size / first[name]:4.2f} of "
                f"the smallest file), {queries / size:5.2f} queries"
            )
env.cr.rollback()
