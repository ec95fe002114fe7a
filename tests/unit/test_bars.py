"""Bars of two years, as a template draws them."""

import pytest

from klagebehandling_reports import bars

YEARS = ("2026", "2025")


def test_longest_bar_leaves_room_for_its_number():
    rows = [
        {"label": "A", "now": 10, "before": 5},
        {"label": "B", "now": 0, "before": 0},
    ]
    chart = bars.draw(rows, YEARS)
    first, second = chart["bars"]
    longest = bars.WIDTH - bars.NUMBER
    assert first["pair"] == [(10, longest), (5, longest / 2)]
    assert second["pair"] == [(0, 0), (0, 0)]
    assert (chart["height"], second["top"]) == (2 * bars.LINE, bars.LINE)


@pytest.mark.parametrize("rows", [[], [{"label": "A", "now": 0, "before": 0}]])
def test_nothing_is_drawn_of_nothing(rows):
    drawn = bars.draw(rows, YEARS)["bars"]
    assert all(length == 0 for bar in drawn for _number, length in bar["pair"])
    assert len(drawn) == len(rows)
