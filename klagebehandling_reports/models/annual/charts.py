"""Where the bars of a report stand: plain numbers for a template to draw as SVG.

Each bar has its label and its number as text beside it, so that nothing is told by
colour; a table with the same numbers follows each chart.
"""

WIDTH = 360
# Of one bar with its label above it.
HEIGHT = 40
# A bar ends here, so that its number has room behind it.
LONGEST = 280


def draw(figures, year):
    """The charts of a report.

    :param figures: what was counted
    :param year: of the report
    :return: dict with ``years`` and ``duties``, each a dict with ``height`` and
        ``bars``; or None where there is nothing to compare
    """
    years = [*figures.get("years", ()), [year, figures.get("received"), None]]
    duties = next(
        (one for one in figures.get("tables", ()) if one["key"] == "duties"), None
    )
    return {
        "years": len(years) > 1 and _bars([(str(one[0]), one[1]) for one in years]),
        "duties": duties
        and _bars(
            [(label, share(cells[0], cells[2])) for label, cells in duties["rows"]],
            longest=100,
        ),
    }


def share(part, total):
    """How many of a hundred; None where one of both is not told, or nothing is."""
    return round(100 * part / total) if total and part is not None else None


def _bars(rows, longest=None):
    numbers = [number for _label, number in rows if number]
    longest = longest or max(numbers, default=0)
    bars = [
        {
            "label": label,
            "number": number,
            "top": HEIGHT * at,
            "width": round(LONGEST * number / longest) if number else 0,
        }
        for at, (label, number) in enumerate(rows)
    ]
    return {"height": HEIGHT * len(rows), "width": WIDTH, "bars": bars}
