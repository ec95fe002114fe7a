"""A fetcher of mail is killed in the middle: the mail comes again, and is one case.

A mailbox on this machine serves one mail to Odoo's own fetcher (POP3). The process is
killed for real (SIGKILL) at each of some places, and started again.

What it registers stays: ``make reset`` afterwards.

Usage: ``make -s shell < tests/faults/killed_fetcher.py``
"""

import os
import signal
import socketserver
import sys
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.fields import Command

MAIL = b"""From: Kari <kari@example.com>\r
To: faults@faults.test\r
Subject: Faults %d\r
Message-Id: <%d@faults.test>\r
Content-Type: text/plain; charset=utf-8\r
\r
The soup is cold.\r
"""
# Where it is killed: the model, the method, and whether that has run by then.
PLACES = (
    ("complaint.mailbox", "_take", False),
    ("complaint.intake", "_create_parts", True),
    ("complaint.mailbox", "_keep_raw", False),
    ("complaint.mailbox", "_take", True),
    ("mail.thread", "message_process", True),
)


class Mailbox(socketserver.ThreadingTCPServer):
    """A mailbox with one mail, until somebody has taken it away."""

    allow_reuse_address = True
    daemon_threads = True
    mail = None

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Session(socketserver.StreamRequestHandler):
    """As much of POP3 as Odoo asks for; what is deleted is gone with ``QUIT``."""

    def handle(self):
        self.say(b"+OK")
        is_deleted = False
        for line in self.rfile:
            command = line.split()[0].upper()
            mail = self.server.mail
            if command == b"STAT":
                self.say(b"+OK %d %d" % (bool(mail), len(mail or b"")))
            elif command == b"LIST":
                self.say(b"+OK", *([b"1 %d" % len(mail)] if mail else []), b".")
            elif command == b"RETR":
                self.say(b"+OK", *mail.split(b"\r\n"), b".")
            else:
                is_deleted = is_deleted or command == b"DELE"
                self.say(b"+OK")
            if command == b"QUIT":
                if is_deleted:
                    self.server.mail = None
                return

    def say(self, *lines):
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))


def prepare(env, port):
    domain = env["mail.alias.domain"].create({"name": "faults.test"})
    company = env["res.company"].create(
        {"name": "Faults", "alias_domain_id": domain.id}
    )
    boss = env["res.users"].create({"name": "Faults", "login": "faults"})
    other = boss.copy({"login": "faults independent"})
    policy = env["complaint.policy"].create(
        {
            "name": "Faults",
            "code": "faults",
            "lang": "en_US",
            "company_id": company.id,
            "independent_id": other.id,
            "term_ids": [Command.create({"milestone": "reply", "amount": 10})],
        }
    )
    unit = env["complaint.unit"].create(
        {
            "name": "Faults",
            "company_id": company.id,
            "policy_id": policy.id,
            "manager_id": boss.id,
            "alias_name": "faults",
        }
    )
    server = env["fetchmail.server"].create(
        {
            "name": "Faults",
            "server_type": "pop",
            "server": "127.0.0.1",
            "port": port,
            "user": "x",
            "password": "x",
            "state": "done",
        }
    )
    env.cr.commit()
    return unit.id, server.id


def fetch(registry, server_id, place=None):
    """Fetch in a process of its own; return the signal that ended it, or 0."""
    pid = os.fork()
    if pid:
        _pid, status = os.waitpid(pid, 0)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    try:
        # Connections of its own: to close the others would close them for both.
        sql_db._Pool = sql_db._Pool_readonly = None
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            with killing(registry, *place) if place else patch.dict({}):
                env["fetchmail.server"].browse(server_id)._fetch_mail()
    finally:
        os._exit(0)


def killing(registry, model, method, is_after):
    original = getattr(registry[model], method)

    def killed(*args, **kwargs):
        if is_after:
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return patch.object(registry[model], method, killed)


def main(env):
    mailbox = Mailbox()
    unit_id, server_id = prepare(env, mailbox.server_address[1])
    wrong = 0
    for number, place in enumerate(PLACES):
        mailbox.mail = MAIL % (number, number)
        ended = fetch(env.registry, server_id, place)
        is_left = mailbox.mail is not None
        fetch(env.registry, server_id)
        env.cr.rollback()
        env.invalidate_all()
        cases = env["complaint.case"].search(
            [("unit_id", "=", unit_id), ("title", "=", f"Faults {number}")]
        )
        originals = cases.with_context(active_test=False).original_ids
        good = (
            ended == signal.SIGKILL
            and is_left
            and mailbox.mail is None
            and len(cases) == 1
            and len(originals) == 1
        )
        wrong += not good
        print(place, "ok" if good else "WRONG", ended, is_left, len(cases))
    print("mails that were lost, or are not one case:", wrong)
    env["fetchmail.server"].browse(server_id).unlink()
    env.cr.commit()
    return wrong


if main(env):  # noqa: F821 of the shell
    sys.exit(1)
