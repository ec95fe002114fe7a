"""How a pasted table is laid out: as a table where it can be read, else row by row.

The widths of the columns are set here and the layout is fixed: whatever stands in a
table, it is never wider than the text.
"""

import functools
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree
from PIL import ImageFont

from odoo.tools.misc import file_path

CELLS = ("td", "th")
PARTS = ("col", "colgroup", "tbody", "tfoot", "thead", "tr", *CELLS)
# Millimetres: the text of a letter, and what a cell has beside its text.
TEXT_WIDTH = 158
PADDING = 2
# A longer word, such as a web address, breaks where it must.
WORD_LIMIT = 36
TEXT_LIMIT = 120
PICTURE = 25
# The letters in points, with the class in print.css. Nobody reads smaller ones.
SIZES = ((10.5, ""), (9, "is-small"), (8, "is-smallest"))
POINT = 25.4 / 72
# A longer head is not printed again on each page.
HEAD_LIMIT = 300
FONT = "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf"


@dataclass
class Cell:
    """A cell where it stands: from a column up to, not with, another one."""

    element: object
    start: int
    end: int


def fit_all(root):
    """Lay out each table below an element."""
    for table in list(root.iter("table")):
        _rescue(table)
        if table.find(".//table") is not None:
            _dissolve(table)
        else:
            _fit(table)
    for part in list(root.iter("caption", *PARTS)):
        if next(part.iterancestors("table"), None) is None:
            _to_block(part)


def _own_parts(table):
    parts = table.iter(*PARTS)
    return [part for part in parts if next(part.iterancestors("table")) is table]


def _to_block(element):
    element.tag = "div"
    element.attrib.clear()


def _rescue(table):
    """Put before the table what stands in it and in none of its cells."""
    for part in [table, *_own_parts(table)]:
        if part.tag in CELLS:
            continue
        words = [part.text, *(child.tail for child in part)]
        part.text = None
        for child in list(part):
            child.tail = None
            if child.tag not in PARTS:
                table.addprevious(child)
        if text := " ".join(word.strip() for word in words if word and word.strip()):
            block = etree.Element("div")
            block.text = text
            table.addprevious(block)


def _dissolve(table):
    """A table around tables only places them: its cells become paragraphs."""
    for part in [table, *_own_parts(table)]:
        _to_block(part)


def _fit(table):
    rows = _place(_rows(table))
    is_headed = len(rows) > 1 and all(cell.element.tag == "th" for cell in rows[0])
    tail = table.tail
    table.clear()
    table.tail = tail
    for size, name in SIZES:
        if widths := _widths(rows, size):
            _lay_out(table, rows, widths, is_headed)
            table.set("class", f"grid {name}".strip())
            return
    _stack(table, rows, is_headed)


def _rows(table):
    """The cells, row by row; those that stand outside of a row are one."""
    found = {}
    for cell in _own_parts(table):
        if cell.tag in CELLS:
            found.setdefault(cell.getparent(), []).append(cell)
    return list(found.values())


def _place(rows):
    """Say of each cell in which columns it stands.

    A cell over several rows stands in the first one, above empty cells: rows are
    parted at the end of a page.
    """
    taken, placed = defaultdict(list), []
    for number, elements in enumerate(rows):
        cells, column = [], 0
        for element in elements:
            column = _free(taken[number], column)
            end = column + _span(element, "colspan", 1000)
            cells.append(Cell(element, column, end))
            for below in range(1, _span(element, "rowspan", len(rows) - number)):
                taken[number + below].append((column, end))
            column = end
        placed.append(cells)
    return _drop_unused(placed)


def _free(taken, column):
    """The next column that no cell of a row above stands in."""
    for start, end in sorted(taken):
        if start <= column < end:
            column = end
    return column


def _span(element, name, limit):
    value = element.attrib.pop(name, "1")
    return min(max(int(value[:4]), 1), limit) if value.isdecimal() else 1


