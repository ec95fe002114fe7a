"""What complainants read from us is plain: the sentences of pages and letters."""

import re
from xml.etree import ElementTree

import polib
import pytest

from .conftest import ROOT

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Shorter ones swing too much: two long words in four make a hundred.
FEWEST = 9
MOST = 55
LETTERS = "klagebehandling.correspondence_"
SOURCES = (("klagebehandling_portal", ""), ("klagebehandling", LETTERS))
# What complainants read of a rule pack in our own words, by model. What a procedure
# says is the document's, and stands as it was adopted.
OWN_WORDS = {
    "complaint.wording": ("body",),
    "complaint.body": ("takes", "takes_not", "limit_text", "how"),
    "complaint.notice": ("name",),
}


def sentences(text):
    """The sentences of a translation, without its markup and placeholders."""
    plain = re.sub(r"<[^>]+>", " ", text)
    plain = re.sub(r"%\(\w+\)s", "X", plain)
    return [part for part in re.split(r"(?<=[.!?:;])\s+|\n+", plain) if part.strip()]


def lix(words):
    """How hard one sentence is to read: its length, and how many words are long."""
    return len(words) + 100 * sum(len(word) > 6 for word in words) / len(words)


def hard_sentences(texts):
    """Those of many texts that are too hard, and how many sentences were read."""
    hard, read = {}, 0
    for sentence in (part for text in texts for part in sentences(text)):
        read += 1
        words = WORD.findall(sentence)
        if len(words) >= FEWEST and lix(words) > MOST:
            hard[sentence] = round(lix(words))
    return hard, read


def own_texts(path):
    """The texts of a file of a rule pack that are ours."""
    for row in ElementTree.parse(path).iter("record"):
        for name in OWN_WORDS.get(row.get("model"), ()):
            for field in row.findall(f"field[@name='{name}']"):
                yield ElementTree.tostring(field, "unicode")


@pytest.mark.parametrize("lang", ["nb", "sv"])
@pytest.mark.parametrize(("addon", "where"), SOURCES)
def test_no_sentence_is_hard_to_read(addon, where, lang):
    # C-15
    entries = polib.pofile(str(ROOT / addon / "i18n" / f"{lang}.po"))
    hard, read = hard_sentences(
        entry.msgstr
        for entry in entries
        if any(where in place for place, _line in entry.occurrences)
    )
    assert read
    assert not hard


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted((ROOT / "data").glob("*/data/*.xml"))
        if any(own_texts(path))
    ],
    ids=lambda path: path.name,
)
def test_no_text_of_ours_in_a_pack_is_hard_to_read(path):
    # C-15
    hard, read = hard_sentences(own_texts(path))
    assert read
    assert not hard
