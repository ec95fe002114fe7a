"""The vocabulary binds the translations."""

import csv
import re

import polib
import pytest

from .conftest import ROOT, addon_folders


def glossary(language):
    """Return the accepted words by English term, in lower case."""
    words = {}
    path = ROOT / "i18n" / "glossary.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for term in re.split(r" / ", re.sub(r"\s*\(.*?\)", "", row["term_en"])):
                accepted = {
                    plain(word)
                    for word in re.split(r"[;/]", row[language])
                    if word.strip()
                }
                words.setdefault(plain(term), set()).update(accepted)
    return words


def plain(text):
    return re.sub(r"\s*\(.*?\)", "", text).strip().lower()


FILES = sorted(
    path
    for addon in addon_folders()
    for path in addon.glob("i18n/*.po")
    if path.stem in ("nb", "sv")
)


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_terms_follow_the_glossary(path):
    words = glossary(path.stem)
    wrong = [
        f"{entry.msgid!r}: {entry.msgstr!r}, not {sorted(words[plain(entry.msgid)])}"
        for entry in polib.pofile(str(path))
        if words.get(plain(entry.msgid))
        and plain(entry.msgstr) not in words[plain(entry.msgid)]
    ]
    assert not wrong


STATE = "name:klagebehandling.selection__complaint_case__state__"
# Ett ärende: the word that the states say something of is neuter.
STATES = {
    "received": "Mottaget",
    "acknowledged": "Bekräftat",
    "answered": "Besvarat",
    "closed": "Avslutat",
    "redirected": "Vidarebefordrat",
    "withdrawn": "Återtaget",
}
# What one forgives a debtor: a duty that need not be kept is none.
DEBT = re.compile(r"(?i)efterg[ei]|etterg[ei]")


def test_states_of_a_case_agree_with_its_word():
    entries = polib.pofile(str(ROOT / "klagebehandling/i18n/sv.po"))
    found = {
        place.partition(STATE)[2]: entry.msgstr
        for entry in entries
        for place, _line in entry.occurrences
        if STATE in place
    }
    assert {state: found.get(state) for state in STATES} == STATES


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_nobody_is_spoken_to_as_a_debtor(path):
    entries = polib.pofile(str(path))
    assert not [entry.msgstr for entry in entries if DEBT.search(entry.msgstr)]


def test_glossary_is_complete():
    with (ROOT / "i18n" / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= 116
    assert all(row["term_en"] and row["nb"] and row["sv"] for row in rows)
