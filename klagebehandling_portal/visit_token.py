"""Proves for an hour that somebody has just entered the code of a case.

A page that goes on from the case carries this, and not the code: whoever saves the
page or finds it open later cannot come back with it.
"""

import time
from hmac import compare_digest

from odoo.addons.klagebehandling.sealing import keyring

LASTS = 60 * 60


def make(case_sudo):
    """A token for the case that was opened now."""
    return keyring.encrypt(
        {
            "visit": case_sudo.id,
            "code": case_sudo.access_code_hash,
            "until": int(time.time()) + LASTS,
        }
    )


def find(env, token):
    """The case of a token, as the superuser; empty where it is not or no more ours."""
    cases_sudo = env["complaint.case"].sudo()
    try:
        visit = keyring.decrypt(token or "")
    except keyring.IdentityUnreadable:
        return cases_sudo
    if "visit" not in visit or visit["until"] < time.time():
        return cases_sudo
    case_sudo = cases_sudo.browse(visit["visit"]).exists()
    is_same = compare_digest(case_sudo.access_code_hash or "", visit["code"])
    return case_sudo if is_same else cases_sudo
