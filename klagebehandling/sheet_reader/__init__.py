"""Reads a table of a stranger's: CSV as spreadsheets write it, and XLSX.

Plain functions without Odoo. Every cell is text, as it was typed; a day is an ISO date
and a formula the value that was stored of it: none is ever worked out.
"""

import csv
import io
import json
import zipfile
from datetime import date, datetime

import openpyxl

# More columns than any register of complaints has; what stands behind them is left.
MOST_COLUMNS = 100
# What the parts of an XLSX file may unpack to.
UNPACKED = 300 * 1024 * 1024
# A file of spreadsheet programs that are older than XLSX.
OLD_XLS = b"\xd0\xcf\x11\xe0"
DELIMITERS = ";\t,"


class Unreadable(Exception):
    """A file that is not read; its text is the code of the reason."""


def answer(header, source, target):
    """Do one job of ``apart``: answer with the rows, or with why there are none."""
    try:
        result = {"rows": read(source.read(), header["rows"])}
    except Unreadable as error:
        result = {"problem": str(error)}
    target.write(json.dumps(result).encode() + b"\n")


def read(raw, most_rows):
    """The rows that hold anything.

    :param raw: bytes of the file
    :param most_rows: with more of them it is not read
    :return: list of pairs of the row's number from 1 and its list of texts
    :raises Unreadable: ``too_many``, ``too_large``, ``old_xls`` or ``unreadable``
    """
    if raw.startswith(OLD_XLS):
        raise Unreadable("old_xls")
    rows = _xlsx_rows(raw) if raw.startswith(b"PK") else _csv_rows(raw)
    found = []
    try:
        for number, cells in enumerate(rows, start=1):
            texts = [_text(cell) for cell in cells[:MOST_COLUMNS]]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                found.append((number, texts))
            if len(found) > most_rows:
                raise Unreadable("too_many")
    except Unreadable:
        raise
    except Exception:
        # Whatever a parser makes of a broken file: it is not read.
        raise Unreadable("unreadable") from None
    return found


def _text(cell):
    """A cell as text: numbers without a needless fraction, days as ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        is_day = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _xlsx_rows(raw):
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            if sum(one.file_size for one in parts.infolist()) > UNPACKED:
                raise Unreadable("too_large")
            _refuse_entities(parts)
        book = openpyxl.load_workbook(
            io.BytesIO(raw), read_only=True, data_only=True, keep_links=False
        )
        page = book.worksheets[0]
        # What the file says of its size may be wrong.
        page.reset_dimensions()
    except Unreadable:
        raise
    except Exception:
        raise Unreadable("unreadable") from None
    return page.iter_rows(values_only=True, max_col=MOST_COLUMNS)


def _refuse_entities(parts):
    """No part of a real XLSX file declares a document type, where bombs hide."""
    for name in parts.namelist():
        if name.endswith((".xml", ".rels")):
            with parts.open(name) as part:
                if b"<!DOCTYPE" in part.read(4096):
                    raise Unreadable("unreadable")


def _csv_rows(raw):
    text = _decode(raw).replace("\0", "")
    csv.field_size_limit(2_000_000)
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _decode(raw):
    """Text of a program's bytes: with a mark as it says, else UTF-8 or Windows-1252."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
