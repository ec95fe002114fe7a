"""E-mail addresses that can be written to."""

import re

import idna

# Before the @: words joined by single dots, in any script.
LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
MAX_LOCAL_PART = 64


def mail_address(text):
    """Return the address that a person gave, or ``""`` where it is none.

    Stricter than ``email_normalize``, which finds an address in more than can be sent
    to (``"x y"@example.com``, ``@example.com``) and joins what is apart
    (``kari@exam ple.com``). Two addresses are none: who is meant is not for a program
    to say.
    """
    local, _at, domain = (text or "").strip().rpartition("@")
    if len(local) > MAX_LOCAL_PART or not LOCAL_PART.fullmatch(local):
        return ""
    try:
        idna.encode(domain, uts46=True, strict=True)
    except idna.IDNAError:
        return ""
    if "." not in domain or domain.endswith("."):
        return ""
    return f"{local.lower() if local.isascii() else local}@{domain.lower()}"
