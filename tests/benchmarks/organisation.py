"""A company with one unit and what it promises, for the scripts beside it."""

from odoo.fields import Command

WEEK = [
    Command.create(
        {"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 16}
    )
    for day in range(5)
]
TERMS = [
    ("acknowledge", 10, "day"),
    ("inform_staff", 14, "day"),
    ("close", 1, "month"),
]


def organisation(env, *groups):
    """The unit of a new company; who leads it has the given groups too.

    :param env: as superuser
    :param groups: names of groups of the addon
    """
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
        Command.create({"milestone": name, "amount": amount, "period": period})
        for name, amount, period in TERMS
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
    names = ("group_manager", *groups)
    leader = env["res.users"].create(
        {
            "name": "Benchmark",
            "login": "benchmark",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [
                Command.link(env.ref(f"klagebehandling.{name}").id) for name in names
            ],
        }
    )
    return env["complaint.unit"].create(
        {
            "name": "Benchmark",
            "company_id": company.id,
            "policy_id": policy.id,
            "manager_id": leader.id,
        }
    )
