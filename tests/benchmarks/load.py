"""Complaints over HTTP, beside what the server can do at all.

Usage: ``make -s shell < tests/benchmarks/load.py``, while no server runs. A server
with workers is started on a copy of the database, which is removed afterwards. Each
line stands beside ``/web/health`` measured right before it: the share of its rate, and
of its processor time, which tells more where the machine has other work. A round takes
a few seconds, so that one hiccup of the machine counts: ``LOAD_ROUNDS`` of
the environment (else 5) are printed, and the middle one is held against the goals. Ends
with 1 where one is missed.
"""

import io
import os
import random
import re
import secrets
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from PIL import Image

import odoo.sql_db

from odoo.addons.test_klagebehandling.tests.real_server import RealServer, connect

CLIENTS, WORKERS = 8, 4
EACH, ALONE, HEALTH = 25, 40, 100
ROUNDS = int(os.environ.get("LOAD_ROUNDS", 5))
MOST_SLOWER = 5
FORM, STATUS = "/klage/lepro", "/klage/status"
# The share of the rate of /web/health that each kind of request is to reach.
LEAST = {
    "one address": 0.3,
    "own addresses": 0.4,
    "with a file of 100 KB": 0.25,
    "status page": 0.5,
}


def together(clients, each, call):
    """Calls of several clients side by side.

    :return: calls a second, and the sorted seconds of each
    """
    seconds, start = [], time.perf_counter()

    def run(number):
        for _one in range(each):
            begun = time.perf_counter()
            call(number)
            seconds.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=run, args=[one]) for one in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients * each / (time.perf_counter() - start), sorted(seconds)


def late(seconds):
    """The time in which 95 of 100 are answered, in milliseconds."""
    return 1000 * seconds[len(seconds) * 95 // 100]


def ticks(pid):
    """Parent, own processor time and that of ended children, in milliseconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (
        int(fields[1]),
        10 * sum(map(int, fields[11:13])),
        10 * sum(map(int, fields[13:15])),
    )


def spent(*roots):
    """Processor time of processes and of their children, in milliseconds."""
    total = sum(sum(ticks(root)[1:]) for root in roots)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent, own, ended = ticks(entry.name)
        except OSError:
            continue
        total += (own + ended) if parent in roots else 0
    return total


def picture():
    """A photo of about 100 KB that no other request has sent."""
    image = Image.frombytes("RGB", (240, 240), random.randbytes(240 * 240 * 3))
    image.save(raw := io.BytesIO(), "JPEG", quality=90)
    return raw.getvalue()


class Load:
    """The kinds of requests, each as one client sends it."""

    def __init__(self, server):
        self.server, self.statuses = server, []
        self.choices = server.choices(FORM)
        page = server.post(FORM, self._answers()).text
        secret = page.partition('class="secret"')[2].partition(">")[2]
        self.code = re.sub(r"<[^>]+>|\s", "", secret.partition("</p>")[0])

    def _answers(self):
        text = "The food is cold. " * 30
        given = {"token": self.server.token(), "anonymity": "anonymous"}
        return {**self.choices, **given, "description": text}

    def _send(self, path, body, kind, client=None):
        headers = {"Content-Type": kind}
        source = None if client is None else f"127.0.0.{client + 2}"
        answer = self.server.get(path, "POST", body, source=source, **headers)
        self.statuses.append(answer.status)

    def health(self, _client):
        self.statuses.append(self.server.get("/web/health").status)

    def complain(self, _client):
        body = urlencode(self._answers())
        self._send(FORM, body, "application/x-www-form-urlencoded")

    def complain_from(self, client):
        body = urlencode(self._answers())
        self._send(FORM, body, "application/x-www-form-urlencoded", client)

    def complain_with_file(self, client):
        mark, parts = secrets.token_hex(8), []
        for name, value in self._answers().items():
            parts.append((f'name="{name}"', value.encode()))
        parts.append(('name="attachments"; filename="photo.jpg"', picture()))
        body = b"".join(
            b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n"
            % (mark.encode(), head.encode(), value)
            for head, value in parts
        )
        body += b"--%b--\r\n" % mark.encode()
        self._send(FORM, body, f"multipart/form-data; boundary={mark}", client)

    def follow(self, client):
        body = urlencode({"code": self.code})
        self._send(STATUS, body, "application/x-www-form-urlencoded", client)


def measure(server):
    load, good = Load(server), True
    with closing(connect("postgres")) as connection:
        roots = server.process.pid, ticks(connection.info.backend_pid)[0]

    def timed(clients, each, call):
        before = spent(*roots)
        rate, seconds = together(clients, each, call)
        return rate, seconds, (spent(*roots) - before) / (clients * each)

    def one_round(name, call):
        together(CLIENTS, 5, call)  # each worker has loaded everything
        most, _seconds, least_cpu = timed(CLIENTS, HEALTH, load.health)
        _rate, alone = together(1, ALONE, call)
        rate, seconds, cpu = timed(CLIENTS, EACH, call)
        share, slower = rate / most, late(seconds) / late(alone)
        print(
            f"{name:22} {rate:6.1f} a second of {most:6.1f}: {share:4.2f}; processor "
            f"{cpu:5.1f} ms of {least_cpu:4.1f}: {least_cpu / cpu:4.2f}; 95 % within "
            f"{late(seconds):5.0f} ms, one client {late(alone):4.0f}: {slower:3.1f}",
            flush=True,
        )
        return share, slower

    calls = load.complain, load.complain_from, load.complain_with_file, load.follow
    rounds = {name: [] for name in LEAST}
    for _round in range(ROUNDS):
        for name, call in zip(LEAST, calls, strict=True):
            rounds[name].append(one_round(name, call))
    for name, found in rounds.items():
        share, slower = map(median, zip(*found, strict=True))
        is_good = share >= LEAST[name] and slower < MOST_SLOWER
        good &= is_good
        print(
            f"{name:22} in the middle {share:4.2f} (goal {LEAST[name]}), {slower:3.1f} "
            f"(goal {MOST_SLOWER}){'' if is_good else '  MISSED'}",
        )
    retries = server.log.read_text().count("try again in")
    print(f"tried again {retries} times; answered with {set(load.statuses)}")
    return good and not retries and set(load.statuses) == {200}


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
