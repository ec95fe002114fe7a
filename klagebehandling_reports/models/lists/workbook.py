"""A list as XLSX: what people wrote stays text, and the same list is the same bytes."""

import io
from datetime import date, datetime, time

import xlsxwriter

from odoo.addons.klagebehandling.spreadsheet import is_formula, is_long, parts

A4 = 9


def make(content, facts, widths, made_on):
    """Lay out a list: one table, and a sheet that says what it is.

    :param content: a ``Content``
    :param facts: dict of ``title``, ``author``, ``sheets`` (the names of both),
        ``facts`` (labels and values) and ``notes`` (sentences)
    :param widths: of the columns, in signs
    :param made_on: the day the file says it was made
    :return: bytes
    """
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": facts["title"],
                "author": facts["author"],
                "created": datetime.combine(made_on, time()),
            }
        )
        table, about = facts["sheets"]
        _write_table(_Sheet(book, table, widths), content)
        rows = [(facts["title"],), *facts["facts"], *content.counts]
        rows += [(note,) for note in facts["notes"]]
        _Sheet(book, about, (60, 60)).write_rows(rows, start=0)
    return output.getvalue()


def _write_table(sheet, content):
    for column, head in enumerate(content.columns):
        sheet.page.write_string(0, column, head, sheet.bold)
    sheet.write_rows(content.rows, start=1)
    sheet.page.freeze_panes(1, 0)
    sheet.page.repeat_rows(0)
    sheet.page.set_landscape()
    sheet.page.set_paper(A4)
    sheet.page.fit_to_pages(1, 0)


class _Sheet:
    """Writes texts as texts, which begin no formula and are no link; days as days."""

    def __init__(self, book, name, widths):
        wrap = {"text_wrap": True, "valign": "top"}
        self.page = book.add_worksheet(name)
        self.bold = book.add_format({**wrap, "bold": True, "bottom": 1})
        self.plain = book.add_format(wrap)
        self.quoted = book.add_format({**wrap, "quote_prefix": True})
        self.day = book.add_format({**wrap, "num_format": "yyyy-mm-dd"})
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    def write_rows(self, rows, start):
        for number, row in enumerate(rows, start=start):
            for column, value in enumerate(row):
                self._write(number, column, value)

    def _write(self, row, column, value):
        if isinstance(value, date):
            self.page.write_datetime(row, column, value, self.day)
        elif isinstance(value, int):
            self.page.write_number(row, column, value, self.plain)
        elif value:
            text = f"{parts(value)[0]} …" if is_long(value) else value
            style = self.quoted if is_formula(text) else self.plain
            self.page.write_string(row, column, text, style)
