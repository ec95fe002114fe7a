"""The short token of a letter, by which an answer finds its case.

It is no secret and grants nothing: who wrote is told by the address alone. It stands in
the subject and in the last line of a notice and, where the organisation's mail server
takes addresses with a plus, in the address that an answer goes to.
"""

import re
import secrets

from ...sealing.receipt_code import ALPHABET, SLIPS

SIGNS = 12
# In an address: behind a plus, after these letters.
LETTERS = "ref-"
SHOWN = re.compile(rf"\[\s*#\s*(\w{{{SIGNS}}})\s*\]")
ADDRESSED = re.compile(rf"\+{LETTERS}(\w{{{SIGNS}}})@")
# A token stands near the beginning: an answer is written above what it answers.
SEARCHED = 200_000


def make():
    """A new token: 60 random bits, without signs that are easily confused."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))


def show(token):
    """A token as it stands in a letter."""
    return f"[#{token}]"


def extend(address, token):
    """An address with a token behind its plus."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+{LETTERS}{token.lower()}@{domain}"


def find(text, addresses=()):
    """What may be tokens, in a text and in addresses, in their order, each once."""
    words = SHOWN.findall(text[:SEARCHED])
    for address in addresses:
        words += ADDRESSED.findall(address.lower())
    return list(dict.fromkeys(map(_plain, words)))


def _plain(word):
    return "".join(SLIPS.get(sign, sign) for sign in word.upper())
