"""The same complaint sent again: which one it is, and who gets its code.

The id that a sender gives is no secret: everybody in Cc of a mail has its Message-Id.
It names a submission only together with who sent it, in which channel, to which
organisation, and what it says, as given, before the procedure fills in the rest. Only
keyed hashes of that are stored, so that neither the submission nor its code can be
found from the database.

Sent again within the hour it gets the same answer. Later, or after the complainant has
said that the code is kept, it gets the same case and no code. Anything else is a new
case.
"""

import hashlib
import json
from datetime import UTC
from hmac import compare_digest

from odoo import fields

from ...sealing import keyring, receipt_code

# So many minutes after it was registered the code is given again.
REPEATS = 60


def name(form, caller):
    """Give the form its code: the same one for the same submission.

    :param form: a Submission that is placed and decided
    :param caller: id of the user who sends it
    """
    form.submission_hash = form.receipt_hash = False
    given_id = form.given.get("submission_id")
    if not given_id:
        form.access_code = receipt_code.make()
        return
    company = form.unit.company_id.id
    content = digest(_content(form))
    whole = json.dumps([caller, form.channel, company, given_id, content])
    form.submission_hash = keyring.keyed_hash("submission", whole)
    seed = bytes.fromhex(keyring.keyed_hash("submission code", whole))
    form.access_code = receipt_code.make(seed)
    form.receipt_hash = _receipt_hash(form.access_code, _minute())


def show_code_once(form):
    """Take the code from a form that was registered before, unless just now.

    The minute stands in no column: only who can name the code can find it.
    """
    stored, now = form.case.receipt_hash or "", _minute()
    if not any(
        compare_digest(_receipt_hash(form.access_code, now - minutes), stored)
        for minutes in range(REPEATS)
    ):
        form.access_code = False


def _content(form):
    """What was given; of a mail, however it travelled: twice, it came at two times."""
    if form.channel != "email":
        return form.given
    return {name: form.given[name] for name in form.given if name != "received_at"}


def digest(given):
    """A digest of what was given: the same for the same content, in any order of keys.

    :param given: dict as the reader of the door cleaned it
    """
    content = {
        key: value
        for key, value in given.items()
        if key != "submission_id" and value not in ("", [])
    }
    text = json.dumps(content, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value.isoformat()


def _minute():
    return int(fields.Datetime.now().replace(tzinfo=UTC).timestamp()) // 60


def _receipt_hash(code, minute):
    return keyring.keyed_hash("receipt", f"{code} {minute}")
