import hashlib

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.klagebehandling.sealing import keyring

from ..common import LetterCase


@tagged("post_install", "-at_install")
class TestLetterKept(LetterCase):
    def _kept(self, letters):
        return self.env["ir.attachment"].search(
            [("res_model", "=", letters._name), ("res_id", "in", letters.ids)]
        )

    def test_reprint_is_the_same_bytes(self):
        letter = self._write(self.case)
        first = self._print(letter)
        letter.sudo().body = "<p>Something else.</p>"
        self.case.sudo().party_ids.name = "Somebody Else"
        self.assertEqual(self._print(letter, self.director), first)
        self.assertEqual(self._print(letter, report_pdf_no_attachment=True), first)
        self.assertEqual(len(self._kept(letter)), 1)
        self.assertFalse(letter._sent_files())

    def test_first_printing_is_kept_however_it_was_asked_for(self):
        letter = self._write(self.case)
        first = self._print(letter + letter, report_pdf_no_attachment=True)
        self.assertEqual(len(self._kept(letter)), 1)
        self.assertEqual(self._print(letter), first)

    def test_kept_copy_gives_nobody_away(self):
        letter = self._write(self.case)
        pdf = self._print(letter)
        kept = self._kept(letter)
        self.assertIn(self.case.reference, kept.name)
        self.assertNotIn("ster", kept.name)
        self.assertNotIn(b"%PDF", kept.raw)
        # Four plain letters can stand in any sealed text, the name cannot.
        self.assertNotIn("sterås", kept.index_content or "")
        self.assertEqual(
            self.env["ir.actions.report"]._unseal(kept.name, kept.raw), pdf
        )
        self.assertNotIn("ster", letter._print_name())

    def test_printing_is_journaled_without_a_name(self):
        letter = self._write(self.case)
        pdf = self._print(letter)
        self._print(letter, self.worker)
        first, second = self._printings(self.case)
        self.assertEqual((first.user_id, second.user_id), (self.leader, self.worker))
        digest = hashlib.sha256(pdf).hexdigest()
        for entry, is_reprint in ((first, False), (second, True)):
            self.assertEqual(entry.payload["digest"], digest)
            self.assertEqual(entry.payload["purpose"], "reply")
            self.assertEqual(entry.payload["is_reprint"], is_reprint)
            self.assertNotIn("Kåre", str(entry.payload))
        self.assertEqual(first.event_label, "Letter printed")

    def test_draft_is_journaled_but_not_kept(self):
        letter = self._write(self.case, state="draft")
        self._print(letter)
        self.assertFalse(self._kept(letter))
        self.assertTrue(self._printings(self.case).payload["is_draft"])
        letter.sudo().state = "queued"
        self._print(letter)
        self.assertTrue(self._kept(letter))

    def test_many_letters_are_kept_one_by_one(self):
        letters = self._write(self.case) + self._write(self.case, lang="sv_SE")
        stack = self._print(letters)
        with self._open(stack) as pdf:
            self.assertEqual(len(pdf.pages), 2)
        self.assertEqual(len(self._kept(letters)), 2)
        for letter, tag in zip(letters, ("nb-NO", "sv-SE"), strict=True):
            with self._open(self._print(letter)) as pdf:
                self.assertEqual(str(pdf.Root.Lang), tag)
                with pdf.open_metadata() as metadata:
                    self.assertEqual(metadata.pdfa_status, "2A")

    def test_changed_or_exchanged_copy_is_refused(self):
        letter, other = self._write(self.case), self._write(self.case)
        self._print(letter)
        self._print(other)
        kept = self._kept(letter)
        for content in (b"%PDF-1.7 forged", self._kept(other).raw, "æ".encode()):
            kept.raw = content
            with self.assertRaisesRegex(UserError, "kept copy cannot be opened"):
                self._print(letter)

    def test_copy_without_its_key_says_what_is_missing(self):
        letter = self._write(self.case)
        self._print(letter)
        key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
        self.patch(keyring, "keyring", lambda: (key,))
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "key"):
            self._print(letter)

    def test_copy_goes_with_the_identity(self):
        letter = self._write(self.case)
        self._print(letter)
        self.case.sudo().party_ids._erase()
        self.assertFalse(self._kept(letter))
        with self.assertRaisesRegex(UserError, "no name and no address"):
            self._print(letter)

    def test_erasing_a_witness_keeps_the_letter(self):
        letter = self._write(self.case)
        self._print(letter)
        witness = self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "witness", "name": "Vitne Vik"}
        )
        witness._erase()
        self.assertTrue(self._kept(letter))
