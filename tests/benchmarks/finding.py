"""A search for a person among 100 000 cases, each with a person, as a manager types it.

Usage: ``make -s shell < tests/benchmarks/finding.py``
Rows are made by SQL and rolled back at the end.
"""

import random
import time

from odoo.addons.klagebehandling.sealing import name_hashes

SIZE = 100_000
REPEATS = 9
BATCH = 5_000
FIRST = (
    *("Anna", "Bo", "Kari", "Per", "Åse", "Øyvind", "Lars", "Eva"),
    *("Nils", "Ida", "Ali", "Sara", "Jan", "Maja", "Ole", "Liv"),
)
LAST = (
    *("Hansen", "Öster", "Müller", "Lund", "Berg", "Dahl", "Ness"),
    *("Holm", "Ström", "Sæther", "Vik", "Moen", "Ek"),
)
TYPED = ("kari", "oster", "Kari Müller", "Bjørnsdóttir", "91827364", "nobody here")


def fill_cases(env, case):
    names = [
        field.name
        for field in case._fields.values()
        if field.store and field.column_type and field.name != "id"
    ]
    own = {
        "reference": "'B-' || n",
        "drawn_number": "'B-' || n",
        "access_code_hash": "NULL",
        "submission_hash": "NULL",
        "received_at": "received_at - n * interval '1 minute'",
    }
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f'c."{name}"') for name in names)
    env.cr.execute(
        f"INSERT INTO complaint_case ({columns}) SELECT {values} "
        "FROM complaint_case c, generate_series(1, %s) AS n WHERE c.id = %s "
        "RETURNING id",
        [SIZE, case.id],
    )
    return [row[0] for row in env.cr.fetchall()]


def fill_parties(env, case, ids):
    """One person each; surnames as often as they are, an own ending for most."""
    chance = random.Random(1)
    for start in range(0, SIZE, BATCH):
        rows = []
        for id_ in ids[start : start + BATCH]:
            rank = int(len(LAST) ** chance.random())
            last = LAST[rank - 1] + chance.choice(("", "", f"{id_}"))
            known = {"name": f"{chance.choice(FIRST)} {last}", "phone": str(id_)}
            rows.append(name_hashes.seal(known))
        env.cr.execute(
            "INSERT INTO complaint_party "
            "(case_id, company_id, role, identity_sealed, identity_hashes) "
            "SELECT id, %s, 'complainant', 'x', hashes "
            "FROM unnest(%s, %s) AS t(id, hashes)",
            [case.company_id.id, ids[start : start + BATCH], rows],
        )
    env.cr.execute("ANALYZE complaint_case, complaint_party")


def measure(cases, typed):
    """The median time in milliseconds, how many are found, and the queries."""
    times = []
    for _repeat in range(REPEATS):
        cases.env.invalidate_all()
        queries, start = cases.env.cr.sql_log_count, time.perf_counter()
        found = cases.search([("display_name", "ilike", typed)], limit=80)
        times.append(time.perf_counter() - start)
        count = cases.env.cr.sql_log_count - queries
    return sorted(times)[REPEATS // 2] * 1000, len(found), count


case = env["complaint.case"].search([("is_restricted", "=", False)], limit=1)
manager = case.unit_id.line_manager_ids[-1:]
start = time.perf_counter()
fill_parties(env, case, fill_cases(env, case))
print(f"{SIZE} persons made in {time.perf_counter() - start:.0f} s")
env.cr.execute(
    "SELECT pg_size_pretty(pg_relation_size('complaint_party')), "
    "pg_size_pretty(pg_relation_size('complaint_party_identity_hashes_found'))"
)
print("table and index:", *env.cr.fetchone())
cases = env["complaint.case"].with_user(manager).with_company(case.company_id)
for typed in TYPED:
    milliseconds, found, queries = measure(cases, typed)
    print(f"{typed:15} {milliseconds:7.1f} ms {found:3} found {queries:2} queries")
env.cr.rollback()
