"""Older complaints moved in: lines a second, and whether twice as many take twice.

Usage: ``make -s shell < tests/benchmarks/moving.py``
Half of the lines are history and half are open. ``MOVING_SIZES`` in the environment are
other numbers of lines. Nothing is committed.
"""

import base64
import os
import time
from unittest.mock import patch

from odoo.fields import Command

SIZES = [int(one) for one in os.environ.get("MOVING_SIZES", "2500 5000 10000").split()]
HEAD = "number;received_at;closed_on;outcome;title;description;name;email"
WEEK = [
    Command.create(
        {"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 16}
    )
    for day in range(5)
]


def organisation(env):
    """A company with a unit, a procedure of two terms and its owner."""
    company = env["res.company"].create({"name": "Benchmark"})
    calendar = env["resource.calendar"].create(
        {
            "name": "Benchmark",
            "tz": "Europe/Oslo",
            "company_id": False,
            "holiday_country_id": env.ref("base.no").id,
            "attendance_ids": [Command.clear(), *WEEK],
        }
    )
    terms = [
        Command.create({"milestone": name, "amount": 1, "period": "month"})
        for name in ("acknowledge", "close")
    ]
    policy = env["complaint.policy"].create(
        {
            "name": "Benchmark",
            "code": "benchmark",
            "lang": "en_US",
            "calendar_id": calendar.id,
            "term_ids": terms,
        }
    )
    groups = ("klagebehandling.group_procedure", "klagebehandling.group_manager")
    owner = env["res.users"].create(
        {
            "name": "Benchmark",
            "login": "benchmark",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set([env.ref(group).id for group in groups])],
        }
    )
    env["complaint.unit"].create(
        {
            "name": "Benchmark",
            "company_id": company.id,
            "policy_id": policy.id,
            "manager_id": owner.id,
        }
    )
    return company, policy, owner


def file_of(size, start):
    """A file of so many lines; no two files have a number in common."""
    lines = [
        f"{start}-{one};2025-03-{one % 28 + 1:02};"
        + (";;" if one % 2 else "2025-06-02;upheld;")
        + f"Cold food;{'The food was cold. ' * 20};Kari {one};kari{one}@example.com"
        for one in range(size)
    ]
    return "\n".join([HEAD, *lines]).encode()


def clocked(act):
    """Seconds of an act, all of it written."""
    start = time.perf_counter()
    act()
    env.flush_all()
    return time.perf_counter() - start


def work(jobs):
    """The clock, until nothing waits."""
    jobs._cron_move()


company, policy, owner = organisation(env)
jobs = env["complaint.import"].with_user(owner).with_company(company)
cron = type(env["ir.cron"])
with patch.object(cron, "_commit_progress", lambda *_args, **_kw: 60):
    for size in SIZES:
        raw = base64.b64encode(file_of(size, size))
        values = {"policy_id": policy.id, "upload": raw}
        made = []
        read = clocked(lambda v=values, m=made: m.append(jobs.create(v)))
        job = made[0]
        check = clocked(lambda j=job: (j.action_check(), work(jobs)))
        run = clocked(lambda j=job: (j.action_run(), work(jobs)))
        env.invalidate_all()
        assert job.moved_count == size, (job.state, job.moved_count)
        again = clocked(lambda v=values: work(jobs.create(v)))
        print(
            f"{size:6} lines: read {read:5.1f} s, checked {check:5.1f} s, moved in "
            f"{run:6.1f} s ({size / run:4.0f}/s), the same again {again:5.1f} s"
        )
env.cr.rollback()
