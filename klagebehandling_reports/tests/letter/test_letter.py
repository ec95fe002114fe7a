import base64
from pathlib import Path

import pikepdf
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_open

from ..common import LetterCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 10:00:00")
class TestLetter(LetterCase):
    def _tags(self, node, found):
        """All structure elements below a node of the tag tree."""
        if isinstance(node, pikepdf.Array):
            for child in node:
                self._tags(child, found)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                self._tags(node.K, found)
        return found

    def test_letter_is_tagged_and_made_for_the_archive(self):
        # M21
        with self._open(self._print(self._write(self.case))) as pdf:
            self.assertTrue(pdf.Root.MarkInfo.Marked)
            tags = {str(tag.S) for tag in self._tags(pdf.Root.StructTreeRoot.K, [])}
            self.assertLessEqual({"/Document", "/H1", "/P"}, tags)
            with pdf.open_metadata() as metadata:
                self.assertEqual(metadata.pdfa_status, "2A")
                self.assertIn(self.case.reference, metadata["dc:title"])
            self.assertTrue(pdf.Root.ViewerPreferences.DisplayDocTitle)
            self.assertEqual(len(pdf.pages), 1)

    def test_logo_says_whose_it_is(self):
        with file_open("web/static/img/logo.png", "rb") as logo:
            self.company.logo = base64.b64encode(logo.read())
        with self._open(self._print(self._write(self.case))) as pdf:
            tags = self._tags(pdf.Root.StructTreeRoot.K, [])
            (figure,) = (tag for tag in tags if tag.S == "/Figure")
            self.assertEqual(str(figure.Alt), self.company.name)

    def test_fonts_are_embedded(self):
        with self._open(self._print(self._write(self.case))) as pdf:
            fonts = [
                item
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary)
                and item.get("/Type") == "/FontDescriptor"
            ]
            self.assertTrue(fonts)
            for font in fonts:
                self.assertIn("OpenSans", str(font.FontName).replace("-", ""))
                self.assertTrue({"/FontFile2", "/FontFile3"} & set(font.keys()))

    def test_letter_speaks_the_language_of_the_person(self):
        for lang, tag, date in (
            ("nb_NO", "nb-NO", "22. november 2026"),
            ("sv_SE", "sv-SE", "22 november 2026"),
            ("en_US", "en-US", "November 22, 2026"),
        ):
            pdf = self._print(self._write(self.case, lang=lang))
            with self._open(pdf) as opened:
                self.assertEqual(str(opened.Root.Lang), tag)
            self.assertIn(date, self._text(pdf))

    def test_language_that_is_not_installed_gives_the_procedures(self):
        letter = self._write(self.case, lang="fi_FI")
        self.assertEqual(letter._letter_lang(), "en_US")

    def test_letter_has_what_the_person_needs(self):
        self.case.sudo().handler_id = self.leader
        text = self._text(self._print(self._write(self.case)))
        for words in (
            "Verkstedet AS",
            "Workshop",
            "Kåre Østerås",
            "Fjellgata 12 B",
            "0566 Oslo",
            self.case.reference,
            self.case.registry_number,
            "Maten er varm nå.",
            self.leader.name,
            "22 00 00 00",
            "Verkstedveien 1, 0150 Oslo",
        ):
            self.assertIn(words, text)

    def test_contact_is_that_of_the_nearest_unit_that_has_it(self):
        self.workshop.phone = False
        self.management.phone = "22 11 11 11"
        self.assertIn("22 11 11 11", self._text(self._print(self._write(self.case))))

    def test_pages_of_a_long_letter_are_numbered(self):
        body = "<p>Vi har snakket med dem som var på jobb den kvelden.</p>" * 60
        pdf = self._print(self._write(self.case, body=body))
        with self._open(pdf) as opened:
            pages = len(opened.pages)
        self.assertGreater(pages, 1)
        text = self._text(pdf)
        for page in range(1, pages + 1):
            self.assertIn(f"Side {page} av {pages}", text)

    def test_words_of_the_page_numbers_follow_the_translation(self):
        letter = self._write(self.case)
        before, between, after = letter._page_words()
        self.assertEqual((before, between, after), ("Page ", " of ", ""))

    def test_address_shows_in_the_window_and_nothing_else_does(self):
        words = self._words_on_first_page(self._print(self._write(self.case)))
        recipient = ("Kåre Østerås", "Fjellgata 12 B", "0566 Oslo")
        shown = [word for word in words if word[1] < 120 and 30 < word[2] < 80]
        text = " ".join(word for word, _x, _y in shown)
        self.assertEqual(text, " ".join(recipient))
        for _word, x, y in shown:
            self.assertGreaterEqual(x, 15)
            self.assertTrue(44 < y < 60, y)

    def test_long_words_and_names_stay_on_the_page(self):
        party = self.case.sudo().party_ids
        party.name = "Wilhelmina-Åsa" * 8
        party.street = "Norra Järnvägsgatan 1234, uppgång Ö, lägenhet 1503"
        letter = self._write(self.case, body=f"<p>{'ubrutt' * 60}</p>")
        self.assertTrue(letter._letter_values()["is_recipient_long"])
        words = self._words_on_first_page(self._print(letter))
        shown = [word for word in words if word[1] < 120 and 30 < word[2] < 80]
        self.assertTrue(all(y < 66 for _word, _x, y in shown))
        text = self._text(self._print(self._write(self.case, body=letter.body)))
        self.assertIn("ubrutt" * 60, text.replace(" ", ""))

    def test_representative_with_an_address_gets_the_letter(self):
        case = self._register_writer(
            parties=[
                {"role": "complainant", "name": "Kåre Østerås", "street": "Gata 1"},
                {
                    "role": "representative",
                    "name": "Advokat Åberg",
                    "street": "Torget 2",
                },
                {"role": "witness", "name": "Vitne Vik", "street": "Veien 3"},
            ]
        )
        self._authorise(case)
        lines = self._write(case)._recipient_lines()
        self.assertEqual(lines, ["Advokat Åberg", "Torget 2"])

    def test_guardian_without_a_street_is_not_passed_over_on_paper(self):
        case = self._register_writer(
            parties=[
                {"role": "complainant", "name": "Kåre Østerås", "street": "Gata 1"},
                {
                    "role": "representative",
                    "name": "Ola Verge",
                    "email": "ola@example.com",
                },
            ]
        )
        guardian = case.party_ids.filtered(lambda one: one.role == "representative")
        self._authorise(case)
        letter = self._write(case)
        self.assertEqual(letter.recipient_id, guardian)
        for way in (
            lambda: letter.with_user(self.leader).action_print_letter(),
            lambda: self._print(letter),
        ):
            with self.assertRaisesRegex(UserError, "No street address"):
                way()
        guardian.street = "Torget 2"
        text = self._text(self._print(letter))
        self.assertIn("Ola Verge", text)
        self.assertNotIn("Gata 1", text)

    def test_what_is_handed_over_needs_no_street(self):
        case = self._register_writer(
            parties=[{"role": "complainant", "name": "Kåre Østerås"}]
        )
        letter = self._write(case, medium="meeting")
        self.assertIn("Kåre Østerås", self._text(self._print(letter)))

    def test_erased_recipient_takes_the_kept_letter_along(self):
        case = self._register_writer(
            parties=[
                {"role": "complainant", "name": "Kåre Østerås", "street": "Gata 1"},
                {"role": "representative", "name": "Ola", "street": "Torget 2"},
            ]
        )
        letter = self._write(case)
        self._print(letter)
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertTrue(kept)
        (case.party_ids - letter.recipient_id)._erase()
        self.assertTrue(kept.exists())
        letter.recipient_id._erase()
        self.assertFalse(kept.exists())

    def test_kept_letter_of_an_older_version_went_to_whom_it_names(self):
        # Were it taken for the guardian's, staff would print the protected address.
        case = self._register_writer()
        letter = self._write(case)
        self._print(letter)
        complainant = letter.recipient_id
        letter.recipient_id = self.env["complaint.party"].create(
            {"case_id": case.id, "role": "representative", "name": "Ola"}
        )
        self._authorise(case)
        other = self._write(case, purpose="update")
        letters = letter | other
        letters.flush_recordset()
        path = Path(__file__).parents[2] / "migrations/19.0.1.1.0/post-migrate.py"
        load_script(str(path), "post-migrate").migrate(self.env.cr, "19.0.1.0.0")
        letters.invalidate_recordset()
        self.assertEqual(letter.recipient_id, complainant)
        self.assertEqual(other.recipient_id.role, "representative")

    def test_draft_says_so(self):
        text = self._text(self._print(self._write(self.case, state="draft")))
        self.assertIn("Utkast – ikke sendt", text)

    def test_date_is_the_local_day_of_sending(self):
        letter = self._write(self.case)
        letter.write({"state": "sent", "sent_at": "2026-11-17 23:30:00"})
        self.assertIn("18. november 2026", self._text(self._print(letter)))

    def test_screen_shows_the_same_letter(self):
        letter = self._write(self.case)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "klagebehandling_reports.complaint_correspondence_letter", letter.ids
            )[0]
            .decode()
        )
        self.assertIn('lang="nb-NO"', html)
        self.assertIn("Kåre Østerås", html)
        self.assertIn("Maten er varm nå.", html)
        self.assertNotIn("<script", html)
