"""A case with canaries everywhere is disposed of: none is left on the disk.

Usage: ``make -s shell < tests/faults/disposed.py``

What a test in one transaction cannot show: after the commit, Odoo's cleaning of files
and ``VACUUM FULL``, no canary stands in the dump of the database nor in a file of the
server's data folder. What it made stays, as a stub does: run it on a database that is
thrown away (``make reset``).
"""

import base64
import pathlib
import secrets
import subprocess
from datetime import timedelta

from odoo import fields
from odoo.tools import config
from odoo.tools.misc import exec_pg_environ, find_pg_tool

from tests.faults.organisation import Organisation

# Another one each time: what an earlier run left is not this one's.
CANARY = f"Skogstjernesang{secrets.token_hex(4)}"
FILE = f"Ask for {CANARY} in the yard. ".encode() * 50


def fill(env, case):
    """Every kind of row that a case has, with the canary in it."""
    of = {"case_id": case.id}
    for name, values in (
        ("note", {**of, "body": CANARY}),
        ("point", {**of, "name": CANARY, "findings": CANARY}),
        ("conduct", {**of, "fact": CANARY}),
        ("outgoing", {**of, "name": CANARY, "reason": CANARY}),
    ):
        env[f"complaint.{name}"].create(values)
    case.write({"summary": CANARY, "lesson": CANARY, "remedy": CANARY})
    case.message_post(body=CANARY, attachments=[("talk.txt", FILE)])
    meeting = env["complaint.meeting"].create(
        {**of, "start_at": fields.Datetime.now(), "place": CANARY}
    )
    meeting.action_hold()
    minutes = env["complaint.minutes"].create(
        {"meeting_id": meeting.id, "agreed": CANARY, "discussion": CANARY}
    )
    minutes._freeze()
    minutes._sign("organisation", "account", user_id=env.uid)
    referral = env["complaint.referral"].create({**of, "note": CANARY})
    for values in (
        {"text": CANARY},
        {"name": f"{CANARY}.txt", "content": base64.b64encode(FILE)},
    ):
        env["complaint.referral.document"].create(
            {"referral_id": referral.id, **values}
        )
    case.action_update(f"<p>{CANARY}</p>")


def end(env, case):
    case.action_inform_staff()
    case.action_close("upheld")
    case.correspondence_ids.filtered(lambda one: one.state == "queued")._mark_sent("x")
    duties = case.deadline_ids
    duties.filtered(lambda one: one.state in ("running", "late"))._waive("Moot")
    long_ago = fields.Datetime.now() - timedelta(days=800)
    env.flush_all()
    env.cr.execute(
        "UPDATE complaint_case SET closed_at = %s WHERE id = %s", [long_ago, case.id]
    )
    env.invalidate_all()


def dispose(env, organisation, case):
    env["complaint.retention.rule"].create(
        {"policy_id": organisation.policy.id, "years": 2, "basis": "Plan, 3.2"}
    )
    disposals = env["complaint.disposal"]
    while disposals._propose():
        pass
    row = disposals.search([("case_id", "=", case.id)])
    assert row, "the case is not due"
    row.write(
        {"state": "approved", "approved_on": fields.Date.today()}
        | {"approved_by_id": env.uid}
    )
    for state in ("identity", "words", "disposed"):
        row._take_step(state)
    env.cr.commit()


def dump(database):
    """The database as text."""
    return subprocess.run(
        [find_pg_tool("pg_dump"), "--no-owner", database],
        env=exec_pg_environ(),
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def places(env):
    """Where the canary stands: in the dump, and in which files."""
    words = CANARY.encode(), base64.b64encode(CANARY.encode())[:-4]
    found = ["dump"] if any(word in dump(env.cr.dbname) for word in words) else []
    folder = pathlib.Path(config["data_dir"])
    for path in folder.rglob("*"):
        if path.is_file() and any(word in path.read_bytes() for word in words):
            found.append(str(path.relative_to(folder)))
    return found


def vacuum(env):
    """Write all tables anew."""
    env.cr.commit()
    connection = env.cr._cnx
    connection.autocommit = True
    try:
        with connection.cursor() as cr:
            cr.execute("VACUUM FULL")
    finally:
        connection.autocommit = False


def main(env):
    organisation = Organisation(env, f"Disposed{env.cr.now():%H%M%S}")
    organisation.policy.write(
        {"independent_id": organisation.boss.id, "company_id": organisation.company.id}
    )
    person = {"role": "complainant", "name": CANARY, "email": f"{CANARY}@example.com"}
    case = organisation.register(1, [person])
    fill(env, case)
    end(env, case)
    env.cr.commit()
    before = places(env)
    print("before:", before)
    dispose(env, organisation, case)
    env["ir.attachment"]._gc_file_store()
    vacuum(env)
    after = places(env)
    print("after:", after)
    print("ok" if len(before) > 2 and "dump" in before and not after else "FAILED")


main(env)  # noqa: F821
