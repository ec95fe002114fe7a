from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.inspection.common import TODAY

from .common import DESK, InspectorCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestInspectionPage(InspectorCase):
    """What an inspector reads, and how: lists, and cases that say they were read."""

    def _address(self, case):
        return f"{DESK}/{case.reference}"

    def _open_case(self, case):
        """As the button on its page does."""
        page = self.url_open(self._address(case))
        (form,) = html.fromstring(page.content).forms
        return self.url_open(self._address(case), data=dict(form.form_values()))

    def _inspected(self, case):
        return case.journal_ids.filtered(lambda one: one.event == "inspected")

    def test_lists_have_their_cases(self):
        self.case.sudo().outcome = "not_upheld"
        other = self._register()
        self.inspection.action_end()
        self._open(sample_size=0)
        self.user.password = "inspector of complaints"
        self._sign_in()
        for name, shown, hidden in (
            ("refused", self.case, other),
            ("sample", self.case.browse(), self.case | other),
            ("late", self.case.browse(), self.case | other),
            ("all", self.case | other, self.case.browse()),
        ):
            page = self.url_open(f"{DESK}?list={name}").text
            with self.subTest(list=name):
                for case in shown:
                    self.assertIn(case.reference, page)
                for case in hidden:
                    self.assertNotIn(case.reference, page)

    def test_nothing_is_offered_that_is_for_who_complains(self):
        self._sign_in()
        page = self.url_open(DESK).text
        for words in ("safety.js", "/my/complaints", 'href="/klage/status'):
            self.assertNotIn(words, page)
        self.assertIn("/web/session/logout", page)

    def test_the_page_says_how_to_draw_the_sample_again(self):
        self._sign_in()
        page = self.url_open(DESK).text
        for words in (self.inspection.seed, "SHA-256", "IVO", "Supervision"):
            self.assertIn(words, page)

    def test_a_case_is_read_once_it_is_opened_and_its_journal_says_so(self):
        self._sign_in()
        page = self.url_open(self._address(self.case))
        self.assertNotIn("Cold porridge", page.text)
        self.assertFalse(self._inspected(self.case))
        page = self._open_case(self.case)
        self.assertIn("Cold porridge", page.text)
        payload = self._inspected(self.case).payload
        self.assertEqual(payload["inspection"], self.inspection.id)
        # Read again within minutes, it is the same opening.
        self.assertIn("Cold porridge", self.url_open(self._address(self.case)).text)
        self.assertEqual(len(self._inspected(self.case)), 1)

    def test_opening_takes_the_page_of_who_is_signed_in(self):
        self._sign_in()
        self.url_open(self._address(self.case), data={"csrf_token": "x"})
        self.assertFalse(self._inspected(self.case))

    def test_a_case_out_of_scope_is_missing_like_one_that_is_not(self):
        self._sign_in()
        later = self._register()
        for reference in (later.reference, "AAAAA-AAAAA", "1", "%00", "a" * 3000):
            with self.subTest(reference=reference):
                answer = self.url_open(f"{DESK}/{reference}")
                self.assertEqual(answer.status_code, 404)

    def test_odd_lists_are_the_sample(self):
        self._sign_in()
        for query in (
            "list=x",
            "part=-1",
            "part=1e9",
            "part=²",
            "lang=xx",
            "part=99999",
        ):
            with self.subTest(query=query):
                self.assertEqual(self.url_open(f"{DESK}?{query}").status_code, 200)

    def test_pages_are_kept_by_no_browser_and_shown_in_no_frame(self):
        self._sign_in()
        for path in (DESK, self._address(self.case)):
            headers = self.url_open(path).headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])

    def test_a_list_asks_as_often_for_many_as_for_few(self):
        def asked():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            inspection = self.env["complaint.inspection"].with_user(self.user)
            desk = inspection.browse(self.inspection.id)._as_desk("all", 0)
            said = [
                (line.reference, line._say_facts(), line._say_lists())
                for line in desk["lines"]
            ]
            return len(said), self.env.cr.sql_log_count - before

        asked()
        few, often = asked()
        for _number in range(4):
            self._register()
        self.inspection.action_end()
        self.inspection = self._open()
        asked()
        self.assertEqual(asked(), (few + 4, often))
