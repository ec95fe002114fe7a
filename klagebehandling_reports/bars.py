"""Bars, as numbers that a template draws as SVG.

Plain Python. Lengths are in the units of the picture, whose width is ``WIDTH``. Every
bar carries its number, and series are told apart by filling, never by colour alone.
"""

import textwrap

WIDTH = 420
# Room beside the longest bar for its number.
NUMBER = 48
# So many signs of a label fit on a line, and its height.
SIGNS, LINE = 54, 16
# The height of one bar, and what is free below a label.
BAR, GAP = 18, 4


def draw(rows, longest=None):
    """Lay bars out, those of a row below each other.

    :param rows: pairs of a label and its numbers, one of each series, none of them
        negative; ``None`` is a number that is not told
    :param longest: the number of a whole bar; without it the greatest one
    :return: dict with ``width``, ``height`` and ``bars``; each bar has the ``lines`` of
        its label, each with where it stands, where the bars begin (``top``), and
        ``numbers``, pairs of a number and its length
    """
    longest = longest or max(
        (one or 0 for _label, row in rows for one in row), default=0
    )
    scale = (WIDTH - NUMBER) / longest if longest else 0
    bars, height = [], 0
    for label, numbers in rows:
        lines = textwrap.wrap(label, SIGNS)
        top = height + LINE * len(lines) + GAP
        bars.append(
            {
                "lines": [
                    (line, height + LINE * number)
                    for number, line in enumerate(lines, 1)
                ],
                "top": top,
                "numbers": [(one, round((one or 0) * scale, 1)) for one in numbers],
            }
        )
        height = top + BAR * len(numbers)
    return {"width": WIDTH, "height": height, "bars": bars}