def _drop_unused(rows):
    """Count only the columns in which a cell begins."""
    starts = sorted({cell.start for cells in rows for cell in cells})
    number_of = {start: number for number, start in enumerate(starts)}
    for cell in (cell for cells in rows for cell in cells):
        inside = bisect_left(starts, cell.end) - bisect_left(starts, cell.start)
        cell.start = number_of[cell.start]
        cell.end = cell.start + inside
    return rows


def _widths(rows, size):
    """The width of each column in millimetres, or nothing where they do not fit."""
    columns = max((cell.end for cells in rows for cell in cells), default=0)
    narrow, wide = [0] * columns, [0] * columns
    for cell in (cell for cells in rows for cell in cells):
        word, text = _measure(cell.element, size)
        spanned = cell.end - cell.start
        for column in range(cell.start, cell.end):
            narrow[column] = max(narrow[column], word / spanned)
            wide[column] = max(wide[column], text / spanned)
    left = TEXT_WIDTH - sum(narrow) - PADDING * columns
    if not columns or left < 0:
        return []
    return [
        width + PADDING
        for width in _share(narrow, wide, TEXT_WIDTH - PADDING * columns)
    ]


def _share(narrow, wide, room):
    """Give each column what it wants, the modest ones first, the others alike."""
    widths = list(narrow)
    left = room - sum(narrow)
    by_wish = sorted(range(len(widths)), key=lambda each: wide[each] - narrow[each])
    for done, column in enumerate(by_wish):
        more = min(wide[column] - narrow[column], left / (len(widths) - done))
        widths[column] += more
        left -= more
    return [width + left / len(widths) for width in widths]


def _measure(element, size):
    """How wide the longest word and the whole text of a cell are, in millimetres."""
    lines = " ".join(element.itertext())
    word = max(map(_length, lines.split()), default=0) * size * POINT
    text = _length(" ".join(lines.split())[:200]) * size * POINT
    if element.find(".//img") is not None:
        word = max(word, PICTURE)
    inset = 6 * max((_depth(item, element) for item in element.iter("li")), default=0)
    return min(word, WORD_LIMIT) + inset, min(max(word, text), TEXT_LIMIT) + inset


def _depth(item, cell):
    return sum(one.tag in ("ol", "ul") for one in item.iterancestors())


@functools.lru_cache(maxsize=1)
def _font():
    return ImageFont.truetype(file_path(FONT), 100)


def _length(text):
    """The width of a text in bold letters, in its own size."""
    return _font().getlength(text) / 100


def _lay_out(table, rows, widths, is_headed):
    group = etree.SubElement(table, "colgroup")
    for width in widths:
        share = 100 * width / sum(widths)
        etree.SubElement(group, "col", style=f"width: {share:.3f}%")
    is_repeated = is_headed and len(_words(rows[0])) <= HEAD_LIMIT
    head = etree.SubElement(table, "thead") if is_repeated else None
    body = etree.SubElement(table, "tbody")
    for number, cells in enumerate(rows):
        is_head = head is not None and number == 0
        row = etree.SubElement(head if is_head else body, "tr")
        column = 0
        for cell in cells:
            for _empty in range(column, cell.start):
                etree.SubElement(row, "td")
            if cell.end - cell.start > 1:
                cell.element.set("colspan", str(cell.end - cell.start))
            row.append(cell.element)
            column = cell.end


def _words(cells):
    return "".join("".join(cell.element.itertext()) for cell in cells)


def _stack(table, rows, is_headed):
    """Print each row as a list, each cell after the words of its head."""
    labels = {}
    if is_headed:
        heads = rows.pop(0)
        labels = {cell.start: " ".join(_words([cell]).split()) for cell in heads}
    _to_block(table)
    table.set("class", "stack")
    for cells in rows:
        row = etree.SubElement(table, "ul")
        for cell in cells:
            label = labels.get(cell.start)
            if not (_words([cell]).strip() or len(cell.element)):
                continue
            item = etree.SubElement(row, "li")
            if label:
                etree.SubElement(item, "strong").text = f"{label}: "
            cell.element.tag = "div"
            item.append(cell.element)
