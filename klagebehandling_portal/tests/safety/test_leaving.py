from lxml import html

from odoo.tests import new_test_user, tagged

from ..common import PortalCase

BETRAYING = ("complain", "klag", "synpunkt", "varsl")


@tagged("post_install", "-at_install")
class TestLeaving(PortalCase):
    """What the pages say and give to their script; the script itself runs in
    ``tests/browser/safety.mjs``."""

    def _page(self, answer):
        return html.fromstring(answer.content)

    def _idle(self, answer):
        return self._page(answer).find(".//body").get("data-idle")

    def _open_case(self):
        return self.url_open("/klage/status", data={"code": self._code(self._send())})

    def test_history_says_nothing_about_a_complaint(self):
        pages = [
            self.url_open(path)
            for path in ("/klage", self.url, "/klage/status", "/klage/nowhere")
        ]
        pages += [self._send(), self._open_case(), self._send(description="")]
        for page in pages:
            title = self._page(page).find(".//title").text_content()
            self.assertTrue(title.strip())
            for word in BETRAYING:
                self.assertNotIn(word, title.lower())

    def test_every_page_can_be_left_at_once_with_its_limits_told(self):
        for answer in (
            self.url_open(self.url),
            self.url_open("/klage/nowhere"),
            self._send(),
            self._open_case(),
        ):
            page = self._page(answer)
            (way_out,) = page.xpath("//a[@id='leave']")
            self.assertTrue(way_out.get("href").startswith("https://"))
            self.assertEqual(way_out.get("rel"), "noreferrer noopener")
            self.assertIn("We cannot clear your browser.", answer.text)
            self.assertIn("All this needs scripts in your browser.", answer.text)

    def test_without_a_script_the_page_says_what_is_missing(self):
        for answer in (self.url_open(self.url), self._send(), self._open_case()):
            words = self._text(answer, "//noscript")
            self.assertIn("this page is not covered", words)
        for path in ("/klage", "/klage/status", "/klage/nowhere"):
            self.assertFalse(self._page(self.url_open(path)).xpath("//noscript"))

    def test_what_may_be_written_is_covered_and_a_case_is_emptied(self):
        self.assertEqual(self._idle(self.url_open(self.url)), "cover")
        self.assertEqual(self._idle(self._send(description="")), "cover")
        self.assertEqual(self._idle(self._send()), "cover")
        self.assertEqual(self._idle(self._open_case()), "empty")
        self.assertIsNone(self._idle(self.url_open("/klage/status")))
        wrong = self.url_open("/klage/status", data={"code": "wrong"})
        self.assertIsNone(self._idle(wrong))

    def test_new_code_of_a_report_is_not_emptied_away(self):
        page = self._open_case()
        told = self._post_act(page, "reprisal", text="They took my shift away.")
        self.assertTrue(self._code(told))
        self.assertEqual(self._idle(told), "cover")

    def test_signed_in_a_case_is_covered(self):
        new_test_user(self.env, "safety-my", groups="base.group_portal")
        self.authenticate("safety-my", "safety-my")
        page = self.url_open("/my/complaints")
        self.assertEqual(self._idle(page), "cover")
        self.assertIn("You stay signed in until you sign out.", page.text)

    def test_emptied_the_page_says_why_it_asks_for_the_code(self):
        page = self.url_open("/klage/status?closed=1")
        self.assertIn("Your case is closed on this screen.", page.text)
        self.assertNotIn("closed on this screen", self.url_open("/klage/status").text)
