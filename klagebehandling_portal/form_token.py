"""The signed token of a public form: when it was opened, and which one it is.

It stands where Odoo's CSRF token would. That one is bound to a session, and these
pages have none: a request brings no authority that another site could borrow. What
the token gives is a time trap, and one case for a form that is sent twice.
"""

import secrets
import time
from hmac import compare_digest

from odoo.addons.klagebehandling.sealing import keyring

TOO_QUICK = 3
EXPIRES = 24 * 60 * 60


def make():
    """A new token for a form that is opened now."""
    opened, nonce = f"{int(time.time()):x}", secrets.token_urlsafe(18)
    return ".".join((opened, nonce, _sign(opened, nonce)))


def age(token):
    """Seconds since the form was opened; ``None`` where the token is not ours."""
    opened, _dot, rest = (token or "").partition(".")
    nonce, _dot, signature = rest.partition(".")
    if not compare_digest(_sign(opened, nonce).encode(), signature.encode()):
        return None
    return time.time() - int(opened, 16)


def submission(token):
    """Name what is sent with a token; the door tells other content apart."""
    _opened, _dot, rest = token.partition(".")
    return rest.partition(".")[0]


def _sign(opened, nonce):
    return keyring.keyed_hash("form token", f"{opened}.{nonce}")
