"""Two connections write to one journal at once, on committed rows.

Usage: ``make -s shell < tests/faults/two_writers.py``
"""

import sys
import threading
import time

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

from tests.faults.organisation import Organisation

THREADS = 4
ENTRIES = 25


def enter(case, event, **payload):
    """Write one entry and commit it; tells whether it was written."""
    try:
        case._log(event, **payload)
        case.env.cr.commit()
    except psycopg2.OperationalError:
        case.env.cr.rollback()
        return False
    return True


def race(registry, case_id, is_new):
    """Let both read the head before either writes: one of them must try again.

    :param is_new: whether the first one commits before the second one writes
    """
    with registry.cursor() as first_cr, registry.cursor() as second_cr:
        first, second = (
            api.Environment(cr, SUPERUSER_ID, {})["complaint.case"].browse(case_id)
            for cr in (first_cr, second_cr)
        )
        assert first.journal_count == second.journal_count
        answers = []
        if is_new:
            answers.append(enter(first, "acknowledged"))
            answers.append(enter(second, "investigating"))
        else:
            first._log("acknowledged")
            first.env.flush_all()
            thread = threading.Thread(
                target=lambda: answers.append(enter(second, "investigating"))
            )
            thread.start()
            time.sleep(0.5)  # the second one waits for the first
            first_cr.commit()
            thread.join()
            answers.insert(0, True)
        answers.append(enter(second, "answered"))
    return answers


def write_many(registry, case_id, number, lost):
    for count in range(ENTRIES):
        for _attempt in range(100):
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                case = env["complaint.case"].browse(case_id)
                if enter(case, "exported", writer=number, count=count):
                    break
        else:
            lost.append((number, count))


def refuse(registry, case_id):
    """A request that has changed the case is refused: seconds until it is over."""
    start = time.perf_counter()
    try:
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            case = env["complaint.case"].browse(case_id)
            case.lesson = "undone"
            env.flush_all()
            case._log_apart("access_refused")
            raise UserError("refused")
    except UserError:
        seconds = time.perf_counter() - start
    for thread in threading.enumerate():
        if thread.name == "klagebehandling.apart":
            thread.join()
    return seconds


organisation = Organisation(env, "Writers")
case_id = organisation.register().id
env.cr.commit()
faults, lost = [], []
try:
    for is_new in (True, False):
        answers = race(env.registry, case_id, is_new)
        if answers != [True, False, True]:
            faults.append(f"race: written {answers}")
    threads = [
        threading.Thread(target=write_many, args=(env.registry, case_id, number, lost))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults += [f"lost: {one}" for one in lost]
    seconds = [refuse(env.registry, case_id) for _twice in range(3)]
    env.cr.rollback()
    env.invalidate_all()
    case = env["complaint.case"].browse(case_id)
    refused = case.journal_ids.filtered(lambda one: one.event == "access_refused")
    if len(refused) != 1 or case.lesson:
        faults.append(f"refused: {len(refused)} entries, lesson {case.lesson!r}")
    written = case.journal_ids.filtered(lambda one: one.event == "exported")
    if len(written) != THREADS * ENTRIES:
        faults.append(f"{len(written)} of {THREADS * ENTRIES} entries were written")
    faults += [str(one) for one in env["complaint.journal"]._verify(case)]
finally:
    env.cr.rollback()
    organisation.remove()
    env.cr.commit()
print(f"{THREADS} writers of {ENTRIES} entries, {len(faults)} faults")
print(f"a refused request took {max(seconds) * 1000:.0f} ms at most")
for fault in faults[:20]:
    print(f"- {fault}")
sys.exit(1 if faults else 0)
