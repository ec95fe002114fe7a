"""Who wrote what was passed on, as the lines above it say."""

from datetime import date

import pytest
from mail_reader.forwarded import authors, day_of

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Fra: Per Hansen <per@example.com>\nSendt: mandag 2. november 2026 10:00\n"
        "Til: post@example.org\nEmne: Klage\n\nJeg klager.",
        "-----Opprinnelig melding-----\nFra: Per Hansen [mailto:per@example.com]\n"
        "Sendt: 2. november 2026 10:00\nTil: x\n",
        "Från: Per Hansen <per@example.com>\nSkickat: den 2 november 2026 10:00\n"
        "Till: x\nÄmne: Klagomål\n",
        "From: Per Hansen (per@example.com)\nSent: Monday, November 2, 2026 10:00 AM\n"
        "To: x\n",
        "---------- Forwarded message ---------\nFrom: Per Hansen <per@example.com>\n"
        "Date: Mon, Nov 2, 2026 at 10:00 AM\nSubject: x\n",
        "Begin forwarded message:\n\n*From:* Per Hansen <per@example.com>\n"
        "*Date:* 2 November 2026 at 10:00:00 CET\n",
        '> Fra: "Per Hansen" <per@example.com>\n> Dato: 2.11.2026 10:00\n> Til: x\n',
        "From: Per Hansen <per@example.com>\nTo: x\n"
        "Date: Mon, 02 Nov 2026 10:00:00 +0100\nSubject: Klage\n\nJeg klager.",
        "Fra: Per Hansen <per@example.com (mailto:per@example.com)>\n"
        "Sendt: 2026-11-02 10:00\n",
    ],
)
def test_the_lines_are_read(text):
    (author,) = authors(text)
    assert author == ("Per Hansen", "per@example.com", DAY)


def test_the_outermost_is_first():
    text = "Fra: Reception <r@x.no>\nSendt: x\n\nFra: per@example.com\nTil: r@x.no\n"
    assert [one.address for one in authors(text)] == ["r@x.no", "per@example.com"]


@pytest.mark.parametrize(
    "text",
    ["", "Fra: mandag av har maten vært kald.", "Date: 2.11.2026", "Fra:\nTil: x"],
)
def test_what_names_nobody_proposes_nobody(text):
    assert authors(text) == []


@pytest.mark.parametrize(
    "text", ["11/02/2026 10:00", "31.02.2026", "november 2026", ""]
)
def test_a_day_that_may_be_another_is_none(text):
    assert day_of(text) is None


def test_a_long_text_takes_no_time():
    assert authors("Fra: " + "a" * 1_000_000 + "\nTil: x\n" + "x@" * 100_000)
