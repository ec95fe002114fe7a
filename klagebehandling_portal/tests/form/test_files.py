from unittest.mock import patch

from lxml import html

from odoo.tests import tagged

from odoo.addons.klagebehandling.cleaner import limits, pdf, recording
from odoo.addons.klagebehandling.tests import file_fixtures as files
from odoo.addons.klagebehandling.tests import office_fixtures as office

from ..common import PortalCase

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 HemmeligKari"
OLD = ("attachments", ("kari.doc", LOCKED, "application/msword"))
PHOTO = ("attachments", ("kari.jpg", files.jpeg(), "image/jpeg"))


@tagged("post_install", "-at_install")
class TestFiles(PortalCase):
    """Who sends files hears before what they tell, and decides (M12)."""

    def _copies(self, case):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "complaint.case"), ("res_id", "=", case.id)]
        )

    def test_form_says_what_is_removed_and_what_is_not(self):
        page = self.url_open(self.url)
        for words in (
            "From photos, PDF files",
            "We cannot clean packed",
            "handwriting",
        ):
            self.assertIn(words, page.text)
        self.assertNotIn("attachments_as_is", page.text)
        with patch.object(pdf, "HAS_ENGINE", False):
            page = self.url_open(self.url)
        self.assertIn("We cannot do this with PDF files", page.text)
        with patch.object(recording, "HAS_ENGINE", False):
            page = self.url_open(self.url)
        self.assertIn("We cannot clean sound", page.text)

    def test_files_of_the_form_are_cleaned(self):
        for anonymity in ("open", "protected", "anonymous"):
            case = self._case(self._send(anonymity=anonymity, files=[PHOTO]))
            self.assertEqual(files.leaks(self._copies(case).raw), [])
            self.assertEqual(case.original_ids._open(), ("kari.jpg", PHOTO[1][1]))

    def test_who_must_not_be_known_is_asked_before_anything_is_stored(self):
        for anonymity in ("anonymous", "protected"):
            count = self._case_count()
            stored = self.env["ir.attachment"].search_count([])
            page = self._send(
                anonymity=anonymity,
                description="Long and important",
                files=[PHOTO, OLD],
            )
            self.assertEqual(page.status_code, 422)
            error = self._error_of(page, "attachments")
            self.assertIn("kari.doc (Old document format)", error)
            self.assertNotIn("kari.jpg", error)
            self.assertEqual(self._typed(page, "description"), "Long and important")
            self.assertEqual(self._case_count(), count)
            self.assertEqual(self.env["ir.attachment"].search_count([]), stored)
            box = self._box(page)
            self.assertFalse(box.checked)
            self.assertEqual(
                self._text(page, "//label[@for='q-attachments-as-is']"),
                "Send it as it is",
            )

    def test_a_file_of_which_the_cleaner_dies_is_asked_about(self):
        # M12
        bomb = ("attachments", ("bomb.png", files.bomb(), "image/png"))
        for name, value, words in (
            ("MEMORY", 150 * 1024 * 1024, "bomb.png (Too large when unpacked)"),
            ("SECONDS", 0.01, "bomb.png (Takes too long to clean)"),
        ):
            with self.subTest(limit=name), patch.object(limits, name, value):
                page = self._send(
                    anonymity="anonymous", description="Long", files=[bomb]
                )
                self.assertEqual(page.status_code, 422)
                self.assertIn(words, self._error_of(page, "attachments"))
                self.assertEqual(self._typed(page, "description"), "Long")
                case = self._case(self._send(files=[bomb]))
                self.assertEqual(case.original_ids.state, "kept")
                self.assertEqual(self._copies(case).raw, bomb[1][1])

    def _box(self, page):
        form = html.fromstring(page.content).xpath("//form")[0]
        return form.inputs["attachments_as_is"]

    def test_the_sender_may_send_it_as_it_is(self):
        page = self._send(
            anonymity="anonymous", attachments_as_is="yes", files=[PHOTO, OLD]
        )
        self.assertEqual(page.status_code, 200)
        case = self._case(page)
        self.assertEqual(case.original_ids.mapped("state"), ["cleaned", "kept"])
        self.assertEqual(set(self._copies(case).mapped("name")), {"1.jpg", "2.doc"})
        self.assertIn("Kept as it is: it may tell who made it.", page.text)

    def test_the_choice_is_kept_when_something_else_is_wrong(self):
        page = self._send(
            anonymity="anonymous",
            attachments_as_is="yes",
            description="",
            files=[OLD],
        )
        self.assertEqual(page.status_code, 422)
        self.assertTrue(self._box(page).checked)

    def test_all_is_said_at_once(self):
        page = self._send(
            anonymity="protected", description="", reply_channel="phone", files=[OLD]
        )
        self.assertTrue(self._error_of(page, "description"))
        self.assertTrue(self._error_of(page, "phone"))
        self.assertIn("kari.doc", self._error_of(page, "attachments"))

    def test_other_errors_do_not_ask(self):
        for answers in (
            {"anonymity": "anonymous", "description": "", "files": [PHOTO]},
            {"anonymity": "open", "description": "", "files": [OLD]},
        ):
            page = self._send(**answers)
            self.assertEqual(page.status_code, 422)
            self.assertNotIn("attachments_as_is", page.text)

    def test_files_that_must_be_chosen_again_are_said_once_and_only_then(self):
        words = "A browser cannot keep files: choose them again."
        page = self._send(description="", files=[PHOTO])
        self.assertEqual(page.text.count("choose them again"), 1)
        self.assertIn(words, page.text)
        for page in (self._send(description=""), self.url_open(self.url)):
            self.assertNotIn("choose them again", page.text)

    def test_open_complaints_are_never_stopped_by_a_file(self):
        page = self._send(files=[OLD])
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._case(page).original_ids.state, "kept")

    def test_receipt_says_what_was_done(self):
        note = ("attachments", ("note.txt", b"hello", "text/plain"))
        paper = ("attachments", ("paper.pdf", office.pdf(), "application/pdf"))
        page = self._send(files=[PHOTO, note, paper])
        said = [
            (
                self._text(page, f"(//section[@aria-labelledby='s-files']//dt)[{n}]"),
                self._text(page, f"(//section[@aria-labelledby='s-files']//dd)[{n}]"),
            )
            for n in (1, 2, 3)
        ]
        self.assertEqual(
            [name for name, _t in said], ["kari.jpg", "note.txt", "paper.pdf"]
        )
        self.assertIn("Cleaned", said[0][1])
        self.assertIn("nothing is hidden", said[1][1])
        self.assertIn("Cleaned", said[2][1])
        self.assertNotIn("s-files", self._send().text)
