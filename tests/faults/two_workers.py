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

from tests.faults.organisation import Organisation

CASES = 300
WORKERS = 4
ROUNDS = 40


class Killed(Exception):
    """The worker is gone in the middle of a pass."""


def make_cases(env):
    organisation = Organisation(
        env, "Faults", term={"milestone": "reply", "amount": 10}
    )
    ids = organisation.register(CASES).ids
    env.cr.execute(
        "UPDATE complaint_deadline SET due_at = now() AT TIME ZONE 'utc', "
        "next_at = now() AT TIME ZONE 'utc' WHERE case_id = ANY(%s)",
        [ids],
    )
    return organisation, ids


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


organisation, ids = make_cases(env)
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
organisation.remove()
env.cr.commit()
print(f"{CASES} promises, {WORKERS} workers, {len(faults)} faults")
for fault in faults[:20]:
    print(f"- {fault}")
sys.exit(1 if faults else 0)
