"""What complainants read from us is plain: the sentences of pages and letters."""

import re

import polib
import pytest

from .conftest import ROOT

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Shorter ones swing too much: two long words in four make a hundred.
FEWEST = 9
MOST = 55
LETTERS = "klagebehandling.correspondence_"
SOURCES = (("klagebehandling_portal", ""), ("klagebehandling", LETTERS))


def sentences(text):
    """The sentences of a translation, without its markup and placeholders."""
    plain = re.sub(r"<[^>]+>", " ", text)
    plain = re.sub(r"%\(\w+\)s", "X", plain)
    return [part for part in re.split(r"(?<=[.!?:;])\s+|\n+", plain) if part.strip()]


def lix(words):
    """How hard one sentence is to read: its length, and how many words are long."""
    return len(words) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("lang", ["nb", "sv"])
@pytest.mark.parametrize(("addon", "where"), SOURCES)
def test_no_sentence_is_hard_to_read(addon, where, lang):
    # C-15
    hard, read = {}, 0
    for entry in polib.pofile(str(ROOT / addon / "i18n" / f"{lang}.po")):
        if not any(where in place for place, _line in entry.occurrences):
            continue
        for sentence in sentences(entry.msgstr):
            read += 1
            words = WORD.findall(sentence)
            if len(words) >= FEWEST and lix(words) > MOST:
                hard[sentence] = round(lix(words))
    assert read
    assert not hard
