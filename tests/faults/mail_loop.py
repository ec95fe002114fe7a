"""A thousand letters through a real mail server and back, with killed senders.

Run by ``make prove``; alone with ``make prove ONLY=tests/faults/mail_loop.py``. Odoo
sends by SMTP to Postfix and fetches by IMAP and POP from Dovecot, in processes of its
own that are killed in the middle, on a test database that is thrown away.

What only waits is not waited for: the quarter of an hour after which an abandoned
letter goes again, and the pauses between tries, are moved in the rows while nobody is
running. Which of the two was killed, and when, differs from run to run; the figures
say what it met.
"""

import contextlib
import datetime
import os
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psycopg2
import pytz

from odoo import SUPERUSER_ID, api, tools
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service.model import retrying

from tests.faults import mail_loop_post as post
from tests.faults.mail_loop_oracle import Oracle
from tests.faults.organisation import Organisation

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))

from mail_servers import PASSWORD, PATIENCE, SLOW, MailServers  # noqa: E402
from settings import LOGS, reachable_runtime  # noqa: E402

LETTERS = 1000
# Shares of the letters after which the processes are killed, and Postfix is stopped.
KILLS = (0.2, 0.45, 0.7)
STOPPED = 0.55
PROCESSES = 2
# Seconds after which the run has failed.
PATIENCE_IN_ALL = 600
CRONS = (
    "klagebehandling.ir_cron_send_correspondence",
    "mail.ir_cron_mail_gateway_action",
)
STREET = {"street": "Storgata 1", "zip": "0155", "city": "Oslo"}


class Receiver(NamedTuple):
    """To whom a letter goes, and what becomes of it."""

    address: str
    #: the folder of the mailbox, whether it exists or not
    box: str
    #: ``known``, ``slow``, ``unknown`` or ``refused``
    fate: str
    #: the way on which it goes on where it cannot be delivered
    then: str
    #: of the organisation that writes
    domain: str


def receivers():
    """Return a thousand people: one in ten is unknown, some are slow or refused."""
    found = []
    for number in range(LETTERS):
        fate, domain = "known", "people.example"
        if number % 10 == 0:
            fate = "unknown"
        elif number % 20 == 7:
            fate, domain = "slow", SLOW
        elif number % 50 == 3:
            fate, domain = "refused", "refused.example"
        found.append(
            Receiver(
                address=f"p{number:04}@{domain}",
                box=f"p{number:04}",
                fate=fate,
                then="phone" if number % 40 == 0 else "letter",
                domain=post.DOMAINS[number % len(post.DOMAINS)],
            )
        )
    return found


def zone_of_office_hours():
    """Return a time zone where it is morning now: letters wait for the office."""
    now = datetime.datetime.now(datetime.UTC)
    return next(
        name
        for name in pytz.common_timezones
        if 8 <= now.astimezone(pytz.timezone(name)).hour < 14
    )


