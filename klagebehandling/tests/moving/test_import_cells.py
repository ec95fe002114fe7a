import io
import zipfile
from datetime import date, datetime

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import sheet_reader
from ...models.moving.cell_reader import CellReader
from ...sheet_reader import apart
from .test_import import ENDED, OPEN, TODAY, ImportCase

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(*rows, **parts):
    """An XLSX file of some rows, with parts of it in other words."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    if not parts:
        return output.getvalue()
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(output) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get("sheet") if name == SHEET else old.read(name))
    return changed.getvalue()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImportCells(ImportCase):
    """What spreadsheets of both countries write is read as it was meant (N18)."""

    def test_texts_of_every_encoding_are_read(self):
        words = "Čáhci, Ærlig på ön, Đorđ"
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            raw = f"a;b\n1;{words}\n".encode(encoding)
            with self.subTest(encoding=encoding):
                self.assertEqual(sheet_reader.read(raw, 9)[1], (2, ["1", words]))
        raw = "a;b\n1;Ærlig på ön – “så”\n".encode("cp1252")
        self.assertEqual(sheet_reader.read(raw, 9)[1][1][1], "Ærlig på ön – “så”")

    def test_delimiters_quotes_and_lines_within_a_cell(self):
        for delimiter in ";,\t":
            raw = f'a{delimiter}b\r\n"1{delimiter}2"{delimiter}"x\ny"\r\n'.encode()
            with self.subTest(delimiter=delimiter):
                rows = sheet_reader.read(raw, 9)
                self.assertEqual(rows[1][1], [f"1{delimiter}2", "x\ny"])

    def test_cells_of_a_workbook_are_read_as_they_look(self):
        raw = xlsx(
            ["number", "day", "hour", "text"],
            [2021.0, date(2024, 5, 2), datetime(2024, 5, 2, 9, 30), "Sámi Čállá"],
            [None, None, None, None],
            ["0012", None, 1.5, "=1+1"],
        )
        self.assertEqual(
            sheet_reader.read(raw, 9),
            [
                (1, ["number", "day", "hour", "text"]),
                (2, ["2021", "2024-05-02", "2024-05-02T09:30", "Sámi Čállá"]),
                # Of a formula there is the value that was stored, and here none.
                (4, ["0012", "", "1.5"]),
            ],
        )

    def test_a_formula_is_text_and_stays_it(self):
        self._moved({**OPEN, "Subject": "=HYPERLINK(1)", "What happened": "@SUM(1)"})
        case = self.cases.search([("external_number", "=", "2026-7")])
        self.assertEqual(case.title, "=HYPERLINK(1)")
        self.assertEqual(case.description, "@SUM(1)")

    def test_what_is_no_table_is_refused_in_words(self):
        bomb = io.BytesIO()
        with (
            zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts,
            parts.open(SHEET, "w", force_zip64=True) as part,
        ):
            for _times in range(400):
                part.write(bytes(1024 * 1024))
        entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
        for raw, code in (
            (b"", "unreadable"),
            (b"PK\x03\x04 nothing", "unreadable"),
            (xlsx(["a"])[:-100], "unreadable"),
            (xlsx(["a"], sheet=entity), "unreadable"),
            (sheet_reader.OLD_XLS + b"x", "old_xls"),
            (bomb.getvalue(), "too_large"),
            (b"a\n" * 30_000, "too_many"),
        ):
            with self.subTest(code=code, start=raw[:8]):
                rows, problem = apart.read(raw)
                self.assertEqual((rows, problem), ([], code) if raw else ([], None))
                if raw:
                    with self.assertRaises(UserError):
                        self._import(raw)

    def test_an_upload_that_is_no_base64_is_refused_in_words(self):
        jobs = self.env["complaint.import"].with_user(self.owner)
        for upload in ("%%%", "a", 7, True):
            with self.subTest(upload=upload), self.assertRaises(UserError):
                jobs.create({"policy_id": self.policy.id, "upload": upload})

    def test_a_million_lines_are_refused_soon(self):
        raw = b"number;received\n" + b"1;2\n" * 1_000_000
        self.assertEqual(apart.read(raw), ([], "too_many"))

    def test_days_of_both_countries(self):
        reader = CellReader(self._checked(OPEN))
        for text in ("2024-05-02", "02.05.2024", "2.5.2024", "2/5 2024", "20240502"):
            with self.subTest(text=text):
                self.assertEqual(reader._read_day(text), date(2024, 5, 2))
        for text in ("2.5.24", "31.02.2024", "yesterday", "2024", "45000", "٢.٥.٢٠٢٤x"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                reader._read_day(text)

    def test_the_hour_of_receipt_is_read_where_it_is_given(self):
        reader = CellReader(self._checked(OPEN))
        for text in ("2024-05-02T09:30", "02.05.2024 09:30", "2.5.2024 kl. 9.30"):
            with self.subTest(text=text):
                self.assertEqual(
                    reader._read_received_at(text), datetime(2024, 5, 2, 9, 30)
                )
        for text in ("2024-05-02 25:00", "02.05.2024 9"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                reader._read_received_at(text)

    def test_each_fault_is_told_by_its_cell(self):
        for values, problem in (
            ({"Received": "soon"}, "B2 Received: Write the day like"),
            ({"Received": ""}, "B2 Received: Fill this in."),
            (
                {"Received": "2027-01-01", "Ended on": "", "Outcome": ""},
                "B2 Received: This is in the future.",
            ),
            (
                {"Received": "2010-01-01", "Ended on": "", "Outcome": ""},
                "B2 Received: This is more than ten years",
            ),
            ({"Ended on": ""}, "C2 Ended on: Say on which day it ended"),
            (
                {"Ended on": "2023-01-01"},
                "C2 Ended on: This is before it was received.",
            ),
            ({"Ended on": "2027-01-01"}, "C2 Ended on: This day has not come yet."),
            ({"Outcome": ""}, "D2 Outcome: Say how it ended"),
            ({"Outcome": "Good"}, "D2 Outcome: Choose one of: Upheld"),
            ({"Unit": "The moon"}, "H2 Unit: Choose one of: Management"),
            ({"How it came": "pigeon"}, "I2 How it came: Choose one of"),
            ({"E-mail": "secret at home"}, "L2 E-mail: This is no e-mail address."),
            ({"Old number": "x" * 65}, "A2 Old number: This is too long"),
            ({"Subject": "x" * 251}, "F2 Subject: This is too long"),
        ):
            with self.subTest(values=values):
                job = self._checked({**ENDED, **values})
                self.assertIn(problem, self._problems(job)[0])
                self.assertNotIn("secret", self._problems(job)[0])

    def test_choices_are_known_by_code_label_and_short_name(self):
        reader = CellReader(self._checked(OPEN))
        self.assertEqual(reader._read_choice("channel", "LETTER"), "letter")
        for text in ("workshop", "Management / Workshop"):
            self.assertEqual(reader._read_choice("unit", text), self.workshop.id)

    def test_what_the_web_form_demands_is_not_demanded_of_the_past(self):
        self.policy.write(
            {"field_ids": [(0, 0, {"name": "description", "requirement": "required"})]}
        )
        job = self._checked({**ENDED, "How it came": "Web form", "Name": ""})
        self.assertEqual((job.faulty_count, job.new_count), (0, 1))
