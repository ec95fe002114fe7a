"""Complaints through the door: queries and rate, singly and in a batch.

Usage: ``make -s shell < tests/benchmarks/registration.py``
"""

import time

from odoo.fields import Command

WEEK = [
    Command.create(
        {"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 16}
    )
    for day in range(5)
]


def organisation(env):
    """A company with one unit, its manager and three terms."""
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
        ("acknowledge", 10, "day"),
        ("inform_staff", 14, "day"),
        ("close", 1, "month"),
    ]
    policy = env["complaint.policy"].create(
        {
            "name": "Benchmark",
            "code": "benchmark",
            "lang": "en_US",
            "calendar_id": calendar.id,
            "term_ids": [
                Command.create({"milestone": name, "amount": amount, "period": period})
                for name, amount, period in terms
            ],
        }
    )
    manager = env["res.users"].create(
        {
            "name": "Benchmark",
            "login": "benchmark",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(env.ref("klagebehandling.group_manager").ids)],
        }
    )
    return env["complaint.unit"].create(
        {
            "name": "Benchmark",
            "company_id": company.id,
            "policy_id": policy.id,
            "manager_id": manager.id,
        }
    )


def measure(env, intake, values_list):
    """Queries and complaints a second of one call."""
    env.flush_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    intake._admit(values_list)
    env.flush_all()
    seconds = time.perf_counter() - start
    count = len(values_list)
    return (env.cr.sql_log_count - queries) / count, count / seconds


unit = organisation(env)
values = {
    "unit_id": unit.id,
    "channel": "web",
    "title": "Cold food",
    "description": "The food is cold. " * 30,
    "categories": ["food", "conduct_treatment"],
    "parties": [
        {
            "role": "complainant",
            "kind": "participant",
            "name": "Kari Nordmann",
            "email": "kari@example.com",
            "phone": "99887766",
        }
    ],
}
intake = env["complaint.intake"].with_company(unit.company_id)
measure(env, intake, [values])
singles = [measure(env, intake, [values]) for _one in range(50)]
batch = measure(env, intake, [dict(values) for _one in range(1000)])
single_rate = len(singles) / sum(1 / rate for _queries, rate in singles)
print(f"singly         {singles[-1][0]:6.1f} queries each {single_rate:8.0f} a second")
print(f"batch of 1 000 {batch[0]:6.2f} queries each {batch[1]:8.0f} a second")
