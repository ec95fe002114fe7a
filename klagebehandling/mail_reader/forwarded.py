"""Who wrote a mail that somebody has passed on, as the lines above it say.

A proposal for a person who looks at it: nothing here is proof.
"""

import re
from datetime import date
from typing import NamedTuple

# Of the lines that mailers put above what is passed on, in our languages.
FROM = ("from", "fra", "från", "avsender", "avsändare")
SENT = ("date", "sent", "dato", "sendt", "datum", "skickat", "skickades")
OTHERS = ("to", "til", "till", "cc", "kopi", "kopia", "subject", "emne", "ämne")
LABELS = "|".join((*FROM, *SENT, *OTHERS))
LINE = re.compile(rf"[>\s*|_]*({LABELS})\s*\*?\s*:\s*\*?[ \t]*(.*?)[\s*]*$", re.I)
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# What stands around an address, or says again that it is one.
AROUND = re.compile(r"mailto:|[<>\[\]()\"]", re.I)
MONTHS = (
    ("jan",), ("feb",), ("mar",), ("apr",), ("maj", "mai", "may"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("okt", "oct",), ("nov",), ("des", "dec"),
)  # fmt: skip
# Lines that belong together stand this near to each other.
NEAR = 8
# As much is looked at; what was passed on begins far above that.
MOST_LINES = 20_000
LONGEST_LINE = 1000


class Author(NamedTuple):
    """Who wrote something that was passed on; each may be empty."""

    name: str
    address: str
    # The day that the lines name, without a time zone: None where it cannot be told.
    day: date | None


def authors(text):
    """Return whom the lines above passed-on mails name, the outermost first."""
    found, at = [], None
    for number, line in enumerate(text.splitlines()[:MOST_LINES]):
        read = LINE.match(line[:LONGEST_LINE])
        if not read:
            continue
        label, value = read[1].lower(), read[2]
        if label in FROM and value:
            found.append([value, None, False])
            at = number
        elif at is not None and number - at <= NEAR:
            found[-1][1] = found[-1][1] or (label in SENT and day_of(value)) or None
            found[-1][2] = True
    # One line alone may be anything that begins with such a word.
    return [Author(*_person(value), day) for value, day, is_sure in found if is_sure]


def _person(value):
    address = ADDRESS.search(value)
    name = AROUND.sub(" ", ADDRESS.sub(" ", value))
    name = re.sub(r"\s+", " ", name).strip(" ,;'\u00a0")
    return name[:250], address[0] if address else ""


def day_of(text):
    """Return the day that a text names; None where that can be read in two ways."""
    if found := re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", text):
        return _date(*found.groups())
    if found := re.search(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b", text):
        return _date(*reversed(found.groups()))
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    month = next(filter(None, map(_month, re.findall(r"[^\W\d_]{3,}", text))), None)
    day = re.search(r"(?<![\d:.])([0-3]?\d)(?![\d:])", text)
    return _date(year[0], month, day[1]) if year and month and day else None


def _month(word):
    word = word.lower()
    for number, beginnings in enumerate(MONTHS, 1):
        # "mar" is no "mandag", but "mån" and "maj" begin alike.
        if word.startswith(beginnings):
            return number
    return None


def _date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
