"""The receipt code: 90 random bits in readable groups, with a check part.

Letters that are easily confused (I, L, O, U) do not occur; what a person writes
instead of a digit is understood.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_SIGNS = 18
CHECK_SIGNS = 2
GROUP = 5


def make(seed=None):
    """A new code, or the one that belongs to a secret seed of at least 12 bytes."""
    number = int.from_bytes(seed[:12] if seed else secrets.token_bytes(12), "big")
    data = "".join(ALPHABET[number >> 5 * place & 31] for place in range(DATA_SIGNS))
    return _grouped(data + _check(data))


def normalise(text):
    """The code a person wrote, without spaces and slips; empty when it is none."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    signs = signs.translate(str.maketrans({"O": "0", "I": "1", "L": "1"}))
    data, check = signs[:DATA_SIGNS], signs[DATA_SIGNS:]
    if set(signs) - set(ALPHABET) or check != _check(data):
        return ""
    return _grouped(signs)


def _check(data):
    number = int.from_bytes(hashlib.sha256(data.encode()).digest()[:2], "big")
    return ALPHABET[number & 31] + ALPHABET[number >> 5 & 31]


def _grouped(signs):
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def random_reference():
    """A public reference of 50 random bits, such as ``7F3KQ-2XRTM``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _sign in range(2 * GROUP)))
