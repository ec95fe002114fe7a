# What people say in a test is not translated.
# pylint: disable=translation-required
import hashlib
import json

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling.archiving import verify_bundle

from ..common import LetterCase

WHOLE = "documents/case.pdf"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestArchivedPaper(LetterCase):
    """The bundle holds the case file and our letters as PDF/A (M38)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register_writer(title="Kald mat", description="Maten er kald.")
        cls.letter = cls._write(cls.case)
        cls.env["complaint.note"].with_user(cls.leader).create(
            {"case_id": cls.case.id, "body": "Ringte kjøkkenet."}
        )

    def _members(self, case=None, user=None):
        own = (case or self.case).with_user(user or self.leader)
        return own.with_context(allowed_company_ids=self.company.ids)._bundle_members()

    def _path(self, letter=None):
        return f"documents/letter-{(letter or self.letter).id}.pdf"

    def test_the_whole_case_is_in_it_for_the_archive(self):
        # C-21
        raw = self._members()[WHOLE]
        text = self._text(raw)
        for words in ("Maten er kald.", "Maten er varm nå.", "Ringte kjøkkenet."):
            self.assertIn(words, text)
        entry = self.case.journal_ids.sorted("sequence")[:1]
        self.assertIn(entry.digest[:20], text.replace(" ", ""))
        with self._open(raw) as pdf:
            self.assertIn("/StructTreeRoot", pdf.Root)
            with pdf.open_metadata() as metadata:
                self.assertEqual(metadata["pdfaid:part"], "2")
                self.assertEqual(metadata["pdfaid:conformance"], "A")

    def test_a_letter_is_the_one_that_was_kept(self):
        fresh = self._members()[self._path()]
        self.assertIn("Fjellgata 12 B", self._text(fresh))
        printed = self._print(self.letter)
        self.letter.sudo().body = "<p>Something else.</p>"
        self.assertEqual(self._members()[self._path()], printed)

    def test_to_who_is_protected_it_is_the_one_without_an_address(self):
        case = self._register_writer(anonymity="protected")
        letter = self._write(case)
        both = self._create_both()
        case.sudo().handler_id = both
        for user in (self.leader, both):
            members = self._members(case, user)
            for path in (self._path(letter), WHOLE):
                text = self._text(members[path])
                self.assertIn("Maten er varm nå.", text)
                self.assertNotIn("Fjellgata", text)
                self.assertNotIn("Østerås", text)

    def test_what_its_maker_does_not_read_is_not_in_it(self):
        """Words that a role hides are hidden on paper too."""
        members = self._members()
        said = {one["path"] for one in json.loads(members["index.json"])["documents"]}
        self.assertLessEqual({WHOLE, self._path()}, said)
        draft = self._write(self.case, state="draft", body="<p>Utkast.</p>")
        members = self._members()
        self.assertNotIn(self._path(draft), members)
        self.assertNotIn("Utkast.", self._text(members[WHOLE]))

    def test_the_xml_names_it_and_a_flipped_byte_is_found(self):
        members = self._members()
        xml = b"".join(raw for path, raw in members.items() if path.endswith(".xml"))
        raw = verify_bundle.pack(members)
        for path in (WHOLE, self._path()):
            self.assertIn(path.encode(), xml)
            self.assertIn(hashlib.sha256(members[path]).hexdigest().encode(), xml)
            flipped = bytearray(raw)
            flipped[raw.index(members[path]) + len(members[path]) // 2] ^= 1
            self.assertEqual(
                [*verify_bundle.check_bytes(bytes(flipped))], [f"changed: {path}"]
            )

    def test_where_no_pdf_can_be_made_the_pages_are_there(self):
        with self._without_weasyprint():
            members = self._members()
        self.assertNotIn(WHOLE, members)
        self.assertIn(f"documents/letter-{self.letter.id}.html", members)

    def test_nothing_is_entered_as_printed(self):
        self._members()
        self.assertFalse(self._printings(self.case))
