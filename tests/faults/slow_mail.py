"""Two workers send 200 letters to a slow mail server while colleagues write.

Usage: ``make -s shell < tests/faults/slow_mail.py``
"""

import collections
import functools
import random
import socketserver
import sys
import threading
import time

import psycopg2

from odoo import SUPERUSER_ID, api, tools
from odoo.service.model import retrying

from tests.faults.organisation import Organisation

LETTERS = 200
WORKERS = 2
WRITERS = 2
# Seconds that the server takes for each mail, at most.
SLOW = 0.08


class SlowServer(socketserver.StreamRequestHandler):
    """Takes every mail, slowly, and remembers its Message-Id."""

    taken = collections.Counter()

    def handle(self):
        self.say("220 slow")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                self.take()
            else:
                self.say("221 bye" if word == b"QUIT" else "250 ok")

    def take(self):
        for line in self.rfile:
            if line.lower().startswith(b"message-id:"):
                self.taken[line.split(b":", 1)[1].strip().decode()] += 1
            if line.strip() == b".":
                break
        time.sleep(random.uniform(0, SLOW))
        self.say("250 taken")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


def make_letters(env):
    slow = Organisation(
        env,
        "Slow",
        term={"milestone": "acknowledge", "amount": 10},
        company={"email": "slow@example.com"},
    )
    letters = env["complaint.correspondence"].browse()
    for case in slow.register(LETTERS):
        letters += case._write_to_complainant("message", body="x")
    return slow, letters


def send(registry):
    """Run the queue, as one worker of several."""
    with registry.cursor() as cr:
        model = api.Environment(cr, SUPERUSER_ID, {})["complaint.correspondence"]
        try:
            model._cron_send()
        except psycopg2.OperationalError as error:
            cr.rollback()
            crashes.append(type(error).__name__)


def write(registry, ids, done):
    """Note something on the cases again and again, as colleagues do."""
    while not done.is_set():
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            case = env["complaint.case"].browse(random.choice(ids))
            retrying(functools.partial(case._log, "party_changed"), env)


def run(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


crashes = []
slow, letters = make_letters(env)
cases = slow.cases
env.cr.commit()
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), SlowServer)
threading.Thread(target=server.serve_forever, daemon=True).start()
tools.config["smtp_server"], tools.config["smtp_port"] = server.server_address
letter_class = type(letters)
hours = letter_class._office_opens
letter_class._office_opens = lambda letter: False
done = threading.Event()
writers = [
    threading.Thread(target=write, args=(env.registry, cases.ids, done))
    for _one in range(WRITERS)
]
for writer in writers:
    writer.start()
start = time.monotonic()
run([threading.Thread(target=send, args=(env.registry,)) for _one in range(WORKERS)])
seconds = time.monotonic() - start
done.set()
for writer in writers:
    writer.join()
send(env.registry)  # what met others each time
letter_class._office_opens = hours
server.shutdown()

env.cr.rollback()
env.invalidate_all()
faults = [f"a worker ended with {name}" for name in crashes]
states = collections.Counter(letters.mapped("state"))
if states != {"sent": LETTERS}:
    faults.append(f"letters are {dict(states)}")
if not all(letters.mapped("settled_at")):
    faults.append("a letter is not settled")
# The database may have had letters of its own waiting.
arrived = {one: SlowServer.taken[one] for one in letters.mapped("message_id")}
twice = [one for one, times in arrived.items() if times > 1]
if twice or not all(arrived.values()) or len(arrived) != LETTERS:
    faults.append(f"{sum(arrived.values())} mails arrived, {len(twice)} of them twice")
entered = collections.Counter(
    entry.case_id.id
    for entry in cases.journal_ids
    if entry.event == "correspondence_sent"
)
if set(entered.values()) != {1} or len(entered) != LETTERS:
    faults.append("a letter stands in its journal twice, or not at all")
faults += [str(finding) for finding in env["complaint.journal"]._verify(cases)]
slow.remove()
env.cr.commit()
print(
    f"{LETTERS} letters, {WORKERS} workers, {WRITERS} writers, {seconds:.0f} s, "
    f"{len(faults)} faults"
)
for fault in faults[:20]:
    print(f"- {fault}")
sys.exit(1 if faults else 0)
