"""Bars of two years, as numbers that a template draws as SVG.

Plain Python. Lengths are in the units of the picture, whose width is ``WIDTH``. Every
bar carries its number, and the years are told apart by filling, never by colour alone.
"""

WIDTH = 420
# Room beside the longest bar for its number.
NUMBER = 48
LINE = 56


def draw(rows, years):
    """Lay bars out, one pair for each row.

    :param rows: dicts with ``label``, ``now`` and ``before``, whole numbers
    :param years: names of both
    :return: dict with ``width``, ``height``, ``years`` and ``bars``; each bar has its
        ``label``, where it begins (``top``), and ``pair``, two of ``(number, length)``
    """
    longest = max((row[key] for row in rows for key in ("now", "before")), default=0)
    scale = (WIDTH - NUMBER) / longest if longest else 0
    bars = [
        {
            "label": row["label"],
            "top": number * LINE,
            "pair": [
                (row[key], round(row[key] * scale, 1)) for key in ("now", "before")
            ],
        }
        for number, row in enumerate(rows)
    ]
    return {"width": WIDTH, "height": LINE * len(rows), "years": years, "bars": bars}
