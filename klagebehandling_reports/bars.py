"""Bars of two years, as numbers that a template draws as SVG.

Plain Python. Lengths are in the units of the picture, whose width is ``WIDTH``. Every
bar carries its number, and the years are told apart by filling, never by colour alone.
"""

import textwrap

WIDTH = 420
# Room beside the longest bar for its number.
NUMBER = 48
# So many signs of a label fit on a line, and its height.
SIGNS, LINE = 54, 16
# The height of the two bars below a label.
PAIR = 40


def draw(rows, years):
    """Lay bars out, one pair for each row.

    :param rows: dicts with ``label``, ``now`` and ``before``, whole numbers
    :param years: names of both
    :return: dict with ``width``, ``height``, ``years`` and ``bars``; each bar has the
        ``lines`` of its label, each with where it stands, where the bars begin
        (``top``), and ``pair``, two of ``(number, length)``
    """
    longest = max((row[key] for row in rows for key in ("now", "before")), default=0)
    scale = (WIDTH - NUMBER) / longest if longest else 0
    bars, height = [], 0
    for row in rows:
        lines = textwrap.wrap(row["label"], SIGNS)
        bars.append(
            {
                "lines": [
                    (line, height + LINE * number)
                    for number, line in enumerate(lines, 1)
                ],
                "top": height + LINE * len(lines) + 4,
                "pair": [
                    (row[key], round(row[key] * scale, 1)) for key in ("now", "before")
                ],
            }
        )
        height += LINE * len(lines) + PAIR
    return {"width": WIDTH, "height": height, "years": years, "bars": bars}
