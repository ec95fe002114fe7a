"""Which numbers of a table are shown: neither small ones nor what tells them (M43).

Plain Python: no Odoo, no database, no clock, no chance. The same table gives the same
answer, and every row and column is there whatever it holds, so that the layout is the
same each year.

A table is what is counted, with its totals. Whoever reads it knows three things: the
totals are right, nothing is negative, and zeros are shown. What is hidden is therefore
one at least. A hidden number is safe when the table could hold another one there and
still look the same; ``test_suppression.py`` has a solver look for it.

Each cell is an arc of a network, from its row to its column, and so are the totals,
from the one grand total and back to it: a table that adds up is a circulation. Another
table that looks the same differs from it by round trips over hidden arcs.
"""

import heapq
from itertools import product
from typing import NamedTuple


class Arc(NamedTuple):
    """A cell of a table with its totals, as an arc of the network."""

    row: int
    column: int
    tail: tuple
    head: tuple


def protect(cells, least, also=()):
    """A table with its totals, in which ``None`` stands for what is not shown.

    One with a single column is a list of numbers with its sum; both columns of the
    answer then say the same.

    :param cells: rows of numbers from zero, all of one length
    :param least: from this number on a cell may be shown; two at least
    :param also: (row, column) of cells that are not shown, however large
    :return: list of rows; the last one holds the totals of the columns, the last
        number of each the total of the row
    :raises ValueError: where the cells are no such table
    """
    return _Table(cells, least).protect(also)


def shown_share(part, total):
    """How many of a hundred; ``None`` where one of both numbers is not shown."""
    if part is None or not total:
        return None
    return round(100 * part / total)


class _Table:
    def __init__(self, cells, least):
        rows = [list(row) for row in cells]
        if least < 2 or not rows or not rows[0]:
            raise ValueError("a table has a cell, and what is small begins at two")
        if any(len(row) != len(rows[0]) for row in rows):
            raise ValueError("the rows of a table are of one length")
        if any(number < 0 for row in rows for number in row):
            raise ValueError("nothing is counted less often than never")
        self.least = least
        self.numbers = [[*row, sum(row)] for row in rows]
        self.numbers.append([sum(column) for column in zip(*self.numbers, strict=True)])
        self.last = (len(rows), len(rows[0]))
        self.arcs = [
            self._arc(row, column)
            for row, column in product(range(len(rows) + 1), range(len(rows[0]) + 1))
        ]

    def _arc(self, row, column):
        """From the row to the column; totals lead from and to the ends of the table."""
        last_row, last_column = self.last
        tail, head = ("row", row), ("column", column)
        if column == last_column:
            tail, head = ("start",), ("row", row)
        if row == last_row:
            tail, head = ("column", column), ("end",)
        if (row, column) == self.last:
            tail, head = ("end",), ("start",)
        return Arc(row, column, tail, head)

    def protect(self, also):
        total = self._number(self.arcs[-1])
        if 0 < total < self.least:
            return self._show(set(self.arcs))
        hidden = {
            arc
            for arc in self.arcs
            if 0 < self._number(arc) < self.least
            or ((arc.row, arc.column) in also and self._number(arc))
        }
        if hidden & self._sums():
            return self._show(set(self.arcs))
        while unsafe := self._unsafe(hidden):
            companions = self._companions(unsafe, hidden)
            if companions is None:
                # Nothing else can stand in: all is hidden but the sum, zeros too.
                return self._show(set(self.arcs) - self._sums())
            hidden |= companions
        return self._show(hidden)

    def _unsafe(self, hidden):
        """The first hidden arc, in their order, that only one number fits."""
        told = (arc for arc in sorted(hidden) if not self._trip(arc, hidden, set()))
        return next(told, None)

    def _sums(self):
        """The grand total; with one row or column, the total of that is the same."""
        last_row, last_column = self.last
        if self.last == (1, 1):
            return set(self.arcs)
        same = {self.arcs[-1]}
        if last_row == 1:
            same.add(next(arc for arc in self.arcs if arc[:2] == (0, last_column)))
        if last_column == 1:
            same.add(next(arc for arc in self.arcs if arc[:2] == (last_row, 0)))
        return same

    def _companions(self, unsafe, hidden):
        """The cheapest cells to hide beside one, so that it could be another number."""
        trip = self._trip(unsafe, hidden, set(self.arcs) - self._sums() - hidden)
        return None if trip is None else set(trip)

    def _trip(self, arc, free, priced):
        """The cheapest way around by which a cell becomes one more, or one less.

        :param free: arcs that cost nothing, as they are hidden
        :param priced: arcs that cost what they hold, as they would be hidden
        :return: the arcs of the way; ``None`` where there is none
        """
        ways = [self._way(arc.head, arc.tail, free, priced, (arc, -1))]
        if self._number(arc) > 1:
            ways.append(self._way(arc.tail, arc.head, free, priced, (arc, 1)))
        found = [way for way in ways if way is not None]
        return min(found)[1] if found else None

    def _way(self, begin, end, free, priced, without):
        """The cheapest way through the network, with what it costs (Dijkstra).

        An arc is gone forwards by what can be one more, backwards by what can be one
        less: a hidden cell is one at least, as zeros are shown.

        :param without: the arc and direction that would only undo the step itself
        """
        steps = self._steps(free, priced, without)
        queue, done = [(0, [], begin)], set()
        while queue:
            cost, way, node = heapq.heappop(queue)
            if node == end:
                return cost, way
            if node in done:
                continue
            done.add(node)
            for more, arc, there in steps.get(node, ()):
                if there not in done:
                    heapq.heappush(queue, (cost + more, [*way, arc], there))
        return None

    def _steps(self, free, priced, without):
        """By node, what leads on from it: the cost, the arc, and where to."""
        steps = {}
        for arc in sorted(free | priced):
            number = self._number(arc)
            cost = 0 if arc in free else 1000 + number
            for direction, lowest in ((1, 1), (-1, 2)):
                if number >= lowest and (arc, direction) != without:
                    here, there = (arc.tail, arc.head)[::direction]
                    steps.setdefault(here, []).append((cost, arc, there))
        return steps

    def _number(self, arc):
        return self.numbers[arc.row][arc.column]

    def _show(self, hidden):
        places = {(arc.row, arc.column) for arc in hidden}
        return [
            [
                None if (row, column) in places else number
                for column, number in enumerate(numbers)
            ]
            for row, numbers in enumerate(self.numbers)
        ]
