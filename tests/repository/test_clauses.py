"""The clauses of the written procedures against the tests that pin them.

Their list stands in the packs, where the yearly review reads it; what each means for
the system stands in ``docs/requirements.md``.
"""

import csv
import re
from pathlib import Path

from .conftest import ROOT, repository_files

HERE = Path(__file__).resolve()
CLAUSE = re.compile(r"^- \*\*([A-E]-\d\d)\*\* `([A-Z]+)`", re.MULTILINE)
LISTS = "data/klagebehandling_*/data/complaint.clause-*.csv"
MOST_WORDS = 20
CITED = re.compile(r"\b([A-E]-\d\d)\b")
RANGE = re.compile(r"([A-E])-(\d\d)…\1-(\d\d)")


def clause_rows():
    """Return the rows of the lists in the packs."""
    rows = []
    for path in sorted(ROOT.glob(LISTS)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def known_clauses():
    return [row["code"] for row in clause_rows()]


def cited_clauses():
    """Return the clauses named in comments and docstrings of tests, with the files."""
    cited = {}
    for path in repository_files():
        if "tests" in path.parts and path.suffix == ".py" and path != HERE:
            text = path.read_text(encoding="utf-8")
            for clause in CITED.findall(expand(text)):
                cited.setdefault(clause, set()).add(path.relative_to(ROOT).as_posix())
    return cited


def expand(text):
    """Write ``A-24…A-26`` out."""

    def every(match):
        letter, first, last = match.group(1), int(match.group(2)), int(match.group(3))
        return " ".join(f"{letter}-{number:02d}" for number in range(first, last + 1))

    return RANGE.sub(every, text)


PINNED = expand(
    """
    A-01…A-07 B-01…B-04 A-10…A-13 A-19…A-30 A-39…A-41 B-10…B-24 B-31…B-42
    D-01…D-06 D-19…D-38 D-50…D-53 E-01…E-06 E-12…E-36 E-44…E-59
    A-08 A-09 C-08 C-21…C-25 D-40
    B-05 B-06 B-09 B-27 B-43 C-27 C-30 D-12 D-13 E-68
    A-14…A-18 C-26…C-29
    A-31 C-01 C-02 C-09 C-11…C-16 D-07 D-16 D-17 D-39 E-37…E-43 E-67
    A-40 C-06 C-31 D-04 D-05 D-10 D-11 E-08 E-66
    A-35…A-38 B-02 B-07 B-08 C-10 C-18…C-20 C-36 D-14 D-47 E-07 E-65
    C-32…C-35 D-08
    A-32…A-34 B-25 D-46 E-61…E-63
    B-26 D-18 D-45 D-48 D-49 E-09…E-11
    D-41…D-44 E-60 E-64
    C-03…C-05 C-07 C-17 D-09 D-15
    B-20 B-28…B-30 D-36 E-59
    """
).split()
# Promised for a later step, see the change log.
OPEN = set()


def test_all_clauses_are_listed_once():
    clauses = known_clauses()
    assert len(clauses) == len(set(clauses)) == 241


def test_lists_of_the_packs_are_those_of_the_requirements():
    text = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    meant = {code: kind.lower() for code, kind in CLAUSE.findall(text)}
    assert {row["code"]: row["chapter"] for row in clause_rows()} == meant


def test_each_letter_is_one_procedure():
    letters = {(row["code"][0], row["policy_code"]) for row in clause_rows()}
    assert len(letters) == 5


def test_clauses_are_short_statements():
    wrong = [
        row["code"]
        for row in clause_rows()
        if not 2 <= len(row["name"].split()) <= MOST_WORDS
        or not row["name"].endswith(".")
    ]
    assert not wrong


def test_cited_clauses_exist():
    assert not set(cited_clauses()) - set(known_clauses())


def test_promised_clauses_are_pinned():
    missing = [clause for clause in PINNED if clause not in cited_clauses()]
    assert sorted(missing) == sorted(OPEN)
