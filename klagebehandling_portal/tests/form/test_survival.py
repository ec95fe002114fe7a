from unittest.mock import patch

from lxml import html

from odoo.http import Request, request
from odoo.tests import tagged

from odoo.addons.klagebehandling import limits

from ... import outage, typed
from ...models.form.complaint_portal_form import ComplaintPortalForm
from ...models.page import complaint_throttle
from ..common import PortalCase

TEXT = 'Line one & <two>\n"three"  – æøå'
PHOTO = ("attachments", ("photo.jpg", b"not really", "image/jpeg"))


@tagged("post_install", "-at_install")
class TestSurvival(PortalCase):
    """What was typed comes back, whatever became of the request, without a script.

    With the script the page stays: ``tests/browser/survival.mjs``.
    """

    def _given_back(self, page):
        """The story that stands in the answer, as a browser would send it on."""
        form = html.fromstring(page.content).xpath("//main//form")[0]
        return dict(form.form_values())["description"].removeprefix("\n")

    def _assert_kept(self, page, status):
        self.assertEqual(page.status_code, status)
        text = self._given_back(page).replace("\r\n", "\n")
        self.assertEqual(text, TEXT)
        self.assertNotIn("go back", page.text.lower())
        self.assertNotIn("one page in your", page.text)

    def test_another_language_keeps_what_was_typed_and_sends_nothing(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        count = self._case_count()
        token = self._token()
        page = self._send(
            f"{self.url}?lang=sv",
            description=TEXT,
            anonymity="protected",
            name="Kari",
            show="form",
            token=token,
        )
        self._assert_kept(page, 200)
        self.assertIn('<html lang="sv">', page.text)
        self.assertEqual(self._typed(page, "name"), "Kari")
        self.assertEqual(self._typed(page, "anonymity"), "protected")
        self.assertEqual(self._typed(page, "token"), token)
        self.assertNotIn('id="errors"', page.text)
        self.assertEqual(self._case_count(), count)

    def test_language_is_a_button_and_enter_still_sends(self):
        page = html.fromstring(self.url_open(self.url).content)
        buttons = page.xpath(
            "//button[@type='submit'][@form='complaint' or ancestor::form]"
        )
        # A field's Enter presses the first one of the form.
        self.assertFalse(buttons[0].get("name"))
        shown = page.xpath("//nav//button/@formaction")
        self.assertTrue(shown)
        self.assertFalse(page.xpath("//nav//a"))
        for link in page.xpath("//footer//a | //main//a[not(starts-with(@href, '#'))]"):
            self.assertEqual(link.get("target"), "_blank", link.get("href"))

    def test_language_is_offered_again_when_something_must_be_corrected(self):
        page = self._send(description=TEXT, anonymity="")
        self.assertTrue(html.fromstring(page.content).xpath("//nav//button"))
        self._assert_kept(page, 422)

    def test_too_many_forms_keep_it(self):
        with (
            patch.dict(complaint_throttle.LIMITS, {"form": 1}),
            patch.object(complaint_throttle, "HIDDEN_FACTOR", 1),
        ):
            pages = [self._send(description=TEXT) for _try in range(3)]
        page = pages[-1]
        self._assert_kept(page, 429)

    def test_an_expired_form_keeps_it(self):
        page = self._send(description=TEXT, token=self._token(3 * 24 * 3600))
        self._assert_kept(page, 422)

    def test_a_refused_file_keeps_it_and_is_named(self):
        large = ("large.mp4", b"x" * (limits.MAX_FILE + 1), "video/mp4")
        empty = ("empty.txt", b"", "text/plain")
        files = [("attachments", large), ("attachments", empty), PHOTO]
        page = self._send(description=TEXT, files=files)
        self._assert_kept(page, 422)
        error = self._error_of(page, "attachments")
        self.assertIn("large.mp4", error)
        self.assertIn("empty.txt", error)
        self.assertNotIn("photo.jpg", error)

    def test_a_body_that_is_too_large_gives_the_text_back(self):
        files = [("attachments", ("film.mp4", b"x" * 300_000, "video/mp4"))]
        with patch.object(typed, "CHUNK", 1000):
            page = self._send_limited(files, description=TEXT)
        self._assert_kept(page, 413)
        self.assertIn("too large", page.text)

    def _send_limited(self, files, **answers):
        """Send where far less is let in than a browser would have to send."""
        pre_dispatch = self.env.registry["ir.http"]._pre_dispatch.__func__

        def limited(cls, rule, args):
            pre_dispatch(cls, rule, args)
            request.httprequest.max_content_length = 100_000

        with patch.object(
            self.env.registry["ir.http"], "_pre_dispatch", classmethod(limited)
        ):
            return self._send(files=files, **answers)

    def test_text_is_found_when_the_files_are_cut_off(self):
        files = [("attachments", ("film.mp4", b"x" * 300_000, "video/mp4"))]
        with (
            patch.object(typed, "MOST_TEXT", 50_000),
            patch.object(typed, "CHUNK", 999),
        ):
            page = self._send_limited(files, description=TEXT)
        self._assert_kept(page, 413)

    def test_a_fault_of_ours_gives_the_text_back(self):
        def fail(*args):
            raise ZeroDivisionError

        with (
            patch.object(ComplaintPortalForm, "_submit", fail),
            self.assertLogs("odoo.http", "ERROR"),
        ):
            page = self._send(description=TEXT, name="Kari")
        self._assert_kept(page, 500)
        form = html.fromstring(page.content).xpath("//main//form")[0]
        # The button of that page shows the form again, with all of it.
        data = dict(form.form_values()) | {"show": "form"}
        files = {"attachments": ("", b"")}
        page = self.url_open(form.get("action"), data=data, files=files)
        self._assert_kept(page, 200)
        self.assertEqual(self._typed(page, "name"), "Kari")

    def test_without_a_database_the_text_is_given_back(self):
        with patch.object(outage, "_is_away", lambda request: True):
            serve = Request._serve_nodb
            with patch.object(Request, "_serve_db", serve):
                page = self._send(description=TEXT)
        self._assert_kept(page, 503)
        self.assertGreater(int(page.headers["Retry-After"]), 0)

    def test_no_field_takes_more_text_than_can_be_given_back(self):
        # Odoo reads so much text of a form at most, and throws the rest away.
        most = 10 * limits.MEGABYTE
        names = [self._field(name) for name in ("title", "description", "event_date")]
        self.policy.field_ids = [*names, self._field("desired_outcome")]
        receipt = self._send(anonymity="anonymous")
        status = self.url_open("/klage/status", data={"code": self._code(receipt)})
        for page in (self.url_open(self.url), status):
            for form in html.fromstring(page.content).iter("form"):
                areas = form.findall(".//textarea")
                # A sign that a browser counts as one has three bytes at most.
                length = sum(3 * int(area.get("maxlength")) for area in areas)
                self.assertLess(length, most // 2)

    def test_page_says_what_cannot_be_kept(self):
        page = html.fromstring(self.url_open(self.url).content)
        said = " ".join(one.text_content() for one in page.xpath("//noscript"))
        for words in ("close or reload", "leave", "gone", "network", "not covered"):
            self.assertIn(words, said)
        page = self._send(description=TEXT, anonymity="", files=[PHOTO])
        self.assertIn("A browser cannot keep files", page.text)

    def test_files_come_after_all_texts(self):
        # Where a body is too large only its beginning is read.
        page = self.url_open(self.url)
        form = html.fromstring(page.content).get_element_by_id("complaint")
        names = [one.get("name") for one in form.iter("input", "textarea", "select")]
        names = [name for name in names if name]
        first = names.index("attachments")
        self.assertFalse(set(names[first:]) - {"attachments", "attachments_as_is"})
