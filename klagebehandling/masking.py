"""What is masked in a text: words are taken out of it, never covered.

Pure: texts in, texts out. Words are masked wherever they begin a word of the text, with
the ending that a language adds, whatever the case of the letters, the spaces or the
breaks of lines; a number in whichever way it is grouped.
"""

import re
import unicodedata
from typing import NamedTuple

from stdnum import get_cc_module

# Nothing is seen of them, and a word parted by one is found by nobody.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
NUMBER = re.compile(r"[\d\s+().\-–/]*")
# What is shorter stands in too many numbers.
SHORTEST_NUMBER = 5
# The ending of a name: Karis, Karin's.
ENDING = r"(?:['’]?\w{1,2})?"
GAP = r"[\s.\-–/()]*"
# What may stand before a number that is the same: a country, a century.
BEFORE = rf"(?:(?:\+|00)\d{{1,3}}{GAP}|19|20|\+)?"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\w)\+?\d(?:[\s\-–]?\d){7,11}(?!\w)")
PERSONAL = re.compile(r"(?<!\w)\d{6,8}[-+ ]?\d{4,5}(?!\w)")
# Whose personal numbers are looked for.
COUNTRIES = ("se", "no")


class Piece(NamedTuple):
    """Part of a masked text: words that stay, or the mask that stands for others."""

    text: str
    mask: int | None = None


def clean(text):
    """A text in one spelling, without signs that nobody sees."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text or ""))


def pattern(words):
    """What finds some words in a cleaned text; ``None`` for no words."""
    words = clean(words).strip()
    digits = re.sub(r"\D", "", words)
    if NUMBER.fullmatch(words) and len(digits) >= SHORTEST_NUMBER:
        return re.compile(rf"(?<!\d){BEFORE}{GAP.join(digits)}(?!\d)")
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return None
    start = r"(?<!\w)" if words[0].isalnum() else ""
    end = rf"{ENDING}(?!\w)" if words[-1].isalnum() else ""
    return re.compile(start + r"\s+".join(parts) + end, re.IGNORECASE)


def places(text, words):
    """Where some words stand in a cleaned text: pairs of start and end."""
    found = pattern(words)
    return [match.span() for match in found.finditer(text)] if found else []


def cut(text, masks):
    """A cleaned text without what is masked.

    :param masks: list of words; where two overlap the whole is taken out
    :return: list of :class:`Piece`; ``mask`` is the index of the first of the masks
    """
    spans = sorted(
        (start, end, number)
        for number, words in enumerate(masks)
        for start, end in places(text, words)
    )
    pieces, at = [], 0
    for start, end, number in spans:
        if start >= at:
            pieces += [Piece(text[at:start]), Piece("", number)]
        at = max(at, end)
    pieces.append(Piece(text[at:]))
    return [one for one in pieces if one.text or one.mask is not None]


def suggest(text):
    """What a text may hold of persons, for somebody to decide on.

    :return: dict from words as they stand there to ``personal``, ``email`` or ``phone``
    """
    found = {}
    for match in PERSONAL.finditer(text):
        if is_personal(match[0]):
            found.setdefault(match[0], "personal")
    for match in MAIL.finditer(text):
        found.setdefault(match[0], "email")
    for match in PHONE.finditer(text):
        found.setdefault(match[0], "phone")
    return found


def is_personal(text, country=None):
    """Whether a number is a personal number, by its own check.

    :param country: code of the only country meant; any number where python-stdnum
        knows none of its own
    """
    number = text.replace(" ", "")
    asked = [country] if country else COUNTRIES
    checks = [get_cc_module(one, "personalid") for one in asked]
    if checks == [None]:
        return bool(number)
    return any(check.is_valid(number) for check in checks)