class Loop:
    """One run: what is made, who runs, and what was seen on the way."""

    def __init__(self, registry):
        self.registry = registry
        self.servers = MailServers(reachable_runtime() / "mail")
        self.receivers = receivers()
        self.by_case = {}
        self.organisations = []
        self.processes = []
        self.slowest = 0.0
        self.killed_sending = 0
        self.writers = post.Writers(self.servers.ports["smtp"])

    # What is made

    def prepare(self):
        """Start the servers, and queue a thousand letters of three organisations."""
        boxes = {
            one.address: one.box
            for one in self.receivers
            if one.fate in ("known", "slow")
        }
        for domain in post.DOMAINS:
            for name in ("klage", "post", "bounce", "catchall"):
                boxes[f"{name}@{domain}"] = domain
        boxes |= {one.sender: "senders" for one in self.writers.left}
        self.servers.start(boxes)
        with self.environment() as env:
            self._make_servers(env)
            for domain in post.DOMAINS:
                self._make_organisation(env, domain)
            self._queue_letters(env)
            self._quieten(env)
        print(f"  {LETTERS} letters are queued", flush=True)

    @contextlib.contextmanager
    def environment(self):
        """Give an environment whose work is committed at its end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _quieten(self, env):
        """Of what Odoo does by the clock only ours, and fetching, is asked."""
        ours = env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "klagebehandling%")]
        )
        asked = {*ours.mapped("res_id"), *(env.ref(name).id for name in CRONS)}
        env["ir.cron"].search([("id", "not in", [*asked])]).active = False

    def _make_servers(self, env):
        env["mail.alias.domain"].create({"name": "main.example"})
        env["ir.mail_server"].create(
            {
                "name": "Loopback",
                "smtp_host": "127.0.0.1",
                "smtp_port": self.servers.ports["smtp"],
                "smtp_encryption": "none",
            }
        )
        for number, domain in enumerate(post.DOMAINS):
            kind = "pop" if number == 2 else "imap"
            server = env["fetchmail.server"].create(
                {
                    "name": domain,
                    "server_type": kind,
                    "server": "127.0.0.1",
                    "port": self.servers.ports[kind],
                    "user": f"post@{domain}",
                    "password": PASSWORD,
                }
            )
            server.button_confirm_login()

    def _make_organisation(self, env, domain):
        name = domain.partition(".")[0].title()
        aliases = env["mail.alias.domain"].create({"name": domain})
        made = Organisation(
            env,
            name,
            term={"milestone": "acknowledge", "amount": 10},
            company={"email": f"post@{domain}", "alias_domain_id": aliases.id},
            policy={
                "tz": zone_of_office_hours(),
                "channel_ids": [Command.create({"channel": "email"})],
            },
        )
        made.unit.alias_name = "klage"
        self.organisations.append(made)

    def _queue_letters(self, env):
        for domain, made in zip(post.DOMAINS, self.organisations, strict=True):
            people = [one for one in self.receivers if one.domain == domain]
            parties = [
                {
                    "role": "complainant",
                    "email": one.address,
                    **STREET,
                    **({"phone": "22 33 44 55"} if one.then == "phone" else {}),
                }
                for one in people
            ]
            cases = made.register(parties=parties)
            self.by_case |= dict(zip(cases.ids, people, strict=True))
            for case in cases:
                case.action_acknowledge()

    # Who runs

    def start_odoo(self):
        """Start the processes that send and fetch; one does the one, one the other."""
        command = [sys.executable, "-m", "odoo", "-c", os.environ["ODOO_RC"]]
        command += ["--no-http", "--max-cron-threads", "1", "--log-level", "info"]
        with (LOGS / "mail_loop.log").open("ab") as log:
            self.processes = [
                subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=ROOT,
                    start_new_session=True,
                )
                for _one in range(PROCESSES)
            ]

    def kill_odoo(self):
        """Kill whoever sends, at the moment in which it talks to the mail server."""
        for _moment in range(2000):
            if self.count("state = 'sending'"):
                break
            time.sleep(0.002)
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
        # The killed one's transaction is gone once its connection is.
        time.sleep(0.5)
        self.killed_sending += bool(self.count("state = 'sending'"))
        self.move("taken_at = taken_at - interval '16 minutes'", "state = 'sending'")

    def stop_odoo(self):
        """End the processes as an administrator would."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
        self.processes = []

    def trigger(self):
        """Have both crons run, as the clock would some minutes later."""
        with contextlib.suppress(psycopg2.OperationalError), self.environment() as env:
            for name in CRONS:
                env.ref(name)._trigger()

    def move(self, change, condition):
        """Move what only waits."""
        with self.registry.cursor() as cr:
            cr.execute(
                f"UPDATE complaint_correspondence SET {change} WHERE {condition}"
            )

    def count(self, condition):
        """How many letters of the thousand are so."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM complaint_correspondence "
                f"WHERE case_id = ANY(%s) AND ({condition})",
                [list(self.by_case)],
            )
            return cr.fetchone()[0]

    # What happens

    def send(self):
        """Send all, with everything that goes wrong on the way.

        :return: seconds
        """
        self.writers.start()
        start = time.monotonic()
        self.start_odoo()
        for share in sorted({*KILLS, STOPPED}):
            self.writers.allow(share)
            self.wait(f"{share:.0%} of the letters", partial(self._has_left, share))
            if share == STOPPED:
                self._stop_postfix()
            else:
                self.kill_odoo()
                self.start_odoo()
        self.writers.allow(1)
        self.wait("all letters", partial(self._has_left, 1))
        return time.monotonic() - start

    def _stop_postfix(self):
        self.servers.stop_postfix()
        self.wait("a letter that waits", lambda: self.count("attempts > 0") > 5)
        self.servers.start_postfix()
        self.move("retry_at = retry_at - interval '5 minutes'", "attempts > 0")

    def _has_left(self, share):
        """Whether so many of the letters are not queued any more."""
        waiting = self.count(
            "medium = 'email' AND state IN ('queued', 'sending') AND direction = 'out'"
        )
        return 1 - waiting / LETTERS >= share

    def settle(self):
        """Let what waits arrive, and be fetched and settled."""
        time.sleep(PATIENCE)
        self.servers.open_slow()
        self.wait("what people write", lambda: not self.writers.left)
        self.wait("the queue of Postfix", lambda: not self.servers.waiting())
        returned = sum(one.fate == "unknown" for one in self.receivers)
        self.wait("what comes back", lambda: self.count("is_returned") >= returned)
        self.wait("an empty mailbox", self._is_fetched)
        unsettled = "settled_at IS NULL AND state IN ('sent', 'failed')"
        self.wait("what is to be settled", lambda: not self.count(unsettled))

    def _is_fetched(self):
        boxes = [self.servers.boxes / domain for domain in post.DOMAINS]
        unread = [
            path
            for box in boxes
            for part in ("new", "cur")
            for path in (box / part).glob("*")
            if "S" not in path.name.partition(":2,")[2]
        ]
        return not unread and not self.servers.waiting()

    def wait(self, what, is_there):
        """Wait for something that the processes do by themselves."""
        triggered = 0
        while not is_there():
            if time.monotonic() > self.ends_at:
                raise TimeoutError(what)
            if time.monotonic() - triggered > 3:
                self.trigger()
                triggered = time.monotonic()
            time.sleep(0.25)

    def write_meanwhile(self, done):
        """Note something on the cases whose letters come back just now, again and
        again, as colleagues do."""
        unknown = [case for case, one in self.by_case.items() if one.fate == "unknown"]
        while not done.wait(0.25):
            with self.registry.cursor() as cr:
                cr.execute(
                    "SELECT case_id FROM complaint_correspondence WHERE state = 'sent' "
                    "AND settled_at IS NOT NULL AND case_id = ANY(%s) "
                    "ORDER BY sent_at LIMIT 1",
                    [unknown],
                )
                env = api.Environment(cr, SUPERUSER_ID, {})
                case = env["complaint.case"].browse(row[0] for row in cr.fetchall())
                with contextlib.suppress(psycopg2.OperationalError):
                    retrying(lambda case=case: case and case._log("party_changed"), env)

    def run(self):
        """Run it all.

        :return: the faults
        """
        (LOGS / "mail_loop.log").unlink(missing_ok=True)
        self.ends_at = time.monotonic() + PATIENCE_IN_ALL
        done = threading.Event()
        colleague = threading.Thread(target=self.write_meanwhile, args=(done,))
        try:
            self.prepare()
            colleague.start()
            seconds = self.send()
            print(f"  sent in {seconds:.0f} s, {LETTERS / seconds:.1f} letters/s")
            self.settle()
        except TimeoutError as missing:
            return [f"after {PATIENCE_IN_ALL} s still missing: {missing}"]
        finally:
            done.set()
            self.writers.is_over = True
            self.stop_odoo()
            self.servers.stop()
        colleague.join()
        return self.judge()

    def judge(self):
        """Ask the oracle, and the journals whether they are whole."""
        with self.registry.cursor() as cr:
            oracle = Oracle(cr, self.servers.boxes, self.by_case, len(KILLS))
            oracle.look_at_letters()
            reports = oracle.look_at_mailboxes(
                {domain: domain == post.DOMAINS[2] for domain in post.DOMAINS}
            )
            oracle.look_at_cases(post.complaints(), post.WORDS)
            env = api.Environment(cr, SUPERUSER_ID, {})
            cases = env["complaint.case"].browse(self.by_case)
            found = env["complaint.journal"]._verify(cases)
            # A letter that came back differs from when it was sent, and is explained.
            faults = [str(one) for one in found if one.kind != "explained"]
            cr.execute(
                "SELECT max(extract(epoch FROM sent_at - taken_at))::int "
                "FROM complaint_correspondence "
                "WHERE coalesce(attempts, 0) = 0 AND state = 'sent'"
            )
            slowest = cr.fetchone()[0]
        print(
            f"  {len(KILLS)} kills ({self.killed_sending} while sending), "
            f"{oracle.twice} letters twice, {reports['failed']} reports of failure, "
            f"{reports['delayed']} of delay, slowest letter {slowest} s, "
            f"{self.writers.sent} complaints"
        )
        if not reports["delayed"]:
            faults.append("no delay was reported: nothing was proved of it")
        return faults + oracle.faults


def main():
    tools.config.parse_config([])
    loop = Loop(Registry(tools.config["db_name"][0]))
    start = time.monotonic()
    faults = loop.run()
    print(f"  mail loop: {len(faults)} faults, {time.monotonic() - start:.0f} s")
    for fault in faults[:20]:
        print(f"  - {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
