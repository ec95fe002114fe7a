"""Bars of two years, as a template draws them."""

import pytest

from klagebehandling_reports import bars

YEARS = ("2026", "2025")


def row(label, now, before):
    return {"label": label, "now": now, "before": before}


def test_longest_bar_leaves_room_for_its_number():
    chart = bars.draw([row("A", 10, 5), row("B", 0, 0)], YEARS)
    first, second = chart["bars"]
    longest = bars.WIDTH - bars.NUMBER
    assert first["pair"] == [(10, longest), (5, longest / 2)]
    assert second["pair"] == [(0, 0), (0, 0)]
    assert second["top"] - first["top"] == bars.LINE + bars.PAIR
    assert chart["height"] == 2 * (bars.LINE + bars.PAIR)


def test_long_label_is_whole_and_moves_what_is_below():
    label = "Disagreement about the conclusions and the reports that went to NAV"
    long, short = bars.draw([row(label, 1, 1), row("B", 1, 1)], YEARS)["bars"]
    assert " ".join(line for line, _place in long["lines"]) == label
    assert len(long["lines"]) == 2
    assert short["top"] - long["top"] == bars.LINE + bars.PAIR


@pytest.mark.parametrize("rows", [[], [row("A", 0, 0)]])
def test_nothing_is_drawn_of_nothing(rows):
    drawn = bars.draw(rows, YEARS)["bars"]
    assert all(length == 0 for bar in drawn for _number, length in bar["pair"])
    assert len(drawn) == len(rows)
