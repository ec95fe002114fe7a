"""The whole check of the journals of 200 000 cases: time, queries and memory.

Usage: ``make -s shell < tests/benchmarks/journal.py``
Rows are made by SQL and rolled back at the end.
"""

import io
import json
import resource
import time
from datetime import timedelta

from odoo import fields

SIZE = 200_000
EVENTS = ("registered", "routed", "deadlines_opened", "acknowledged", "closed")
CHUNK = 10_000
COLUMNS = [
    *("case_id", "company_id", "sequence", "event", "logged_on", "user_id"),
    *("payload", "salt", "payload_digest", "previous_digest", "digest"),
    *("algorithm", "key_mark"),
]


def fill_cases(env, case):
    """Copy one case until there are enough."""
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
        "journal_head": "NULL",
        "journal_count": "0",
    }
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f'c."{name}"') for name in names)
    env.cr.execute(
        f"INSERT INTO complaint_case ({columns}) SELECT {values} "
        "FROM complaint_case c, generate_series(1, %s) AS n WHERE c.id = %s "
        "RETURNING id, reference",
        [SIZE, case.id],
    )
    return env.cr.fetchall()


def fill_journal(env, case, owners):
    """Give each case a genuine chain."""
    journal = env["complaint.journal"]
    moment = fields.Datetime.now() - timedelta(days=5)
    for start in range(0, len(owners), CHUNK):
        rows, heads = io.StringIO(), io.StringIO()
        for case_id, reference in owners[start : start + CHUNK]:
            previous = "0" * 64
            for sequence, event in enumerate(EVENTS, start=1):
                entry = journal._prepare_entry(
                    reference,
                    case.company_id.id,
                    sequence,
                    previous,
                    event,
                    {"milestone": "reply", "count": sequence},
                    moment,
                )
                previous = entry["digest"]
                entry.update(case_id=case_id, payload=json.dumps(entry["payload"]))
                entry["user_id"] = entry["user_id"] or r"\N"
                rows.write("\t".join(str(entry[name]) for name in COLUMNS) + "\n")
            heads.write(f"{case_id}\t{previous}\n")
        for table, columns, lines in (
            ("complaint_journal", COLUMNS, rows),
            ("benchmark_heads", ["id", "head"], heads),
        ):
            lines.seek(0)
            env.cr._obj.copy_from(lines, table, columns=columns)
    env.cr.execute(
        "UPDATE complaint_case SET journal_head = head, journal_count = %s "
        "FROM benchmark_heads WHERE benchmark_heads.id = complaint_case.id",
        [len(EVENTS)],
    )
    env.cr.execute("ANALYZE complaint_case, complaint_journal")


def measure(env, name, call):
    queries, start = env.cr.sql_log_count, time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = call()
    seconds = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{name:28} {seconds:7.1f} s {env.cr.sql_log_count - queries:6} queries "
        f"{grown:6.0f} MB more"
    )
    return result


def anchor(env, company):
    before = fields.Datetime.now() - timedelta(days=2)
    while env["complaint.company.journal"]._anchor_next(company, before=before):
        pass


journal = env["complaint.journal"]
case = env["complaint.case"].search([("journal_count", ">", 0)], limit=1)
env.cr.execute("CREATE TEMP TABLE benchmark_heads (id integer, head varchar)")
owners = fill_cases(env, case)
fill_journal(env, case, owners)
env.invalidate_all()
print(f"{SIZE} cases with {len(EVENTS)} entries each")
measure(env, "anchors", lambda: anchor(env, case.company_id))
check = journal._new_check()
found = measure(env, "the whole check", lambda: list(journal._all_findings(check)))
print(f"{check.entries} entries, {len(found)} findings")
one = env["complaint.case"].browse(owners[0][0])
measure(env, "the check of one case", lambda: journal._verify(one))
env.cr.execute(
    "UPDATE complaint_journal SET event = 'x' WHERE case_id = ANY(%s) AND sequence = 3",
    [[owners[number][0] for number in range(0, SIZE, SIZE // 50)]],
)
found = list(journal._all_findings(journal._new_check()))
print(f"{len(found)} of 50 changed entries found")
env.cr.rollback()
