"""From an empty Odoo to a closed case, as a stranger would, in Norwegian and Swedish.

Run by ``make prove``; alone with ``make prove ONLY=tests/onboarding/stock.py``. Odoo is
installed by its own command line, without a language and without any script of ours.
Then everything happens over HTTP: the administrator sets up the organisation on the
guided page, colleagues follow their invitations, a complaint is registered, answered
and closed. Nothing that the complainant gets may hold a word of English.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "scripts"), str(ROOT / "tests/test_klagebehandling/tests")]
sys.path.append(str(Path(__file__).parent))

from mailbox import Mailbox  # noqa: E402

from browser import Browser, RefusedError, text  # noqa: E402
from english import find_english  # noqa: E402
from instance import Instance  # noqa: E402
from settings import LOGS  # noqa: E402
from test_databases import tests_cluster  # noqa: E402

SUITE = "klagebehandling,klagebehandling_no,klagebehandling_se"
SUITE += ",klagebehandling_portal,klagebehandling_reports"
PASSWORD = "a stranger's password"
PATIENCE = 180
LINK = re.compile(r'https?://[^"\s<>]+/web/(?:signup|reset_password)\?[^"\s<>]+')
COUNTS = """
    SELECT table_name || '=' || (xpath('/row/c/text()', query_to_xml(
        format('SELECT count(*) AS c FROM %I', table_name), false, true, '')))[1]::text
    FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1
