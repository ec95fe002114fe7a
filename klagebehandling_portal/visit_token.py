"""Proves for an hour that somebody has just entered the code of a case or a request.

A page that goes on from there carries this, and not the code: whoever saves the
page or finds it open later cannot come back with it.
"""

import time
from hmac import compare_digest

from odoo.addons.klagebehandling.sealing import keyring

LASTS = 60 * 60


def make(row_sudo):
    """A token for what was opened now: a case, or a request for documents."""
    return keyring.encrypt(
        {
            "visit": row_sudo.id,
            "of": row_sudo._name,
            "code": row_sudo.access_code_hash,
            "until": int(time.time()) + LASTS,
        }
    )


def find(env, token, model="complaint.case"):
    """What a token opens, as the superuser; empty where it is not or no more ours."""
    rows_sudo = env[model].sudo()
    try:
        visit = keyring.decrypt(token or "")
    except keyring.IdentityUnreadable:
        return rows_sudo
    is_ours = visit.get("of") == model and visit["until"] >= time.time()
    row_sudo = rows_sudo.browse(visit["visit"] if is_ours else ()).exists()
    is_same = compare_digest(row_sudo.access_code_hash or "", visit.get("code", ""))
    return row_sudo if is_same else rows_sudo
