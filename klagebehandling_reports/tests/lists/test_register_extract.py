import base64
import hashlib
import io
from datetime import date
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.klagebehandling.tests.register.test_register import (
    TODAY,
    RegisterCase,
)

from ..common import LetterCase

REPORT = "klagebehandling_reports.complaint_register_extract_report"
LISTED = "odoo.addons.klagebehandling_reports.models.lists.complaint_listed"
HEADS = [
    *("Registry Number", "Received", "Registered", "Sender", "Matter", "Cancelled On")
]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRegisterExtractOnPaper(RegisterCase):
    """The registrar's extract as page, PDF and XLSX: the same to whoever takes it."""

    _print = LetterCase._print
    _text = staticmethod(LetterCase._text)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nb_NO")
        cls.second = new_test_user(
            cls.env,
            "test_second_registrar",
            groups="klagebehandling.group_registrar,klagebehandling.group_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="nb_NO",
            tz="Asia/Tokyo",
        )
        person = {"role": "complainant", "name": "Kåre Østerås"}
        cls._register(parties=[person])
        cls._register(parties=[person], about_manager=True)

    def setUp(self):
        super().setUp()
        self._number()

    def _extract(self, user=None, **values):
        user = user or self.registrar
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company.ids,
        }
        env = self.env(user=user, context=context)
        period = {"first": "2026-01-01", "last": "2026-12-31", **values}
        return env["complaint.register.extract"].create(period)

    def _page(self, one):
        reports = one.env["ir.actions.report"]
        return reports._render_qweb_html(REPORT, one.ids)[0]

    def _book(self, one):
        one.invalidate_recordset()
        return base64.b64decode(one.spreadsheet)

    def _ways(self, one):
        pdf = self._print(one, one.env.user, REPORT)
        return {"html": self._page(one), "pdf": pdf, "xlsx": self._book(one)}

    def _taken(self):
        entries = self.env["complaint.company.journal"].search(
            [
                ("company_id", "=", self.company.id),
                ("event", "=", "register_extracted"),
            ]
        )
        return entries.sorted("sequence")

    def test_page_paper_and_table_say_what_the_register_says(self):
        # B-20, C-21, D-41, E-59
        one = self._extract()
        rows = self.rows._extract(self.company, "2026-01-01", "2026-12-31")
        self.assertEqual(
            sorted(row["sender"] for row in rows),
            ["", "Kåre Østerås"],
        )
        ways = self._ways(one)
        sheet = openpyxl.load_workbook(io.BytesIO(ways["xlsx"])).worksheets[0]
        self.assertEqual([cell.value for cell in sheet[1]], HEADS)
        for row, told in zip(sheet.iter_rows(min_row=2), rows, strict=True):
            found = [
                cell.value.date() if cell.is_date else cell.value or "" for cell in row
            ]
            self.assertEqual(found, [*told.values()])
        page = html.fromstring(ways["html"])
        self.assertEqual(page.xpath("//thead//th/text()"), HEADS)
        numbers = page.xpath("//tbody/tr/td[1]/text()")
        self.assertEqual(numbers, ["2026-1", "2026-2"])
        paper = self._text(ways["pdf"])
        for words in ("2026-1", "2026-2", "Kåre Østerås", "Extract of the register"):
            self.assertIn(words, paper)
            self.assertIn(words, page.text_content())
        self.assertEqual(type(rows[0]["received_on"]), date)

    def test_same_bytes_whoever_takes_it(self):
        # D-41: the same extract for everybody, in the language of the register
        own, other = self._ways(self._extract()), self._ways(self._extract(self.second))
        self.assertEqual(self.second.lang, "nb_NO")
        for way in ("html", "xlsx"):
            self.assertEqual(own[way], other[way], way)
        self.assertEqual(self._text(own["pdf"]), self._text(other["pdf"]))

    def test_public_journal_names_nobody_by_no_way(self):
        # B-27
        one = self._extract(is_public_journal=True)
        own = self._ways(one)
        other = self._ways(self._extract(self.second, is_public_journal=True))
        for way in ("html", "xlsx"):
            self.assertEqual(own[way], other[way], way)
        book = openpyxl.load_workbook(io.BytesIO(own["xlsx"]))
        heads = [cell.value for cell in book.worksheets[0][1]]
        self.assertEqual(heads, [head for head in HEADS if head != "Sender"])
        page, paper = own["html"].decode(), self._text(own["pdf"])
        table = str([cell.value for sheet in book for row in sheet for cell in row])
        for words in (page, paper, table):
            self.assertIn("Public journal", words)
            self.assertIn("2026-2", words)
            self.assertNotIn("Kåre", words)
            self.assertNotIn("Østerås", words)
        self.assertEqual(one._print_name(), "journal-2026-01-01-2026-12-31")
        self.assertTrue(all(one.payload["is_public_journal"] for one in self._taken()))

    def test_each_taking_is_entered_with_its_digest(self):
        # M19
        one = self._extract()
        one.action_show(), one.action_print(), one.action_export()
        self.assertFalse(self._taken(), "nothing is given out yet")
        for form, content in self._ways(one).items():
            [entry] = self._taken().filtered(
                lambda one, form=form: one.payload["form"] == form
            )
            self.assertEqual(entry.user_id, self.registrar)
            self.assertEqual(
                entry.payload,
                {
                    "first": "2026-01-01",
                    "last": "2026-12-31",
                    "form": form,
                    "digest": hashlib.sha256(content).hexdigest(),
                },
            )
        self.assertEqual(len(self._taken()), 3)

    def test_registrars_take_it_and_nobody_else_does(self):
        one = self._extract()
        for user in (
            self.director,
            self.leader,
            self.worker,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.employee,
        ):
            theirs = one.with_user(user)
            for act in (
                theirs.action_show,
                theirs.action_print,
                theirs.action_export,
                lambda one=theirs: one.read(["spreadsheet"]),
                lambda one=theirs: self._page(one),
                lambda user=user: self._print(one, user, REPORT),
                lambda user=user: self._extract(user),
            ):
                with self.assertRaises(AccessError):
                    act()
        # Nor another registrar by the dialog of the first.
        with self.assertRaises(AccessError):
            self._page(one.with_user(self.second))
        self.assertFalse(self._taken())

    def test_who_keeps_the_register_no_more_takes_nothing(self):
        one = self._extract(self.second)
        self.second.group_ids -= self.env.ref("klagebehandling.group_registrar")
        for act in (one.action_show, lambda: one.read(["spreadsheet"])):
            with self.assertRaises(AccessError):
                act()

    def test_odd_days_are_said_and_refused(self):
        for days, words in (
            ({"first": "2026-02-01", "last": "2026-01-31"}, "is after the last"),
            ({"last": "9999-12-31"}, "between 1970 and 2099"),
        ):
            one = self._extract(**days)
            self.assertIn(words, one.problem)
            for act in (one.action_show, one.action_print, one.action_export):
                with self.assertRaisesRegex(UserError, words):
                    act()

    def test_more_rows_than_can_be_made_are_refused(self):
        one = self._extract()
        with patch(f"{LISTED}.MOST_ON_PAPER", 1):
            with self.assertRaisesRegex(UserError, "more than 1 rows"):
                one.action_print()
            self.assertTrue(one.action_show())

    def test_register_is_that_of_the_organisation_that_was_chosen(self):
        """An address that downloads comes without the choice of the screen."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.second.company_ids = [Command.link(other.id)]
        env = self.env(user=self.second, context={"allowed_company_ids": other.ids})
        period = {"first": "2026-01-01", "last": "2026-12-31"}
        one = env["complaint.register.extract"].create(period)
        self.env.flush_all()
        later = one.with_env(self.env(user=self.second, context={}))
        later.invalidate_recordset()
        self.assertEqual(later.env.company, self.company, "as the address is answered")
        book = openpyxl.load_workbook(io.BytesIO(self._book(later)))
        self.assertEqual(book.worksheets[0].max_row, 1)
        self.assertIn("Elsewhere", [cell.value for cell in book.worksheets[1]["B"]])
        self.assertNotIn(b"2026-1;", base64.b64decode(later.table_file))
        self.assertIn(b"Elsewhere", self._page(later))

    def test_organisation_of_others_is_not_given(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        one = self._extract(company_id=other.id)
        self.assertNotIn(b"Elsewhere", self._page(one))
        self.assertIn("Verkstedet AS", self._text(self._ways(one)["pdf"]))
