"""Four workers run the crons at once on committed rows, some of them killed.

Usage: ``make -s shell < tests/faults/two_workers.py``
"""

import collections
import random
import sys
import threading
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.fields import Command

CASES = 300
WORKERS = 4
ROUNDS = 40


class Killed(Exception):
    """The worker is gone in the middle of a pass."""


def make_cases(env):
    company = env["res.company"].create({"name": "Faults"})
    boss = env["res.users"].create({"name": "Faults", "login": "faults"})
    policy = env["complaint.policy"].create(
        {
            "name": "Faults",
            "code": "faults",
            "lang": "en_US",
            "term_ids": [Command.create({"milestone": "reply", "amount": 10})],
        }
    )
    unit = env["complaint.unit"].create(
        {
            "name": "Faults",
            "company_id": company.id,
            "policy_id": policy.id,
            "manager_id": boss.id,
        }
    )
    values = {
        "unit_id": unit.id,
        "channel": "api",
        "description": "x",
        "reply_channel": "email",
        "parties": [{"role": "complainant", "email": "a@example.com"}],
    }
    intake = env["complaint.intake"].with_company(company)
    results = intake._admit([dict(values) for _one in range(CASES)])
    ids = [result["case_id"] for result in results]
    env.cr.execute(
        "UPDATE complaint_deadline SET due_at = now() AT TIME ZONE 'utc', "
        "next_at = now() AT TIME ZONE 'utc' WHERE case_id = ANY(%s)",
        [ids],
    )
    return company, boss, policy, unit, ids


def remove(env, company, boss, policy, unit, ids):
    env.cr.execute("DELETE FROM mail_activity WHERE user_id = %s", [boss.id])
    for table in ("correspondence", "deadline", "journal", "party"):
        env.cr.execute(f"DELETE FROM complaint_{table} WHERE case_id = ANY(%s)", [ids])
    env.cr.execute("DELETE FROM complaint_case WHERE id = ANY(%s)", [ids])
    env.invalidate_all()
    unit.unlink()
    policy.unlink()
    boss.unlink()
    company.unlink()


def work(registry, seed, sent):
    """Run the crons again and again, as one worker of several."""
    dice = random.Random(seed)
    is_last = seed == WORKERS

    def commit(cron, *_args, **_kwargs):
        if dice.random() < 0.2 and not is_last:
            raise Killed
        cron.env.cr.commit()
        return 60

    for _round in range(ROUNDS):
        for model, method in (
            ("complaint.deadline", "_cron_keep"),
            ("complaint.correspondence", "_cron_send"),
        ):
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                local.commit = commit
                local.sent = []
                try:
                    getattr(env[model], method)()
                    env.flush_all()
                    cr.commit()
                    sent.update(local.sent)
                except (Killed, psycopg2.OperationalError):
                    cr.rollback()


local = threading.local()
cron_class = type(env["ir.cron"])
server_class = type(env["ir.mail_server"])


def post(_server, message, **_kwargs):
    local.sent.append(message["Message-Id"])
    return message["Message-Id"]


def progress(cron, *args, **kwargs):
    return local.commit(cron, *args, **kwargs)


made = make_cases(env)
ids = made[-1]
env.cr.commit()
sent = collections.Counter()
letter_class = type(env["complaint.correspondence"])
with (
    patch.object(cron_class, "_commit_progress", progress),
    patch.object(server_class, "send_email", post),
    patch.object(letter_class, "_office_opens", lambda letter: False),
):
    threads = [
        threading.Thread(target=work, args=(env.registry, seed, sent))
        for seed in range(WORKERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work(env.registry, WORKERS, sent)  # one that nobody kills finishes what is left

env.invalidate_all()
env.cr.rollback()
cases = env["complaint.case"].browse(ids)
late = cases.deadline_ids.filtered("late_at")
notices = cases.correspondence_ids.filtered(lambda letter: letter.purpose == "delay")
told = collections.Counter(letter.deadline_id.id for letter in notices)
faults = []
if len(late) != CASES:
    faults.append(f"{len(late)} of {CASES} promises were found late")
if set(told.values()) != {1} or len(told) != CASES:
    faults.append("a delay was told twice, or not at all")
if set(notices.mapped("state")) != {"sent"}:
    faults.append(f"letters are {set(notices.mapped('state'))}")
faults += [str(finding) for finding in env["complaint.journal"]._verify(cases)]
remove(env, *made)
env.cr.commit()
print(f"{CASES} promises, {WORKERS} workers, {len(faults)} faults")
for fault in faults[:20]:
    print(f"- {fault}")
sys.exit(1 if faults else 0)
