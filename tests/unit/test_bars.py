"""Bars, as a template draws them."""

import pytest

from klagebehandling_reports import bars

PAIR = bars.GAP + 2 * bars.BAR


def test_longest_bar_leaves_room_for_its_number():
    chart = bars.draw([("A", (10, 5)), ("B", (0, 0))])
    first, second = chart["bars"]
    longest = bars.WIDTH - bars.NUMBER
    assert first["numbers"] == [(10, longest), (5, longest / 2)]
    assert second["numbers"] == [(0, 0), (0, 0)]
    assert second["top"] - first["top"] == bars.LINE + PAIR
    assert chart["height"] == 2 * (bars.LINE + PAIR)


def test_a_share_is_drawn_of_the_whole_and_what_is_not_told_has_no_length():
    chart = bars.draw([("A", (50,)), ("B", (None,))], longest=100)
    first, second = chart["bars"]
    assert first["numbers"] == [(50, (bars.WIDTH - bars.NUMBER) / 2)]
    assert second["numbers"] == [(None, 0)]
    assert chart["height"] == 2 * (bars.LINE + bars.GAP + bars.BAR)


def test_long_label_is_whole_and_moves_what_is_below():
    label = "Disagreement about the conclusions and the reports that went to NAV"
    long, short = bars.draw([(label, (1, 1)), ("B", (1, 1))])["bars"]
    assert " ".join(line for line, _place in long["lines"]) == label
    assert len(long["lines"]) == 2
    assert short["top"] - long["top"] == bars.LINE + PAIR


@pytest.mark.parametrize("rows", [[], [("A", (0, 0))], [("A", (None,))]])
def test_nothing_is_drawn_of_nothing(rows):
    drawn = bars.draw(rows)["bars"]
    assert all(length == 0 for bar in drawn for _number, length in bar["numbers"])
    assert len(drawn) == len(rows)
