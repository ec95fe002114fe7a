"""What becomes of typed text: the table is whole, and what holds each row is there."""

import re

from .conftest import ROOT

TABLE = ROOT / "docs" / "survival.md"
ANSWERS = {"kept", "warned", "impossible"}
# B-06: of these nothing may be lost, with JavaScript or without.
ALWAYS_KEPT = (
    "another language",
    "too much at once (413)",
    "… on the page of who is signed in",
    "… of text alone",
    "a refused file (422)",
    "too many forms (429)",
    "an expired form",
    "a fault of the server (500)",
    "the server is away (503)",
)
WAYS = {
    *ALWAYS_KEPT,
    "reload",
    "Back",
    "a link at the foot",
    "no network",
    "leaving quickly",
    "the idle cover",
    "the session is gone (`/my`)",
}


def rows():
    """By way to lose the text: what is promised with and without, and what holds it."""
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]
    return {way: (script, plain, held) for way, script, plain, held in cells}


def test_each_way_is_in_the_table_and_what_must_be_kept_is():
    # B-06, E-04
    found = rows()
    assert set(found) == WAYS
    for way, (script, plain, _held) in found.items():
        assert {script, plain} <= ANSWERS, way
    for way in ALWAYS_KEPT:
        assert found[way][:2] == ("kept", "kept"), way


def test_what_holds_each_row_is_there():
    code = {
        path.name: path.read_text()
        for folder in ("klagebehandling_portal/tests", "tests/browser")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".mjs")
    }
    for way, (_script, _plain, held) in rows().items():
        names = re.findall(r"`([\w./]+?\.(?:py|mjs))(?:::(\w+))?`", held)
        assert names, way
        for file, test in names:
            assert file in code, (way, file)
            assert not test or f"def {test}(" in code[file], (way, test)


def test_no_page_says_go_back():
    text = "".join(
        path.read_text().lower()
        for path in (ROOT / "klagebehandling_portal" / "views").glob("portal_*.xml")
    )
    # The track in easy words has a button of that name: it keeps all answers.
    assert text.count("go back") == 1
