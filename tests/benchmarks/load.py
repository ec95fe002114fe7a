"""Complaints over HTTP from one address, beside what the server can do at all.

Usage: ``make -s shell < tests/benchmarks/load.py``, while no server runs. A server
with workers is started on a copy of the database, which is removed afterwards. Ends
with 1 where a goal is missed.
"""

import os
import sys
import threading
import time

import odoo.sql_db

from odoo.addons.test_klagebehandling.tests.real_server import RealServer

CLIENTS, WORKERS = 8, 4
EACH, ALONE, HEALTH = 30, 40, 100
LEAST_SHARE, MOST_SLOWER = 0.3, 5
FORM = "/klage/lepro"


def together(clients, each, call):
    """Calls of several clients side by side.

    :return: calls a second, and the sorted seconds of each
    """
    seconds, start = [], time.perf_counter()

    def run():
        for _one in range(each):
            begun = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=run) for _one in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients * each / (time.perf_counter() - start), sorted(seconds)


def late(seconds):
    """The time in which 95 of 100 are answered, in milliseconds."""
    return 1000 * seconds[len(seconds) * 95 // 100]


def measure(server):
    choices, statuses = server.choices(FORM), []

    def complain():
        answers = {"token": server.token(), "anonymity": "anonymous"}
        answers["description"] = "The food is cold. " * 30
        statuses.append(server.post(FORM, {**choices, **answers}).status)

    def health():
        statuses.append(server.get("/web/health").status)

    together(CLIENTS, 5, complain)  # each worker has loaded everything
    del statuses[:]
    most, _seconds = together(CLIENTS, HEALTH, health)
    _rate, alone = together(1, ALONE, complain)
    rate, seconds = together(CLIENTS, EACH, complain)
    retries = server.log.read_text().count("try again in")
    share, slower = rate / most, late(seconds) / late(alone)
    print(f"/web/health, {CLIENTS} clients  {most:8.1f} a second")
    print(f"one client             95 % within {late(alone):6.0f} ms")
    print(f"{CLIENTS} clients, one address {rate:8.1f} a second, ", end="")
    print(f"95 % within {late(seconds):6.0f} ms")
    print(f"share {share:.2f}, slower by {slower:.1f}, tried again {retries} times")
    is_good = share >= LEAST_SHARE and slower < MOST_SLOWER and not retries
    return is_good and set(statuses) == {200}


name = env.cr.dbname
env.cr.close()
odoo.sql_db.close_all()
server = RealServer(name, workers=WORKERS, copy="klage_load")
try:
    server.start()
    good = measure(server)
finally:
    server.stop()
sys.stdout.flush()
os._exit(0 if good else 1)
