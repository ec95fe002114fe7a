from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html
from psycopg2.errors import UniqueViolation

from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.klagebehandling.sealing import receipt_code

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestReceipt(PortalCase):
    def test_receipt_shows_code_dates_and_a_copy(self):
        #
        self.policy.protection_text = "<p>Nobody may treat you worse.</p>"
        page = self._send(
            description="First line\nsecond line",
            name="Kari Nordmann",
            files={"attachments": ("note.txt", b"hello")},
        )
        code = self._code(page)
        self.assertEqual(receipt_code.normalise(code), code)
        for words in (
            "Nobody may treat you worse.",
            "First line\nsecond line",
            "Kari Nordmann",
            "note.txt (5 bytes)",
            "What happens next",
            "we confirm that it has been received",
            "the case is finished",
        ):
            self.assertIn(words, page.text)
        self.assertNotIn("staff meeting", page.text)

    def test_sizes_of_files_are_said_in_the_language_of_the_page(self):
        page = self.env["complaint.portal.page"]
        for lang, said in {
            "nb_NO": ("3 byte", "12 kB", "2,1 MB"),
            "sv_SE": ("3 byte", "12 kB", "2,1 MB"),
            "en_US": ("3 bytes", "12 kB", "2.1 MB"),
        }.items():
            sizes = (3, 12 * 1024, 2_200_000)
            words = [page.with_context(lang=lang)._say_size(size) for size in sizes]
            self.assertEqual([word.replace("\xa0", " ") for word in words], list(said))

    def test_sent_twice_is_one_case_and_the_same_receipt(self):
        token = self._token()
        files = {"attachments": ("note.txt", b"hello")}
        first = self._send(token=token, files=files)
        count = self._case_count()
        second = self._send(token=token, files=files)
        self.assertEqual(self._case_count(), count)
        self.assertEqual(self._code(first), self._code(second))
        self.assertEqual(self._case(first), self._case(second))

    def test_an_hour_later_it_is_the_same_case_and_no_code(self):
        token = self._token()
        first = self._send(token=token)
        code, count = self._code(first), self._case_count()
        with freeze_time(datetime.now() + timedelta(minutes=61), tick=True):
            second = self._send(token=token)
        self.assertEqual(second.status_code, 200)
        self.assertEqual(self._case_count(), count)
        self.assertEqual(self._case(first), self._case(second))
        self.assertIn("We had received this already", second.text)
        self.assertNotIn(code, second.text)
        self.assertNotIn("kvittering", second.text)

    def test_once_kept_the_code_is_not_shown_again(self):
        token = self._token()
        first = self._send(token=token)
        code = self._code(first)
        visit = html.fromstring(first.content).xpath("//input[@name='visit']")[0].value
        status = self.url_open(f"{self.url}/kvittering", data={"visit": visit})
        self.assertIn("/klage/status", status.url)
        self.assertNotIn(code, status.text)
        count = self._case_count()
        second = self._send(token=token)
        self.assertEqual(second.status_code, 200)
        self.assertEqual(self._case_count(), count)
        self.assertNotIn(code, second.text)
        self.assertEqual(
            self.env["complaint.case"]._find_by_code(code), self._case(first)
        )

    def test_code_never_wraps_inside_a_group(self):
        groups = self._code(self._send()).split("-")
        self.assertEqual([len(group) for group in groups], [5, 5, 5, 5])
        # One text, so that it is copied whole: style says where it may break.
        css = self.url_open("/klagebehandling_portal/static/src/css/portal.css").text
        rule = css.partition("p.secret {")[2].partition("}")[0]
        self.assertIn("word-break: keep-all;", rule)
        self.assertIn("overflow-wrap: normal;", rule)

    def test_a_forged_visit_keeps_no_code(self):
        token = self._token()
        first = self._send(token=token)
        for visit in ("", "x", token, self._code(first)):
            page = self.url_open(f"{self.url}/kvittering", data={"visit": visit})
            self.assertEqual(page.status_code, 200)
        self.assertEqual(self._code(self._send(token=token)), self._code(first))

    def test_another_visit_with_the_same_words_is_a_case_of_its_own(self):
        first, second = self._send(), self._send()
        self.assertNotEqual(self._case(first), self._case(second))
        self.assertNotEqual(self._code(first), self._code(second))

    def test_changed_and_sent_again_is_not_lost(self):
        token = self._token()
        first = self._send(token=token)
        second = self._send(token=token, description="The food is cold and late.")
        self.assertNotEqual(self._case(first), self._case(second))
        self.assertNotEqual(self._code(first), self._code(second))

    def test_code_is_in_no_address_and_no_column(self):
        page = self._send()
        code = self._code(page)
        self.assertNotIn(code, page.url)
        case = self._case(page)
        self.assertNotEqual(case.access_code_hash, code)
        self.assertEqual(self.env["complaint.case"]._find_by_code(code), case)

    def test_sent_twice_at_once_is_tried_again(self):
        form = self.env["complaint.portal.form"]
        door = self.env.registry["complaint.intake"]
        with (
            patch.object(door, "register", side_effect=UniqueViolation),
            self.assertRaises(ConcurrencyError),
        ):
            form._hand_in({})

    @mute_logger("odoo.addons.klagebehandling_portal.models.form.complaint_portal_form")
    def test_fault_on_our_side_shows_no_internals(self):
        door = self.env.registry["complaint.intake"]
        with patch.object(
            door, "register", side_effect=ValidationError("inner canary")
        ):
            page = self._send(description="Long and important")
        self.assertEqual(page.status_code, 422)
        self.assertIn("fault on our side", page.text)
        self.assertNotIn("canary", page.text)
        self.assertEqual(self._typed(page, "description"), "Long and important")
