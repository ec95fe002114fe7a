"""The clock's pass: with nothing due at two sizes, and with N due.

Usage: ``make -s shell < tests/benchmarks/deadlines.py``
Rows are made by SQL and rolled back at the end.
"""

import time
from unittest.mock import patch

from odoo.fields import Command

SIZES = (10_000, 1_000_000)
DUE = (250, 1_000)


def case_of(env):
    """One case that all the rows hang on."""
    company = env["res.company"].create({"name": "Benchmark"})
    policy = env["complaint.policy"].create(
        {
            "name": "Benchmark",
            "code": "benchmark",
            "lang": "en_US",
            "term_ids": [Command.create({"milestone": "acknowledge", "amount": 10})],
        }
    )
    unit = env["complaint.unit"].create(
        {"name": "Benchmark", "company_id": company.id, "policy_id": policy.id}
    )
    intake = env["complaint.intake"].with_company(company)
    values = {"unit_id": unit.id, "channel": "api", "description": "x"}
    results = intake._admit([dict(values) for _one in range(max(DUE))])
    return env["complaint.case"].browse([result["case_id"] for result in results])


def fill(env, case, size):
    """Have so many open deadlines that are due in a month."""
    env.cr.execute("SELECT count(*) FROM complaint_deadline WHERE state = 'running'")
    (have,) = env.cr.fetchone()
    env.cr.execute(
        """
        INSERT INTO complaint_deadline
               (case_id, company_id, milestone, state, due_on, due_at, remind_on,
                next_at)
        SELECT %s, %s, 'acknowledge', 'running', now()::date + 30, now() + '30 days',
               now()::date + 29, now() + '28 days' + n * interval '1 second'
          FROM generate_series(1, %s) AS n
        """,
        [case.id, case.company_id.id, size - have],
    )
    env.cr.execute("ANALYZE complaint_deadline")


def run(env):
    """Seconds and queries of one pass of the clock."""
    env.flush_all()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    env["complaint.deadline"]._cron_keep()
    env.flush_all()
    return time.perf_counter() - start, env.cr.sql_log_count - queries


def make_due(env, cases, where):
    env.cr.execute(
        "UPDATE complaint_deadline SET due_at = now() - interval '1 hour', "
        "next_at = now() - interval '1 hour' WHERE case_id = ANY(%s) AND " + where,
        [cases.ids],
    )


cron = type(env["ir.cron"])
with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 60):
    cases = case_of(env)
    run(env)
    for size in SIZES:
        fill(env, cases[0], size)
        seconds, queries = run(env)
        print(f"{size:>9} open, none due  {seconds * 1000:8.1f} ms {queries:4} queries")
    for due in DUE:
        make_due(env, cases[:due], "term_id IS NOT NULL AND state = 'running'")
        count = env["complaint.deadline"].search_count([("next_at", "<=", "now")])
        seconds, queries = run(env)
        print(
            f"{count:>9} due, with letter, task and journal {count / seconds:8.0f} "
            f"a second {queries / count:6.2f} queries each"
        )
    rows = env["complaint.deadline"].search([("state", "=", "running")], limit=5_000)
    env.flush_all()
    start = time.perf_counter()
    rows.write({"state": "late", "late_at": rows[0].due_at, "next_at": False})
    env.flush_all()
    rate = len(rows) / (time.perf_counter() - start)
    print(f"{len(rows):>9} marked late, nothing else {rate:25.0f} a second")
env.cr.rollback()
