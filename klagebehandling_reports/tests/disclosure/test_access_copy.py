import base64
import io
import re
from unittest.mock import patch

import pikepdf
import pypdf
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.klagebehandling.tests.disclosure.test_access_request import (
    DisclosureCase,
)

from ... import pdf_engine

MASKED = ("Kari", "Nordmann", "912 34 567", "91234567", "example.com", "811228-9874")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestAccessCopy(DisclosureCase):
    """The copy is built from masked text: nothing masked is in any byte (M35, B-30)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls._register(
            description="Kari Nordmann, 811228-9874, got unheated porridge.\n"
            "Call 912 34 567 or kari@example.com. Karis mother said so too.",
            parties=[{"role": "complainant", "name": "Kari Nordmann"}],
            attachments=[{"name": "Kari Nordmann.txt", "content": "S2FyaSBzYWlk"}],
        )
        request = cls._ask()
        request.action_search()
        cls.review = request.sudo().review_ids.with_user(cls.leader)
        assert cls.review.case_id == case
        cls.review.ground_id = cls.law
        cls.review.action_mask_all()

    def _file(self):
        self.review.action_review()
        self.review.action_answer()
        return base64.b64decode(self.review.copy_file)

    def _streams(self, raw):
        """Every byte of a PDF that anything could be read from, decompressed."""
        found = [raw]
        with pikepdf.open(io.BytesIO(raw)) as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Stream):
                    try:
                        found.append(item.read_bytes())
                    except pikepdf.PdfError:
                        found.append(item.read_raw_bytes())
                found.append(repr(item).encode())
        return found

    def assertNoneOf(self, words, raw):
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            for one in words:
                self.assertNotIn(one.encode(encoding), raw)

    def test_no_masked_string_in_any_stream_of_the_pdf(self):
        # B-30, M35
        raw = self._file()
        for stream in self._streams(raw):
            self.assertNoneOf(MASKED, stream)
        reader = pypdf.PdfReader(io.BytesIO(raw))
        text = " ".join(page.extract_text() for page in reader.pages)
        text = re.sub(r"\s+", " ", text)
        self.assertNoneOf(MASKED, text.encode())
        # The rest is read, and the ground stands at each mask.
        self.assertIn("got unheated porridge", text)
        self.assertIn("[masked: Secrecy Act 7 (not verified)]", text)
        self.assertFalse(reader.attachments)
        self.assertTrue(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
        self.assertEqual(self.review.copy_name, f"{self.review.reference}.pdf")

    def test_page_without_the_engine_holds_no_masked_string(self):
        # M35: the twin.
        with patch.object(pdf_engine, "find", return_value=None):
            raw = self._file()
            self.assertEqual(self.review.copy_name, f"{self.review.reference}.html")
        self.assertNoneOf(MASKED, raw)
        self.assertIn(b"got unheated porridge", raw)

    def test_nothing_is_downloaded_before_it_is_answered(self):
        # B-28
        with self.assertRaises(UserError):
            self.review.action_open_copy()
        self.review.action_review()
        self.assertFalse(self.review.copy_file)
        with self.assertRaises(UserError):
            self.review.action_open_copy()
        self.review.action_answer()
        self.assertIn("copy_file", self.review.action_open_copy()["url"])
