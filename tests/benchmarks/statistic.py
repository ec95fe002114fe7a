"""The statistics over 100 000 cases, against the bare SQL that counts the same.

Usage: ``make -s shell < tests/benchmarks/statistic.py``
A manager at the top asks ``complaint.case.report`` as a pivot does. The bare SQL is
written by hand and counts the same rows: those of the manager's line, around the wall.
Beside it stands what it takes without asking who may see them. They run by turns and
the best of each counts. Rows are made by SQL and rolled back at the end. Ends with 1
where a question takes more than twice as long as the bare SQL. ``STATISTIC_SIZE`` in
the environment is another number of cases.
"""

import os
import sys
import time
from functools import partial

from odoo.fields import Command

SIZE = int(os.environ.get("STATISTIC_SIZE", 100_000))
TURNS = 5
MOST = 2
# Of a hundred cases so many are walled for somebody else.
WALLED = 6
OWN = "reference ^@ 'B-'"


# -- rows ----------------------------------------------------------------------


def copy_rows(env, row, own, condition, parameters):
    """Insert copies of a row, with some columns of their own."""
    names = [
        field.name
        for field in row._fields.values()
        if field.store and field.column_type and field.name != "id"
    ]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f'c."{name}"') for name in names)
    env.cr.execute(
        f'INSERT INTO "{row._table}" ({columns}) SELECT {values} '
        f'FROM "{row._table}" c, {condition} WHERE c.id = %s',
        [*parameters, row.id],
    )


def make_person(env, company, name, group):
    return env["res.users"].create(
        {
            "name": name,
            "login": f"bench_{name}",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(env.ref(f"klagebehandling.group_{group}").ids)],
        }
    )


def make_case(env, company, manager, independent):
    """One case below a manager, with three duties."""
    milestones = ("acknowledge", "inform_staff", "close")
    policy = env["complaint.policy"].create(
        {
            "name": "Benchmark",
            "code": "bench",
            "lang": "en_US",
            "company_id": company.id,
            "independent_id": independent.id,
            "term_ids": [
                Command.create({"milestone": one, "amount": 10}) for one in milestones
            ],
        }
    )
    Unit = env["complaint.unit"]
    top = Unit.create(
        {
            "name": "Benchmark",
            "company_id": company.id,
            "manager_id": manager.id,
            "policy_id": policy.id,
        }
    )
    names = [f"Benchmark {number}" for number in range(12)]
    below = {"company_id": company.id, "parent_id": top.id}
    units = Unit.create([{**below, "name": name} for name in names])
    answer = (
        env["complaint.intake"]
        .with_company(company)
        .register(
            {
                "unit_id": units[0].id,
                "channel": "api",
                "description": "x",
                "parties": [{"role": "complainant", "name": "A"}],
            }
        )
    )
    return env["complaint.case"].browse(answer["case_id"]), units


def fill(env, case, units, other):
    """Copies of the case over three years, each with two of fourteen grounds and three
    duties; two of three answered, some walled.
    """
    copy_rows(
        env,
        case,
        {
            "reference": "'B-' || n",
            "drawn_number": "'B-' || n",
            "access_code_hash": "NULL",
            "submission_hash": "NULL",
            "received_at": "received_at - n %% 1000 * interval '1 day'",
            "kind": "(ARRAY['complaint','view','praise'])[n %% 3 + 1]",
            "channel": "(ARRAY['web','email','phone','letter'])[n %% 4 + 1]",
            "unit_id": f"({units.ids[0]} + n %% {len(units)})",
            "answered_at": "CASE WHEN n %% 3 > 0 THEN received_at END",
            "workdays_to_answer": "n %% 17",
        },
        "generate_series(1, %s) AS n",
        [SIZE],
    )
    for duty in case.deadline_ids:
        copy_rows(
            env,
            duty,
            {
                "case_id": "k.id",
                "state": "CASE WHEN k.id %% 4 > 0 THEN 'met' ELSE 'late' END",
                "due_at": "k.received_at + interval '10 days'",
                "due_on": "(k.received_at + interval '10 days')::date",
                "met_on": "CASE WHEN k.id %% 4 > 0 THEN k.received_at "
                "+ (11 - k.id %% 3) * interval '1 day' END",
                "next_at": "NULL",
            },
            f"(SELECT id, received_at FROM complaint_case WHERE {OWN}) AS k",
            [],
        )
    env.cr.execute(
        "INSERT INTO complaint_case_complaint_category_rel SELECT c.id, g.id "
        "FROM complaint_case c, (SELECT id, row_number() OVER () AS number "
        f"FROM complaint_category LIMIT 14) g WHERE c.{OWN} "
        "AND mod(g.number, 7) = mod(c.id, 7) ON CONFLICT DO NOTHING"
    )
    env.cr.execute(
        "INSERT INTO complaint_case_wall (case_id, user_id) SELECT id, %s "
        f"FROM complaint_case WHERE {OWN} AND id %% 100 < %s",
        [other.id, WALLED],
    )
    env.cr.execute(
        "ANALYZE complaint_case, complaint_deadline, complaint_case_wall, "
        "complaint_case_complaint_category_rel"
    )


