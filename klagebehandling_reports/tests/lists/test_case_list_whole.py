import io
from datetime import date
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from ...models.lists.complaint_case_list import WIDTHS
from .test_case_list import NOW, ListCase

HEADS = {
    "register": ["Registry number", "Received on", "Sender", "Matter"],
    "received": [
        *("No.", "Received on", "Unit", "Kind", "Grounds", "Measures and actions"),
        "Outcome",
    ],
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseListWhole(ListCase):
    """What is told beside the rows, and how a spreadsheet is laid out."""

    def _open(self, one):
        return openpyxl.load_workbook(io.BytesIO(self._book(one)))

    def _about(self, book):
        """The second sheet: labels with their values, and sentences."""
        return {
            label.value: str(value.value or "")
            for label, value in book.worksheets[1].iter_rows()
        }

    def test_each_column_has_its_head_by_every_way(self):
        # C-21, C-23, D-41
        for sheet, heads in HEADS.items():
            one = self._list(sheet)
            self.assertEqual(one._list_content().columns, heads)
            page = html.fromstring(self._page(one))
            self.assertEqual(page.xpath("//thead//th/text()"), heads)
            found = self._open(one).worksheets[0]
            self.assertEqual([cell.value for cell in found[1]], heads)

    def test_outcome_is_told_in_words(self):
        # C-23, D-43
        self.env.cr.execute(
            "UPDATE complaint_case SET outcome = 'upheld' WHERE id = %s", [self.two.id]
        )
        outcomes = [row[6] for row in self._rows()]
        words = dict(self.two._fields["outcome"]._description_selection(self.env))
        self.assertEqual(sorted(outcomes), ["", "", "", words["upheld"]])

    def test_it_says_of_which_unit_it_is(self):
        # D-42: on the page and in the spreadsheet
        one = self._list(unit_id=self.kitchen.id)
        page = html.fromstring(self._page(one))
        said = dict(
            zip(page.xpath("//dt/text()"), page.xpath("//dd/text()"), strict=True)
        )
        self.assertEqual(said["Unit"], self.kitchen.display_name)
        self.assertEqual(said["Number of cases"], "2")
        self.assertEqual(
            said.items() & self._about(self._open(one)).items(), said.items()
        )

    def test_each_list_says_what_is_left_out(self):
        # D-41, D-44
        for sheet, words in (
            ("register", "are secret"),
            ("received", "Names are left"),
        ):
            one = self._list(sheet)
            page = html.fromstring(self._page(one))
            notes = page.xpath("//p[@class='note']/text()")
            self.assertEqual(len(notes), 2)
            self.assertIn("What is kept from anybody", notes[0])
            self.assertIn(words, notes[1])
            self.assertLess(set(notes), set(self._about(self._open(one))))

    def test_kinds_are_counted_in_the_spreadsheet_too(self):
        # D-42
        about = self._about(self._open(self._list()))
        self.assertEqual((about["Complaint"], about["View"]), ("3", "1"))

    def test_spreadsheet_is_read_and_printed_as_it_is(self):
        book = self._open(self._list())
        sheet, about = book.worksheets
        self.assertEqual((sheet.title, about.title), ("List", "About"))
        self.assertEqual(
            book.properties.title, "Received complaints, for the committee"
        )
        self.assertEqual(book.properties.creator, self.company.name)
        self.assertEqual(book.properties.created.date(), date(2026, 12, 1))
        # The heads stay, on the screen and on each sheet; a row fits across.
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertEqual(sheet.print_title_rows, "$1:$1")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(int(sheet.page_setup.paperSize), 9)
        self.assertEqual(int(sheet.page_setup.fitToHeight), 0)
        self.assertTrue(sheet["A1"].font.bold)
        for letter, width in zip("ABCDEFG", WIDTHS["received"], strict=True):
            self.assertAlmostEqual(
                sheet.column_dimensions[letter].width, width, delta=1, msg=letter
            )

    def test_text_that_no_cell_holds_is_cut_and_says_so(self):
        self.one.remedy = "Long words " * 4000
        cells = [row[5].value for row in self._open(self._list()).worksheets[0]]
        [long] = [text for text in cells if text and text.startswith("Long")]
        self.assertTrue(long.endswith(" …"))
        self.assertLess(len(long), 32_767)

    def test_list_of_the_language_that_is_chosen(self):
        # E-59: whoever makes it
        self.env["res.lang"]._activate_lang("nb_NO")
        one = self._list(lang="nb_NO")
        self.assertEqual(self.director.lang, "en_US")
        page = html.fromstring(self._page(one))
        self.assertEqual(page.get("lang"), "nb-NO")
        self.assertNotIn("Outcome", page.xpath("//thead//th/text()"))
        self.assertEqual(self._open(one).worksheets[0].title, "Liste")

    def test_the_days_and_language_are_there_before_one_chooses(self):
        lists = self.env["complaint.case.list"].with_user(self.director)
        lists = lists.with_context(allowed_company_ids=self.company.ids)
        with patch.object(type(self.policy), "_spoken", lambda policy: "en_US"):
            one = lists.create({})
        self.assertEqual(
            (one.sheet, one.first, one.last, one.lang),
            ("register", date(2026, 1, 1), date(2026, 12, 1), "en_US"),
        )

    def test_name_is_left_out_in_each_form_and_nothing_else_is(self):
        # D-44: a word of two letters stands in too many texts
        case = self._register(
            received_at="2026-06-02T10:00",
            parties=[{"role": "complainant", "name": "Bo Østerås"}],
        )
        for text, told in (
            ("Østerås", "[…]"),
            ("Østeråss mat, Østerås's og Østerås’s", "[…] mat, […] og […]"),
            ("Bo på Østeråsen", "Bo på Østeråsen"),
        ):
            case.remedy = text
            self.assertIn(told, [row[5] for row in self._rows()])
