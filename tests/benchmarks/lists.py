"""The manager's lists at 200 000 cases, against plain mail.thread records (partners).

Usage: ``make -s shell < tests/benchmarks/lists.py``
Rows are made by SQL and rolled back at the end.
"""

import time

SIZE = 200_000
REPEATS = 9
VIEWS = {"complaint.case": ("list", "kanban"), "res.partner": ("list", "kanban")}


def fill_cases(env, case):
    """Copy one case, with its deadlines, until there are enough."""
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
        "state": "(ARRAY['received','acknowledged','answered'])[n %% 3 + 1]",
        "closed_at": "NULL",
        "outcome": "NULL",
    }
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f'c."{name}"') for name in names)
    env.cr.execute(
        f"INSERT INTO complaint_case ({columns}) SELECT {values} "
        "FROM complaint_case c, generate_series(1, %s) AS n WHERE c.id = %s",
        [SIZE, case.id],
    )
    env.cr.execute(
        """
        INSERT INTO complaint_deadline
               (case_id, company_id, milestone, state, due_on, due_at, remind_on)
        SELECT c.id, c.company_id, 'reply', 'running', now()::date + (c.id % 30)::int,
               now() + (c.id % 30) * interval '1 day', now()::date
          FROM complaint_case c WHERE c.reference LIKE 'B-%'
        """
    )
    env.cr.execute("ANALYZE complaint_case, complaint_deadline")


def fill_partners(env):
    env.cr.execute(
        """
        INSERT INTO res_partner (name, complete_name, active, type, autopost_bills,
                                 is_company, partner_share)
        SELECT 'B' || n, 'B' || n, TRUE, 'contact', 'ask', FALSE, TRUE
          FROM generate_series(1, %s) AS n
        """
        if "autopost_bills" in env["res.partner"]._fields
        else """
        INSERT INTO res_partner (name, complete_name, active, type, is_company,
                                 partner_share)
        SELECT 'B' || n, 'B' || n, TRUE, 'contact', FALSE, TRUE
          FROM generate_series(1, %s) AS n
        """,
        [SIZE],
    )
    env.cr.execute("ANALYZE res_partner")


def specification(model, view_type):
    """What the web client asks for: the fields of the view."""
    view = model.get_view(view_type=view_type)
    names = view["models"][model._name]
    return {
        name: {"fields": {"display_name": {}}}
        if model._fields[name].type in ("many2one", "many2many", "one2many")
        else {}
        for name in names
    }


def measure(model, view_type):
    """The median time in milliseconds and the queries of one page of 80."""
    asked = specification(model, view_type)
    times = []
    for _repeat in range(REPEATS):
        model.env.invalidate_all()
        queries, start = model.env.cr.sql_log_count, time.perf_counter()
        model.web_search_read([], asked, limit=80, count_limit=10001)
        times.append(time.perf_counter() - start)
        count = model.env.cr.sql_log_count - queries
    return sorted(times)[REPEATS // 2] * 1000, count


case = env["complaint.case"].search([("is_restricted", "=", False)], limit=1)
manager = case.unit_id.line_manager_ids[-1:]
fill_cases(env, case)
fill_partners(env)
plain = {}
for name, views in reversed(VIEWS.items()):
    model = env[name].with_user(manager).with_company(case.company_id)
    for view_type in views:
        milliseconds, queries = measure(model, view_type)
        plain.setdefault(view_type, milliseconds)
        print(
            f"{name:15} {view_type:7} {milliseconds:7.1f} ms {queries:3} queries "
            f"{milliseconds / plain[view_type]:5.2f} of plain"
        )
env.cr.rollback()
