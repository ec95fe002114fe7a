"""What a published table tells: nothing of what it does not show (M43)."""

import os
import random

import highspy
import pytest

from klagebehandling_reports.suppression import protect, shown_share

HOW_MANY = 5_000 if os.environ.get("KLAGE_PROVE") else 250


def random_table(seed):
    """A table as statistics have them: many zeros, small numbers, a few large."""
    chance = random.Random(seed)
    rows, columns = chance.randint(1, 8), chance.randint(1, 6)
    kinds = [0] * chance.randint(0, 6) + [1] * chance.randint(0, 4)
    kinds += list(range(1, chance.choice((4, 9, 40))))
    least = chance.randint(2, 10)
    cells = [[chance.choice(kinds) for _one in range(columns)] for _row in range(rows)]
    return cells, least


def lowest_hidden(shown):
    """What whoever reads the table knows of a hidden number: zeros are shown, unless
    nothing is shown but the sum."""
    inner = [number for row in shown[:-1] for number in row[:-1]]
    return 0 if all(number is None for number in inner) else 1


class Reader:
    """Whoever holds a published table and a solver.

    The corners of what a table that adds up could be are whole numbers, so that the
    solver need not look for whole ones only.
    """

    def __init__(self, shown):
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        lowest, most = lowest_hidden(shown), 10_000
        self.unknown = {
            (row, column): self.solver.addVariable(lb=lowest, ub=most)
            for row, numbers in enumerate(shown)
            for column, number in enumerate(numbers)
            if number is None
        }
        self.shown = shown
        self.found = {place: set() for place in self.unknown}
        for numbers in self._sums():
            self._add(numbers)

    def _sums(self):
        """Each line of the table: the parts, and last their sum."""
        rows, columns = len(self.shown), len(self.shown[0])
        for row in range(rows):
            yield [(row, column) for column in range(columns)]
        for column in range(columns):
            yield [(row, column) for row in range(rows)]

    def _add(self, places):
        known, unknown = 0, []
        for place in places:
            sign = -1 if place == places[-1] else 1
            if place in self.unknown:
                unknown.append(sign * self.unknown[place])
            else:
                known += sign * self.shown[place[0]][place[1]]
        if unknown:
            self.solver.addConstr(sum(unknown) == -known)
        else:
            assert not known

    def numbers_of(self, place):
        """Numbers that a hidden cell could be: more than one, where there are more."""
        for run in (self.solver.minimize, self.solver.maximize):
            if len(self.found[place]) < 2:
                run(self.unknown[place])
                status = self.solver.getModelStatus()
                assert status == highspy.HighsModelStatus.kOptimal, status
                for other, variable in self.unknown.items():
                    value = self.solver.val(variable)
                    assert abs(value - round(value)) < 1e-6
                    self.found[other].add(round(value))
        return self.found[place]


def assert_tells_nothing(shown):
    reader = Reader(shown)
    for place in reader.unknown:
        assert len(reader.numbers_of(place)) > 1, (place, shown)


@pytest.mark.parametrize("part", range(10))
def test_solver_finds_two_numbers_for_every_hidden_cell(part):  # M43
    for seed in range(part, HOW_MANY, 10):
        cells, least = random_table(seed)
        assert_tells_nothing(protect(cells, least))


def test_solver_finds_what_is_hidden_without_a_companion():
    """The test can fail: it does, where only the small numbers are hidden."""
    shown = [[20, None, 22], [8, 9, 17], [28, 11, 39]]
    assert Reader(shown).numbers_of((0, 1)) == {2}


@pytest.mark.parametrize("part", range(5))
def test_what_is_shown_is_right_and_nothing_small_is_shown(part):  # M43
    for seed in range(part, HOW_MANY, 5):
        cells, least = random_table(seed)
        right = [[*row, sum(row)] for row in cells]
        right.append([sum(column) for column in zip(*right, strict=True)])
        shown = protect(cells, least)
        assert [len(row) for row in shown] == [len(row) for row in right]
        for row, numbers in enumerate(shown):
            for column, number in enumerate(numbers):
                assert number in (None, right[row][column])
                assert number is None or not 0 < number < least
        assert shown == protect(cells, least)


@pytest.mark.parametrize("part", range(5))
def test_the_sum_of_enough_is_always_shown(part):
    for seed in range(part, HOW_MANY, 5):
        cells, least = random_table(seed)
        total = sum(map(sum, cells))
        is_enough = not 0 < total < least
        assert protect(cells, least)[-1][-1] == (total if is_enough else None)


def test_cells_that_must_not_be_shown_are_hidden_too():
    shown = protect([[30], [40], [50], [0]], 5, also={(1, 0)})
    assert shown[1][0] is None
    assert_tells_nothing(shown)
    assert shown[3][0] == 0
    assert shown[4][0] == 120


def test_cells_that_must_not_be_shown_tell_nothing_in_random_tables():
    for seed in range(HOW_MANY // 5):
        cells, least = random_table(seed)
        chance = random.Random(seed)
        place = (chance.randrange(len(cells)), chance.randrange(len(cells[0])))
        shown = protect(cells, least, also={place})
        assert not cells[place[0]][place[1]] or shown[place[0]][place[1]] is None
        assert_tells_nothing(shown)


def test_few_in_all_show_nothing_and_none_show_zeros():
    assert protect([[1, 0], [0, 2]], 5) == [[None] * 3] * 3
    assert protect([[0, 0], [0, 0]], 5) == [[0] * 3] * 3


def test_ones_alone_show_their_sum_only():
    """Of six ones that are shown as one at least, six would be known."""
    assert protect([[1], [1], [1], [1], [1], [1]], 5)[-1][-1] == 6
    assert_tells_nothing(protect([[1], [1], [1], [1], [1], [1], [0]], 5))


def test_the_smallest_number_is_hidden_beside_a_small_one():
    shown = protect([[3], [80], [9], [40]], 5)
    assert [row[0] for row in shown] == [None, 80, None, 40, 132]


def test_share_of_what_is_hidden_is_hidden():
    assert shown_share(9, 12) == 75
    assert shown_share(0, 12) == 0
    assert shown_share(None, 12) is None
    assert shown_share(9, None) is None
    assert shown_share(0, 0) is None


@pytest.mark.parametrize(
    "cells, least", [([], 5), ([[]], 5), ([[1, 2], [3]], 5), ([[-1]], 5), ([[1]], 1)]
)
def test_what_is_no_table_is_refused(cells, least):
    with pytest.raises(ValueError, match=r"table|counted"):
        protect(cells, least)
