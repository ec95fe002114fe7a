from unittest.mock import patch

from odoo.tests import tagged

from ... import pdf_engine
from ..common import LetterCase
from ..printed import read

SCRIPTS = {
    "Sámi": "Čállin Đ đ Ŋ ŋ Š š Ŧ ŧ Ž ž",
    "emoji": "😀 👍🏽 👨\u200d👩\u200d👧 ⚠️ 🇳🇴",
    "Thai": "ภาษาไทย สวัสดี",
    "Hindi": "नमस्ते हिन्दी",
    "Arabic": "مرحبا بالعالم",
    "Hebrew": "שלום עולם",
    "Tamil": "வணக்கம்",
    "Amharic": "ሰላም",
    "Georgian": "გამარჯობა",
    "Greek and Russian": "Γειά σου Здравствуйте",
    "Chinese": "中文投诉",
    "Japanese": "日本語のテキスト",
    "Korean": "한국어",
}


@tagged("post_install", "-at_install")
class TestGlyphs(LetterCase):
    """Letters in the scripts that people write in, and a word where one is missing."""

    def _warnings(self):
        sent = []

        def send(_self, kind, message, **_options):
            sent.append((kind, message))

        return sent, patch.object(type(self.env["res.users"]), "_bus_send", send)

    def test_the_scripts_of_those_who_write_are_printed(self):
        body = "".join(f"<p>{text}</p>" for text in SCRIPTS.values())
        letter = self._write(self.case, body=body)
        sent, patched = self._warnings()
        with patched:
            pdf = self._print(letter)
        self.assertEqual(sent, [])
        self.assertFalse(letter.unprintable)
        self.assertNotIn("\ufffd", "".join(one.text for one in read(pdf)))
        with self._open(pdf) as opened, opened.open_metadata() as metadata:
            self.assertEqual(metadata.pdfa_status, "2A")

    def test_arabic_stands_at_the_right(self):
        printed = read(self._print(self._write(self.case, body="<p>مرحبا</p>")))
        (word,) = (one for one in printed if "ا" in one.text)
        self.assertGreater(word.right, 175)

    def test_a_missing_sign_is_told_and_the_letter_is_made(self):
        letter = self._write(self.case, body="<p>Hei \u0378 hei \u0378</p>")
        self.assertIn("U+0378", letter.with_user(self.leader).unprintable)
        sent, patched = self._warnings()
        with patched:
            pdf = self._print(letter)
        ((kind, message),) = sent
        self.assertEqual(kind, "simple_notification")
        self.assertIn("U+0378", message["message"])
        self.assertIn("Kåre Østerås", [one.text for one in read(pdf)])

    def test_what_open_sans_has_is_not_laid_out_to_find_out(self):
        engine = pdf_engine.find()
        with patch.object(engine, "lay_out", side_effect=AssertionError):
            self.assertEqual(engine.unprintable("Åse – «Øl» č đ ŋ", self.env), "")

    def test_a_hidden_name_is_not_told_by_its_letters(self):
        self.case.party_ids.write({"name": "Ka\u0378re", "is_protected": True})
        letter = self._write(self.case)
        self.assertFalse(letter.with_user(self.leader).unprintable)
        self.case.party_ids.is_protected = False
        letter.invalidate_recordset()
        self.assertIn("U+0378", letter.with_user(self.leader).unprintable)

    def test_only_who_reads_the_letter_is_told(self):
        field = self.env["complaint.correspondence"]._fields["unprintable"]
        self.assertEqual(field.groups, "klagebehandling.group_caseworker")
