# What people say in a test is not translated.
# pylint: disable=translation-required
import hashlib
from unittest.mock import patch

import pypdf
from freezegun import freeze_time

from odoo.tests import tagged

from ... import pdf_engine
from ..common import LetterCase, io


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMinutes(LetterCase):
    """A-13, M21: tagged PDF/A in the language of the case, made once and kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leader = cls.env(user=cls.leader.id)
        meeting = leader["complaint.meeting"].create(
            {
                "case_id": cls.case.id,
                "start_at": "2026-11-01 09:00:00",
                "place": "Rom 2",
            }
        )
        meeting.action_hold()
        cls.minutes = leader["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": "Varm mat\nHver dag"}
        )

    def _text(self, document):
        reader = pypdf.PdfReader(io.BytesIO(document.sudo()._open()))
        return reader, "\n".join(page.extract_text() for page in reader.pages)

    def test_frozen_and_signed_each_has_its_own_kept_pdf(self):
        self.minutes.action_freeze()
        first = self.minutes.document_ids
        self.assertEqual(first.kind, "pdf")
        kept = first.sudo()._open()
        reader, text = self._text(first)
        for words in (
            "Varm mat",
            self.case.reference,
            "Kåre Østerås",
            "Nobody has signed",
            # Who writes it, and where they are.
            "Verkstedveien 1, 0150 Oslo",
        ):
            self.assertIn(words, text)
        self.assertIn(self.minutes.digest[:16], text.replace("\n", ""))
        self.assertTrue(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
        self.assertEqual(hashlib.sha256(kept).hexdigest(), first.digest)
        self.minutes.action_sign()
        second = self.minutes.document_ids.sorted("id")[-1]
        self.assertNotEqual(second, first)
        self.assertIn("For the organisation", self._text(second)[1])
        # Printed again nothing is laid out: the bytes are the kept ones.
        with patch.object(pdf_engine, "find", side_effect=AssertionError):
            first.action_open()
            self.assertEqual(first.sudo()._open(), kept)

    def test_without_the_engine_it_is_a_page(self):
        with patch.object(pdf_engine, "find", return_value=None):
            self.minutes.action_freeze()
        self.assertEqual(self.minutes.document_ids.kind, "html")
        page = self.minutes.document_ids.sudo()._open().decode()
        self.assertTrue(page.startswith("<!DOCTYPE html>\n"), page[:60])
        self.assertIn("Varm mat", page)

    def test_a_failing_layout_loses_no_signature(self):
        engine = pdf_engine.find()
        with patch.object(engine, "write_pdf", side_effect=ValueError):
            self.minutes.action_freeze_and_sign()
        self.assertEqual(set(self.minutes.document_ids.mapped("kind")), {"html"})
        self.assertTrue(self.minutes.is_signed_by_us)
