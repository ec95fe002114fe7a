"""Where a person is goes through every door; protected at the highest level, nobody
keeps it.

Usage: ``make -s shell < tests/faults/protected.py``

What a test in one transaction cannot show: after the commit, all jobs, Odoo's cleaning
of files and ``VACUUM FULL``, the address stands in no dump, no file, no session, no
log, no letter that leaves and nothing that the keys of the server open. What it made
stays: run it on a database that is thrown away (``make reset``).
"""

import contextlib
import logging
import secrets
from unittest.mock import patch

from odoo.fields import Command

from tests.faults.hunt import places, sealed_places, unpacked, vacuum
from tests.faults.organisation import Organisation
from tests.faults.planted import ask, plant, print_letters

# Another one each time: what an earlier run left is not this one's.
CANARY = f"Fjellrevsti{secrets.token_hex(4)}"
WHERE = {
    "street": f"{CANARY} 12",
    "zip": "91234",
    "city": f"{CANARY}by",
    "email": f"{CANARY}@example.com",
}
WORDS = (CANARY,)
TEXT = f"He waits at {WHERE['street']}, {WHERE['zip']} {WHERE['city']}."
FILE = b"The food is cold. " * 50
GROUPS = ("manager", "export", "custodian", "independent")
MAIL = """From: Kari Rev <{sender}>
To: {alias}
Subject: Cold food
Date: Mon, 02 Nov 2026 10:13:27 +0100
Message-Id: <{sender}>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

{text}
--x
Content-Type: text/plain; name="photo.txt"
Content-Disposition: attachment; filename="photo.txt"

The food is cold.
--x--
"""


class Lines(logging.Handler):
    """Keeps what is logged meanwhile."""

    def __init__(self):
        super().__init__(level=1)
        self.text = ""

    def emit(self, record):
        self.text += logging.Formatter("%(name)s %(message)s").format(record) + "\n"


class Sheltered:
    """An organisation in Sweden, and a complaint by each door."""

    def __init__(self, env):
        self.env, sweden = env, env.ref("base.se")
        name = f"Sheltered{env.cr.now():%H%M%S}"
        values = {"country_id": sweden.id, "is_public_body": True}
        self.organisation = one = Organisation(env, name, policy=values)
        domain = env["mail.alias.domain"].create({"name": f"{name.lower()}.test"})
        one.company.write({"country_id": sweden.id, "alias_domain_id": domain.id})
        one.policy.write({"independent_id": one.boss.id, "company_id": one.company.id})
        one.unit.alias_name = "complaints"
        groups = [env.ref(f"klagebehandling.group_{code}").id for code in GROUPS]
        one.boss.group_ids = [Command.link(id_) for id_ in groups]
        self.boss = env(user=one.boss.id)
        self.level = env.ref("klagebehandling_se.protection_registered")

    def by_form(self):
        person = {"role": "complainant", "name": "Kari Rev", **WHERE}
        case = self.organisation.register(1, [person])
        case.write({"description": TEXT, "title": CANARY})
        return case

    def by_mail(self):
        raw = MAIL.format(
            sender=WHERE["email"],
            alias=self.organisation.unit.alias_email,
            text=TEXT,
        )
        id_ = self.env["mail.thread"].message_process(False, raw.replace("\n", "\r\n"))
        return self.env["complaint.case"].browse(id_)

    def by_phone(self):
        """Protected from the first moment; the address is typed all the same."""
        form = self.boss["complaint.case.register"].create(
            {
                "unit_id": self.organisation.unit.id,
                "channel": "phone",
                "description": "The food is cold.",
                "anonymity": "protected",
                "protection_id": self.level.id,
                "reply_channel": "email",
                "name": "Kari Rev",
                **WHERE,
            }
        )
        form.action_register()
        return self.env["complaint.case"].search([("reference", "=", form.reference)])

    def use(self, case):
        """Everything that can be made of a case, with the address in it."""
        person = case.party_ids.filtered(lambda one: one.role == "complainant")
        # What was told first is kept behind what is right.
        person._correct({"street": f"{CANARY}vei 3"}, "Moved.")
        person._correct({"street": WHERE["street"]}, "Moved back.")
        able = self.boss(su=True)
        plant(able, case.with_env(able), TEXT, FILE)
        own = case.with_env(self.boss)
        letters = self.boss["complaint.correspondence"]
        letters.create({"case_id": case.id, "body": f"<p>{TEXT}</p>"})
        case._log("wish_recorded", reason=TEXT)
        own.action_bundle()
        self.boss["complaint.case.correct"].create(
            {"case_id": case.id, "text": TEXT, "reason": TEXT}
        )
        print_letters(self.boss, case)
        ask(self.boss, case, TEXT)

    def protect(self, case):
        own = case.with_env(self.boss)
        rows = own._find_whereabouts()
        ticked = [(row._name, row.id) for row in rows]
        own.action_protect(self.level.id, "The decision was shown.", places=ticked)
        return sorted({row._name for row in rows})


def run_jobs(env):
    """All jobs of our addons, and Odoo's daily cleaning."""
    env["ir.cron"].flush_model()
    jobs = (
        env["ir.cron"]
        .search([])
        .filtered(
            lambda job: job.model_id.model.startswith(("complaint.", "ir.autovacuum"))
        )
    )
    for job in jobs:
        job.method_direct_trigger()
        env.cr.commit()
    env["ir.attachment"]._gc_file_store()


@contextlib.contextmanager
def watched(env):
    """What is sent and logged meanwhile."""
    sent, lines = [], Lines()

    def send(_self, mail, *_args, **_kwargs):
        sent.append(bytes(mail))
        return mail["Message-Id"]

    logging.getLogger().addHandler(lines)
    try:
        with patch.object(type(env["ir.mail_server"]), "send_email", send):
            yield sent, lines
    finally:
        logging.getLogger().removeHandler(lines)


def is_in(raw):
    return CANARY.lower().encode() in raw.lower()


def taken_out(world, cases):
    """What of the bundles of the cases tells where the person is."""
    for case in cases:
        for path, raw in case.with_env(world.boss)._bundle_members().items():
            if any(map(is_in, unpacked(raw))):
                yield f"bundle: {path}"


def left(env, cases, sent, lines):
    """Where the address stands, and what the check of the journal says."""
    yield from (f"in the open: {one}" for one in places(env, WORDS))
    yield from (f"sealed: {one}" for one in sealed_places(env, WORDS))
    yield from ("mail" for raw in sent if is_in(raw))
    if is_in(lines.text.encode()):
        yield "log"
    journal = env["complaint.journal"].sudo()
    for finding in journal._findings(journal._new_check(), cases.ids):
        if finding.kind != "explained":
            yield f"journal: {finding}"


def main(env):
    world = Sheltered(env)
    cases = world.by_form() | world.by_mail()
    for case in cases:
        world.use(case)
    env.cr.commit()
    before = places(env, WORDS), sealed_places(env, WORDS)
    print("before:", *before)
    with watched(env) as (sent, lines):
        for case in cases:
            print("ticked:", world.protect(case))
        cases |= world.by_phone()
        env.cr.commit()
        run_jobs(env)
        faults = [*taken_out(world, cases)]
        env.cr.commit()
    vacuum(env)
    faults += left(env, cases, sent, lines)
    print("after:", faults or "nowhere")
    is_ok = "dump" in before[0] and len(before[1]) > 4 and not faults
    print("ok" if is_ok else "FAILED")


main(env)  # noqa: F821
