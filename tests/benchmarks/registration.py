"""Complaints through the door: queries and rate, singly and in a batch.

Usage: ``make -s shell < tests/benchmarks/registration.py``
"""

import time

from tests.benchmarks.organisation import organisation


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
