"""Eight clients number one register at once, undone and killed now and then.

Usage: ``make -s shell < tests/faults/eight_registrars.py``

Six of them are threads, some of whose transactions are undone after the numbers were
given. Two are processes of their own connections that are killed (SIGKILL) while they
hold the series. New complaints come in meanwhile. There is no gap and no double.
"""

import os
import random
import signal
import sys
import threading
import time

import psycopg2

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tools import mute_logger

from odoo.addons.klagebehandling.models.register import complaint_registration

from tests.faults.organisation import Organisation

CASES = 120
THREADS = 6
PROCESSES = 2
BATCH = 3


def number(registry, company_id, dice):
    """One try of one client; the number of rows, None where it was undone."""
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        try:
            count = env["complaint.registration"]._number_next(
                env["res.company"].browse(company_id)
            )
            env.flush_all()
            if dice.random() < 0.3:
                cr.rollback()
                return None
            cr.commit()
        except psycopg2.OperationalError:
            # Overtaken: Odoo would begin the request again.
            cr.rollback()
            return None
    return count


def work(registry, company_id, seed, tries):
    dice = random.Random(seed)
    for _try in range(60):
        tries.append(number(registry, company_id, dice))
        time.sleep(dice.random() / 50)


def be_killed(database, company_id):
    """Hold the series with numbers given, and never come to the end."""
    # The connections of the parent are not ours to use, nor to close.
    sql_db._Pool = None
    with sql_db.db_connect(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        while not env["complaint.registration"]._number_next(
            env["res.company"].browse(company_id)
        ):
            cr.rollback()
            time.sleep(0.01)
        env.flush_all()
        time.sleep(60)


def kill_some(database, company_id, killed):
    for _time in range(PROCESSES):
        child = os.fork()
        if not child:
            try:
                be_killed(database, company_id)
            finally:
                os._exit(1)
        time.sleep(1.5)
        os.kill(child, signal.SIGKILL)
        killed.append(os.WTERMSIG(os.waitpid(child, 0)[1]))


organisation = Organisation(env, "Register", policy={"has_running_series": True})
batch, complaint_registration.BATCH = complaint_registration.BATCH, BATCH
organisation.register(CASES // 2)
env.cr.commit()
company_id, faults, tries, killed = organisation.company.id, [], [], []
try:
    with mute_logger("odoo.sql_db"):
        kill_some(env.cr.dbname, company_id, killed)
        threads = [
            threading.Thread(target=work, args=(env.registry, company_id, seed, tries))
            for seed in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for _late in range(CASES - CASES // 2):
            organisation.register()
            env.cr.commit()
        for thread in threads:
            thread.join()
        dice = random.Random()
        dice.random = lambda: 1.0
        while number(env.registry, company_id, dice) != 0:
            pass
    env.cr.rollback()
    env.invalidate_all()
    rows = env["complaint.registration"].search([("company_id", "=", company_id)])
    numbers = sorted(rows.mapped("number"))
    if numbers != list(range(1, CASES + 1)):
        faults.append(f"{len(numbers)} numbers, up to {max(numbers, default=0)}")
    if set(rows.case_id) != set(organisation.cases):
        faults.append(f"{len(rows.case_id)} of {CASES} cases have a number")
    if set(killed) != {signal.SIGKILL}:
        faults.append(f"killed by {killed}")
    if None not in tries:
        faults.append("nothing was undone")
    faults += [str(one) for one in env["complaint.journal"]._verify(organisation.cases)]
finally:
    complaint_registration.BATCH = batch
    env.cr.rollback()
    for table, column in (
        ("registration", "company_id"),
        ("register_series", "organisation"),
    ):
        env.cr.execute(
            f"DELETE FROM complaint_{table} WHERE {column} = %s", [company_id]
        )
    organisation.remove()
    env.cr.commit()
undone = tries.count(None)
print(f"{CASES} cases, {len(tries)} tries, {undone} undone, {len(killed)} killed")
print(f"{len(faults)} faults")
for fault in faults[:20]:
    print(f"- {fault}")
sys.exit(1 if faults else 0)