# -- questions: (by, measures, the bare SQL) -----------------------------------

LOCAL = "(c.received_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Oslo')::date"
DUTIES = """
    LEFT JOIN (SELECT case_id,
                      COUNT(*) FILTER (WHERE milestone = 'acknowledge'
                                   AND state IN ('met', 'late')) AS total,
                      COUNT(*) FILTER (WHERE milestone = 'acknowledge'
                                   AND state = 'met' AND met_on < due_at) AS in_time
                 FROM complaint_deadline GROUP BY case_id) d ON d.case_id = c.id"""
DAYS = "CASE WHEN c.answered_at IS NOT NULL THEN c.workdays_to_answer END"
QUESTIONS = {
    "by kind": (
        ["kind"],
        ["__count"],
        "SELECT kind, COUNT(*) FROM complaint_case c WHERE {where} GROUP BY kind",
    ),
    "by unit": (
        ["unit_id"],
        ["__count"],
        "SELECT unit_id, COUNT(*) FROM complaint_case c WHERE {where} GROUP BY unit_id",
    ),
    "by month and kind": (
        ["received_on:month", "kind"],
        ["matter_count:sum"],
        f"SELECT date_trunc('month', {LOCAL}), kind, "
        "SUM(CASE WHEN is_repeat THEN 0 ELSE 1 END) "
        "FROM complaint_case c WHERE {where} GROUP BY 1, 2",
    ),
    "by ground": (
        ["category_ids"],
        ["__count"],
        "SELECT r.complaint_category_id, COUNT(*) FROM complaint_case c "
        "LEFT JOIN complaint_case_complaint_category_rel r "
        "ON r.complaint_case_id = c.id WHERE {where} GROUP BY 1",
    ),
    "median by unit": (
        ["unit_id"],
        ["workdays_to_answer:avg", "workdays_to_answer_median:avg"],
        f"SELECT unit_id, AVG({DAYS}), PERCENTILE_CONT(0.5) WITHIN GROUP "
        f"(ORDER BY {DAYS}) FROM complaint_case c WHERE {{where}} GROUP BY 1",
    ),
    "in time by channel": (
        ["channel"],
        ["acknowledge_share:avg"],
        "SELECT channel, 100.0 * SUM(in_time) / NULLIF(SUM(total), 0) "
        f"FROM complaint_case c {DUTIES} WHERE {{where}} GROUP BY 1",
    ),
}


# Who may see a case, as one would write it by hand for one manager.
SEEN = """c.company_id = {company} AND NOT c.is_restricted AND c.unit_id IN (
    SELECT complaint_unit_id FROM complaint_unit_line_manager_rel
     WHERE res_users_id = {user})
    AND NOT EXISTS (SELECT FROM complaint_case_wall w
                     WHERE w.case_id = c.id AND w.user_id = {user})
    AND NOT EXISTS (SELECT FROM complaint_case_barred b
                     WHERE b.case_id = c.id AND b.user_id = {user})"""


def seconds(ask):
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def compare(rows, by, measures, bare):
    """The best milliseconds of the model, of the bare SQL, and of it without rules."""
    company = rows.env.company.id

    def ask_bare(where):
        rows.env.cr.execute(bare.format(where=where))
        return len(rows.env.cr.fetchall())

    def ask():
        return len(rows._read_group([], by, measures))

    asked = (
        ask,
        partial(ask_bare, SEEN.format(company=company, user=rows.env.uid)),
        partial(ask_bare, f"c.company_id = {company}"),
    )
    assert len({one() for one in asked}) == 1, "they count different things"
    times = [[seconds(one) for one in asked] for _turn in range(TURNS)]
    return [1000 * min(column) for column in zip(*times, strict=True)]


company = env["res.company"].create({"name": "Benchmark"})
manager = make_person(env, company, "manager", "manager")
independent = make_person(env, company, "independent", "independent")
other = make_person(env, company, "other", "handler")
case, units = make_case(env, company, manager, independent)
env.flush_all()
fill(env, case, units, other)
asking = env(
    user=manager.id, context={"lang": "en_US", "allowed_company_ids": company.ids}
)
rows, missed = asking["complaint.case.report"], 0
print(f"{rows.search_count([])} cases")
for name, (by, measures, bare) in QUESTIONS.items():
    ours, plain, free = compare(rows, by, measures, bare)
    is_good = ours <= MOST * plain
    missed += not is_good
    print(
        f"{name:20} {ours:8.1f} ms, bare SQL {plain:8.1f} ms, {ours / plain:5.2f}"
        f"; without rules {free:8.1f} ms, {ours / free:5.2f}"
        f"{'' if is_good else '  MISSED'}"
    )
page = asking["complaint.statistics"].with_company(company).create({"year": "2026"})
queries = asking.cr.sql_log_count
took = seconds(lambda: page.content)
print(f"the overview: {took:.2f} s, {asking.cr.sql_log_count - queries} queries")
env.cr.rollback()
print(f"{missed} goals missed")
sys.exit(1 if missed else 0)