"""
LETTER = "klagebehandling_reports.complaint_correspondence_letter"

# Language: procedure, organisation, words of the handler, and of Odoo's own languages.
WORLDS = {
    "nb": {
        "procedure": "sosial_omsorg_no",
        "language": "nb_NO",
        "company": "Fjellbygda kommune",
        "told": "Maten var kald igjen i går.",
        "reply": "<p>Vi har snakket med kjøkkenet, og maten holdes varm nå.</p>",
        "remedy": "Kjøkkenet har fått nye varmeskap.",
    },
    "sv": {
        "procedure": "ljusnarsberg",
        "language": "sv_SE",
        "company": "Skogsby kommun",
        "told": "Maten var kall igen i går.",
        "reply": "<p>Vi har talat med köket, och maten hålls varm nu.</p>",
        "remedy": "Köket har fått nya värmeskåp.",
    },
}


class Stock:
    """One empty database, and the people who meet it."""

    def __init__(self, instance, short):
        self.instance, self.short, self.world = instance, short, WORLDS[short]
        self.mailbox = Mailbox().start()
        self.faults = []

    def run(self):
        process = self._start()
        try:
            self.admin = Browser(self.base).sign_in("admin", "admin")
            self.set_up()
            self.rehearse()
            self.work_a_case()
        except (AssertionError, RefusedError, requests.RequestException) as error:
            self.faults.append(f"{type(error).__name__}: {error}")
        finally:
            process.terminate()
            process.wait(60)
            self.mailbox.shutdown()
        return self.faults

    def _start(self):
        with Mailbox() as probe:
            port = probe.port
        self.base = f"http://127.0.0.1:{port}"
        log = (LOGS / f"stock-{self.short}.log").open("wb")
        options = ("--http-port", port, "--max-cron-threads", "0", "--workers", "0")
        process = subprocess.Popen(
            self.instance.command(*options),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=self.instance.environment(),
            cwd=ROOT,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                requests.get(f"{self.base}/web/health", timeout=5)
            except requests.RequestException:
                time.sleep(0.3)
            else:
                return process
        process.kill()
        raise SystemExit("the server does not answer")

    def check(self, is_good, fault):
        if not is_good:
            self.faults.append(fault)

    def check_words(self, words, what):
        """Nothing of it is English."""
        plain = " ".join(words.split())
        self.check(len(plain) > 20, f"{what} is empty")
        if found := find_english(plain, self.short):
            self.faults.append(f"{what}: {found} in “{plain[:400]}”")

    def installed(self):
        return {row["code"] for row in self.admin.read("res.lang", [], "code")}

    # -- the administrator ---------------------------------------------------------

    def set_up(self):
        """Set up the organisation on the guided page, to which an empty list points."""
        admin = self.admin
        self.check(self.installed() == {"en_US"}, "a language was there before")
        invited = admin.call("complaint.case", "get_empty_list_help", "")
        self.check("complaint_onboarding_action" in invited, "the page is not offered")
        (company,) = admin.read("res.company", [], "name")
        admin.call(
            "res.company", "write", [company["id"]], {"name": self.world["company"]}
        )
        admin.call(
            "ir.mail_server",
            "create",
            {"name": "Out", "smtp_host": "127.0.0.1", "smtp_port": self.mailbox.port},
        )
        page = self.page()
        admin.call("complaint.onboarding", "action_appoint", [page])
        page = self.page(**self.answers())
        admin.call("complaint.onboarding", "action_confirm", [page])
        wanted = {"en_US", self.world["language"]}
        self.check(self.installed() == wanted, "the language was not installed")
        self.twice(page)
        admin.call("complaint.onboarding", "action_note_key_backup", [page])
        self.colleagues = {
            name: self.follow(f"{name}@example.com") for name in ("kari", "ola")
        }
        done = self.steps()
        for name in ("owner", "procedure", "second_person", "everybody_signed_in"):
            self.check(done[f"has_{name}"], f"{name} is said to be missing")
        for name in ("mail_server", "key_backup", "holidays", "quiet_log"):
            self.check(done[f"has_{name}"], f"{name} is said to be missing")
        self.check(not done["has_alias"], "there is no domain, and an address")
        self.check(not done["has_address"], "the public does not reach 127.0.0.1")

    def page(self, **values):
        """Open the page, fill it in, save it: its id."""
        return self.admin.call("complaint.onboarding", "create", values)

    def answers(self):
        (preset,) = self.admin.read(
            "complaint.policy",
            [("code", "=", self.world["procedure"]), ("company_id", "=", False)],
            "name",
        )
        return {
            "preset_id": preset["id"],
            "manager_id": False,
            "manager_name": "Kari Berg",
            "manager_email": "kari@example.com",
            "independent_name": "Ola Dal",
            "independent_email": "ola@example.com",
            "alias_name": "stemme",
            "sender": "post@example.com",
        }

    def twice(self, page):
        """The page once more, and another one, make nobody and nothing again."""
        users = self.admin.call("res.users", "search_count", [])
        for again in (page, self.page(**self.answers())):
            try:
                self.admin.call("complaint.onboarding", "action_confirm", [again])
            except RefusedError:
                continue
            self.faults.append("the same procedure was chosen twice")
        now = self.admin.call("res.users", "search_count", [])
        self.check(users == now, "people were made twice")

    def follow(self, address):
        """A colleague follows the invitation that came by e-mail."""
        mail = self.mailbox.to(address)
        assert mail, f"{address} got no invitation"
        body = mail.get_body(("html", "plain")).get_content()
        link = LINK.search(body)[0].replace("&amp;", "&")
        colleague = Browser(self.base)
        colleague.accept(link, PASSWORD)
        return Browser(self.base).sign_in(address, PASSWORD)

    def steps(self):
        page = self.page()
        (done,) = self.admin.call("complaint.onboarding", "read", [page])
        return done

    def rehearse(self):
        """A complaint is tried, and no table has a row more or less."""
        page = self.page()
        before = self.counts()
        self.admin.call("complaint.onboarding", "action_rehearse", [page])
        after = self.counts()
        changed = sorted({*before.splitlines()} ^ {*after.splitlines()})
        self.check(not changed, f"the dry run left something: {changed}")
        (row,) = self.admin.call("complaint.onboarding", "read", [page], ["rehearsal"])
        self.check("Kari Berg" in row["rehearsal"], "the dry run shows nobody")
        letter = re.search(r"(?s)<blockquote[^>]*>(.*)</blockquote>", row["rehearsal"])
        assert letter, "the dry run shows no letter"
        self.check_words(text(letter[1]), "the letter that was tried")

    def counts(self):
        return self.instance.cluster.value(self.instance.name, COUNTS)

    # -- the case ------------------------------------------------------------------

    def work_a_case(self):
        """Register, acknowledge, answer and close; each letter as it is read."""
        manager = self.colleagues["kari"]
        (unit,) = manager.read("complaint.unit", [], "slug")
        visitor = Browser(self.base)
        self.check_words(text(visitor.get(f"/klage/{unit['slug']}").text), "the form")
        result = manager.call(
            "complaint.intake",
            "register",
            {
                "channel": "phone",
                "title": self.world["told"],
                "description": self.world["told"],
                "reply_channel": "portal",
                "parties": [{"role": "complainant", "name": "Siv Vik"}],
            },
        )
        case = result["case_id"]
        self.act(case)
        (now,) = manager.call("complaint.case", "read", [case], ["state", "lang"])
        self.check(now["state"] == "closed", f"the case is {now['state']}")
        letters = manager.read(
            "complaint.correspondence",
            [("case_id", "=", case), ("direction", "=", "out")],
            "purpose", "body", "lang", "state",
        )  # fmt: skip
        purposes = {letter["purpose"] for letter in letters}
        wanted = {"acknowledgement", "reply", "closing"}
        self.check(purposes >= wanted, f"only {purposes} were written")
        for letter in letters:
            self.look_at(letter)
        status = visitor.post("/klage/status", code=result["access_code"])
        self.check_words(text(status.text), "the status page")

    def act(self, case):
        manager = self.colleagues["kari"]
        later = time.strftime("%Y-%m-%d", time.localtime(time.time() + 14 * 86400))
        facts = {"expected_on": later, "lesson": self.world["remedy"]}
        manager.call("complaint.case", "write", [case], facts)
        manager.call("complaint.case", "action_acknowledge", [case])
        answer = {"body": self.world["reply"], "remedy": self.world["remedy"]}
        manager.call("complaint.case", "action_answer", [case], **answer)
        manager.call("complaint.case", "action_close", [case], outcome="not_upheld")

    def look_at(self, letter):
        """A letter as it is stored and as it is printed, its heading included."""
        what = f"{letter['purpose']} ({self.short})"
        self.check(
            letter["lang"] == self.world["language"], f"{what}: {letter['lang']}"
        )
        self.check(letter["state"] == "sent", f"{what} is {letter['state']}")
        self.check_words(text(letter["body"]), what)
        manager = self.colleagues["kari"]
        printed = manager.get(f"/report/html/{LETTER}/{letter['id']}")
        self.check_words(text(printed.text), f"{what} as printed")
        sheet = manager.get(f"/report/pdf/{LETTER}/{letter['id']}").content
        self.check(sheet.startswith(b"%PDF"), f"{what} is no PDF")


def main():
    cluster = tests_cluster()
    cluster.start()
    start, faults = time.monotonic(), []
    with cluster.in_use():
        stock = Instance(cluster, "klage_stock", log_level="warn")
        stock.drop()
        stock.run_odoo("-i", "base")
        stock.run_odoo("-i", SUITE)
        for short in WORLDS:
            copy = Instance(cluster, f"klage_stock_{short}", log_level="warn")
            copy.copy_from(stock)
            faults += [f"{short}: {fault}" for fault in Stock(copy, short).run()]
            copy.drop()
        stock.drop()
    for fault in faults:
        print(f"  - {fault}")
    print(f"  stock Odoo: {len(faults)} faults, {time.monotonic() - start:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
