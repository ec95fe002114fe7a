import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ..common import LetterCase

TEMPLATE = "klagebehandling_reports.complaint_correspondence_letter"
CLICK = """
    document.querySelector("button[name=action_print_letter]").click();
    const loaded = () => performance.getEntriesByType("resource");
    const asked = (path) => loaded().some(({ name }) => name.includes(path));
    const wait = setInterval(() => {
        if (asked("/report/download")) {
            clearInterval(wait);
            if (asked("/report/check_wkhtmltopdf")) {
                console.error("the browser asked for wkhtmltopdf");
            } else {
                console.log("test successful");
            }
        }
    }, 100);
"""


@tagged("post_install", "-at_install")
class TestLetterDownload(HttpCase, LetterCase):
    def setUp(self):
        super().setUp()
        self._render_for_real()
        self.letter = self._write(self.case)

    def _render_for_real(self):
        """Odoo renders HTML in the place of PDF while tests run."""
        original = IrActionsReport._pre_render_qweb_pdf

        def _pre_render_qweb_pdf(reports, *args, **kwargs):
            forced = reports.with_context(force_report_rendering=True)
            return original(forced, *args, **kwargs)

        self.patch(IrActionsReport, "_pre_render_qweb_pdf", _pre_render_qweb_pdf)

    def _download(self, letter):
        url = f"/report/pdf/{TEMPLATE}/{letter.id}"
        values = {
            "data": json.dumps([url, "qweb-pdf"]),
            "csrf_token": Request.csrf_token(self),
        }
        return self.url_open("/report/download", data=values)

    def test_download(self):
        self.authenticate("test_leader", "test_leader")
        response = self._download(self.letter)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertEqual(
            response.headers["Content-Disposition"],
            f"attachment; filename*=UTF-8''{self.letter._print_name()}.pdf",
        )
        self.assertEqual(self._download(self.letter).content, response.content)
        self.assertEqual(len(self._printings(self.case)), 2)

    def test_page_for_the_screen_is_journaled_too(self):
        # M19
        self.authenticate("test_leader", "test_leader")
        page = f"/report/html/{TEMPLATE}/{self.letter.id}"
        text = page.replace("/html/", "/text/")
        for url in (page, page + "?report_type=pdf", text):
            # Plain text comes without saying how it is encoded.
            self.assertIn("Østerås", self.url_open(url).content.decode())
        self.env.invalidate_all()
        entries = self._printings(self.case)
        self.assertEqual([one.payload.get("is_screen") for one in entries], [True] * 3)
        self.assertEqual(entries.user_id, self.leader)

    def test_stranger_gets_nothing(self):
        self.authenticate("test_leader", "test_leader")
        self._download(self.letter)
        for user in ("test_employee", "test_other_leader", "test_auditor"):
            self.authenticate(user, user)
            for way in ("pdf", "html", "text"):
                with self.subTest(user=user, way=way):
                    url = f"/report/{way}/{TEMPLATE}/{self.letter.id}"
                    response = self.url_open(url)
                    self.assertEqual(response.status_code, 403)
                    self.assertNotIn("Østerås", response.text)
        self.assertEqual(len(self._printings(self.case)), 1)

    def test_button_prints_without_wkhtmltopdf(self):
        self.browser_js(
            f"/odoo/complaint-correspondence/{self.letter.id}",
            CLICK,
            ready="!!document.querySelector('button[name=action_print_letter]')",
            login="test_leader",
        )
        self.env.invalidate_all()
        self.assertEqual(self._printings(self.case).user_id, self.leader)
