from odoo.http import request

from odoo.addons.web.controllers import export

from ..spreadsheet import csv_text, is_formula, is_long, parts, xlsx_cell


class TextXlsxWriter(export.ExportXlsxWriter):
    """Writes text as text, and the whole of it.

    The library makes formulas and links of what looks like them, and Odoo leaves out
    what is longer than a cell: that goes to a sheet of its own, part beside part.
    """

    def __init__(self, fields, columns_headers, row_count):
        super().__init__(fields, columns_headers, row_count)
        self.quoted_style = self.workbook.add_format(
            {"text_wrap": True, "quote_prefix": True}
        )
        self.long_texts = None
        self.long_count = 0

    def write_cell(self, row, column, cell_value):
        if isinstance(cell_value, list | tuple | dict):
            cell_value = str(cell_value)
        if isinstance(cell_value, str):
            cell_value = self._fit(row, column, cell_value)
        return super().write_cell(row, column, cell_value)

    def write(self, row, column, cell_value, style=None):
        if not isinstance(cell_value, str):
            return super().write(row, column, cell_value, style)
        text = self._fit(row, column, cell_value)
        if style is self.base_style and is_formula(text):
            style = self.quoted_style
        return self.worksheet.write_string(row, column, text, style)

    def _fit(self, row, column, text):
        """The text, or where all of it stands."""
        text = str(text)
        if not is_long(text):
            return text
        if not self.long_texts:
            self.long_texts = self.workbook.add_worksheet(request.env._("Long texts"))
        for number, part in enumerate(parts(text)):
            self.long_texts.write_string(self.long_count, number + 1, part)
        cell = xlsx_cell(row, column)
        self.long_texts.write_string(self.long_count, 0, cell)
        self.long_count += 1
        return request.env._(
            "This text is longer than a cell can be. All of it stands in row %(row)s "
            "of the sheet “%(sheet)s”. It begins: %(text)s",
            row=self.long_count,
            sheet=self.long_texts.name,
            text=parts(text)[0],
        )


class TextGroupXlsxWriter(TextXlsxWriter, export.GroupExportXlsxWriter):
    """The same for an export by groups."""


class CSVExport(export.CSVExport):
    """What strangers write stays text in Odoo's own exports, also of other models.

    Complaints come from outside, and a colleague opens the file at their own desk.
    """

    def from_data(self, fields, columns_headers, rows):
        return super().from_data(
            fields,
            [csv_text(header) for header in columns_headers],
            [[csv_text(value) for value in row] for row in rows],
        )


class ExcelExport(export.ExcelExport):
    """The same for Excel; both methods are Odoo's, with our writers."""

    def from_data(self, fields, columns_headers, rows):
        with TextXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with TextGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value
