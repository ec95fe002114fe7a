from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ..common import REPORT, LetterCase

STOCK_PDF = b"%PDF-1.4 made by wkhtmltopdf"


@tagged("post_install", "-at_install")
class TestFallback(LetterCase):
    def _with_wkhtmltopdf(self, state):
        return patch.object(
            IrActionsReport, "get_wkhtmltopdf_state", lambda _self: state
        )

    def test_without_any_engine_the_message_says_what_to_do(self):
        letter = self._write(self.case)
        with self._without_weasyprint(), self._with_wkhtmltopdf("install"):
            with self.assertRaisesRegex(UserError, "WeasyPrint is not installed"):
                self._print(letter)
            self.assertFalse(self.env.ref(REPORT).is_pdf_ready)
            action = letter.with_user(self.leader).action_print_letter()
            self.assertFalse(action["is_pdf_ready"])
            # The screen shows it all the same.
            reports = self.env["ir.actions.report"]
            html = reports._render_qweb_html(REPORT, letter.ids)[0]
            self.assertIn("Kåre Østerås".encode(), html)
        printings = self._printings(self.case)
        self.assertEqual([one.payload.get("is_screen") for one in printings], [True])

    def test_wkhtmltopdf_steps_in(self):
        letters = self._write(self.case) + self._write(self.case, lang="sv_SE")
        bodies_seen = []

        def _run_wkhtmltopdf(_self, bodies, **_options):
            bodies_seen.extend(bodies)
            return STOCK_PDF

        with (
            self._without_weasyprint(),
            self._with_wkhtmltopdf("ok"),
            patch.object(IrActionsReport, "_run_wkhtmltopdf", _run_wkhtmltopdf),
        ):
            self.assertEqual(self._print(letters[0]), STOCK_PDF)
            self.assertEqual(self._print(letters[0]), STOCK_PDF)
        (body,) = bodies_seen
        self.assertIn("Kåre Østerås", body)
        self.assertIn("/klagebehandling_reports/static/src/css/print.css", body)
        self.assertNotIn("<script", body)
        self.assertEqual(len(self._printings(self.case)), 2)

    def test_letter_stays_what_it_was_when_weasyprint_comes_back(self):
        letter = self._write(self.case)
        with (
            self._without_weasyprint(),
            self._with_wkhtmltopdf("ok"),
            patch.object(
                IrActionsReport, "_run_wkhtmltopdf", lambda *_args, **_kw: STOCK_PDF
            ),
        ):
            self._print(letter)
        self.assertEqual(self._print(letter), STOCK_PDF)

    def test_weasyprint_is_found_again(self):
        with self._without_weasyprint():
            self.assertFalse(self.env.ref(REPORT).is_pdf_ready)
        self.env.invalidate_all()
        self.assertTrue(self.env.ref(REPORT).is_pdf_ready)
