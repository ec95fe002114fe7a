"""What people write, in files for a spreadsheet: text, whole, never a formula."""

import re

# With these a spreadsheet begins a formula; the wide ones are typed in East Asia. A bar
# leads into another program (DDE).
SIGNS = "=+\\-@|＝＋－＠｜"
# At the beginning, behind whatever a spreadsheet strips.
FORMULA = re.compile(rf"[\s\ufeff\u200b]*[{SIGNS}]|[\t\r\n]")
# Excel in Norwegian and Swedish parts a line at semicolons, and then sees no quotes:
# what stands behind one, or in a new line, is a cell of its own.
INNER = re.compile(rf"(?<=[;\t\r\n])(?=[\"']*[{SIGNS}])")
LINK = re.compile(r"\{=|(?:ftp|https?|mailto|internal|external|file):", re.IGNORECASE)

# What a cell of an XLSX file holds, in UTF-16 units, and what is put into one.
CELL_UNITS = 32_767
PART_LENGTH = 16_000


def is_formula(text):
    """Whether a spreadsheet could take a text for a formula."""
    return bool(FORMULA.match(text))


def csv_text(value):
    """A value for a CSV file: text that begins no formula; all else as it is."""
    if isinstance(value, bytes):
        value = value.decode()
    if not isinstance(value, str):
        return value
    value = INNER.sub("'", value)
    return f"'{value}" if is_formula(value) else value


def xlsx_title(text):
    """A text for a writer that makes formulas and links of text."""
    return f"'{text}" if is_formula(text) or LINK.match(text) else text


def is_long(text):
    """Whether a text is longer than a cell of an XLSX file."""
    return len(text) > CELL_UNITS // 2 and (
        len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_UNITS
    )


def xlsx_cell(row, column):
    """The name of a cell, such as B2, for a row and a column from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def parts(text):
    """A text in parts of which each fits in a cell."""
    return [
        text[start : start + PART_LENGTH] for start in range(0, len(text), PART_LENGTH)
    ]
