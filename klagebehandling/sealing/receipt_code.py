"""The receipt code: 90 random bits in readable groups, with a check part.

Letters that are easily confused (I, L, O, U) do not occur; what a person writes
instead of a digit is understood.
"""

import hashlib
import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_SIGNS = 18
CHECK_SIGNS = 2
GROUP = 5
LENGTH = DATA_SIGNS + CHECK_SIGNS
SLIPS = {"O": "0", "I": "1", "L": "1"}
# As it is shown: four groups of five with the same sign between them, or none.
AS_SHOWN = re.compile(r"(?<!\w)\w{5}([\s.·–-]?)\w{5}\1\w{5}\1\w{5}(?!\w)")
# A reference, as it is shown or typed.
REFERENCE = re.compile(rf"(?<!\w)([{ALPHABET}]{{5}})[\s·–-]?([{ALPHABET}]{{5}})(?!\w)")
# Written otherwise, at most so many other signs stand between two signs of it.
BETWEEN = 3


class _Plain(dict):
    """Maps each sign to the one that is meant; never to several."""

    def __missing__(self, number):
        sign = unicodedata.normalize("NFKC", chr(number)).upper()
        sign = SLIPS.get(sign, sign)
        self[number] = sign if len(sign) == 1 else chr(number)
        return self[number]


_PLAIN = _Plain()


def make(seed=None):
    """A new code, or the one that belongs to a secret seed of at least 12 bytes."""
    number = int.from_bytes(seed[:12] if seed else secrets.token_bytes(12), "big")
    data = "".join(ALPHABET[number >> 5 * place & 31] for place in range(DATA_SIGNS))
    return _grouped(data + _check(data))


def normalise(text):
    """The code a person wrote, without spaces and slips; empty when it is none."""
    signs = "".join(sign for sign in plain(text) if sign.isalnum())
    data, check = signs[:DATA_SIGNS], signs[DATA_SIGNS:]
    if set(signs) - set(ALPHABET) or check != _check(data):
        return ""
    return _grouped(signs)


def fault(text):
    """What is wrong with how a code is written, for who has typed it.

    It asks the code only, and tells nothing of whether a case has it.

    :return: ``empty``, ``sign`` (one that no code has), ``length``, ``check`` (at least
        one sign is another), or ``""`` where it is written as a code is
    """
    signs = "".join(sign for sign in plain(text) if sign.isalnum())
    if not signs:
        return "empty"
    if set(signs) - set(ALPHABET):
        return "sign"
    if len(signs) != LENGTH:
        return "length"
    return "" if normalise(text) else "check"


def find(text):
    """The places of a text where a code may stand, in any spelling.

    One in a thousand groups of signs passes the check part by chance.

    :return: list of ``(start, end, code, is_certain)``; certain is what is spelt as we
        show it, with a digit
    """
    signs = plain(text)
    found = [
        (match.start(), match.end(), code, any(map(str.isdigit, match[0])))
        for match in AS_SHOWN.finditer(signs)
        if (code := normalise(match[0]))
    ]
    return found + _find_otherwise(signs)


def mask(text, codes, words):
    """A text with other words in the place of some codes."""
    places = sorted({place[:2] for place in find(text) if place[2] in codes})
    for start, end in reversed(places):
        text = text[:start] + words + text[end:]
    return text


def _find_otherwise(plain):
    places = [at for at, sign in enumerate(plain) if sign.isalnum()]
    signs = "".join(plain[at] for at in places)
    found = []
    for first, at in enumerate(places[: -LENGTH + 1]):
        if at and plain[at - 1].isalnum():
            continue
        group = signs[first : first + LENGTH]
        if group[DATA_SIGNS:] == _check(group[:DATA_SIGNS]):
            span = places[first : first + LENGTH]
            steps = zip(span, span[1:], strict=False)
            is_near = all(later - sooner <= BETWEEN + 1 for sooner, later in steps)
            if is_near and (code := normalise(group)):
                found.append((at, span[-1] + 1, code, False))
    return found


def plain(text):
    """A text in capitals, with each sign that is easily confused as the one meant."""
    return text.translate(_PLAIN)


def _check(data):
    number = int.from_bytes(hashlib.sha256(data.encode()).digest()[:2], "big")
    return ALPHABET[number & 31] + ALPHABET[number >> 5 & 31]


def _grouped(signs):
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def find_references(text, is_certain=False):
    """What may be a reference in a text, as it is spelt; words pass that are none.

    :param is_certain: only what is spelt as we show it, or holds a digit
    """
    return [
        f"{match[1]}-{match[2]}"
        for match in REFERENCE.finditer(plain(text))
        if not is_certain or _is_certain(text[match.start() : match.end()])
    ]


def _is_certain(spelt):
    is_as_shown = spelt[5:6] == "-" and spelt.isupper()
    return is_as_shown or any(sign.isdigit() for sign in spelt)


def random_reference():
    """A public reference of 50 random bits, such as ``7F3KQ-2XRTM``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _sign in range(2 * GROUP)))
