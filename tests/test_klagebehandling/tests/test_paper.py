import io
from unittest.mock import patch

import pypdf
from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.klagebehandling_reports import pdf_engine
from odoo.addons.klagebehandling_reports.models.form import complaint_unit

from .paper_checks import faults

ORGANISATIONS = ("lepro", "fjordvik", "ljusnarsberg", "robertsfors", "gislaved")
LANGUAGES = ("nb_NO", "sv_SE", "en_US")
TEXTS = (
    "welcome_text",
    "protection_text",
    "anonymity_text",
    "exclusions_text",
    "copy_text",
    "steps_text",
    "public_record_text",
    "privacy_text",
)


@tagged("post_install", "-at_install")
class TestPaper(HttpCase):
    """What units hand out, for each of the five procedures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in LANGUAGES:
            cls.env["res.lang"]._activate_lang(lang)
        units = cls.env["complaint.unit"].search([("slug", "in", ORGANISATIONS)])
        cls.units = {unit.slug: unit for unit in units}

    def _own(self, slug):
        """A unit in the language of its procedure."""
        unit = self.units[slug]
        return unit.with_context(lang=unit.effective_policy_id.lang)

    def _sheet(self, slug, sheet, lang):
        paper = self.env["complaint.unit.paper"].create(
            {"unit_id": self.units[slug].id, "sheet": sheet, "lang": lang}
        )
        report = paper.action_print()["report_name"]
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        return reports._render_qweb_pdf(report, paper.ids)[0]

    def _pages(self, pdf):
        """What stands on each sheet, without the spaces that lines add."""
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        return ["".join(one.extract_text().split()) for one in pages]

    def _words(self, pdf):
        return "".join(self._pages(pdf))

    def _paragraphs(self, policy, names):
        """The paragraphs of those texts that a procedure has."""
        return [
            paragraph.text_content()
            for name in names
            if policy[name]
            for paragraph in html.fromstring(policy[name]).iter("p")
        ]

    def _squeezed(self, text):
        return "".join((text or "").split())

    def test_three_checkers_find_nothing_in_any_language(self):
        # M21, A-06, B-11, D-30, E-49
        for lang in LANGUAGES:
            for sheet in ("form", "screen", "reception", "card", "poster"):
                with self.subTest(sheet=sheet, lang=lang):
                    pdf = self._sheet("robertsfors", sheet, lang)
                    self.assertEqual(faults(pdf, sheet == "screen"), [])

    def test_three_checkers_find_nothing_in_letters(self):
        letters = self.env["complaint.correspondence"].search(
            [("direction", "=", "out"), ("recipient_id.is_protected", "=", False)]
        )
        row = "<tr><{0}>A</{0}><{0}>B</{0}></tr>"
        table = f"<table>{row.format('th')}{row.format('td')}</table>"
        letter = letters.filtered(
            lambda one: (
                one.case_id.anonymity == "open"
                and one._recipient_sudo().name
                and not one._lacks(one._recipient_sudo(), "letter")
            )
        )[:1]
        self.assertTrue(letter, "the example has a letter with an address")
        for lang in LANGUAGES:
            draft = letter.copy(
                {"medium": "letter", "state": "draft", "lang": lang, "body": table}
            )
            reports = self.env["ir.actions.report"].with_context(
                force_report_rendering=True
            )
            pdf = reports._render_qweb_pdf(
                "klagebehandling_reports.complaint_correspondence_report", draft.ids
            )[0]
            self.assertEqual(faults(pdf), [], lang)

    @classmethod
    def _full_case(cls):
        """A case with something of all that is printed, and Sámi letters in it."""
        unit = cls.units["lepro"]
        person = {
            "role": "complainant",
            "name": "Máret Ŋuorjju Čáhppesgieđđi-Østerås av Guovdageaidnu",
            "street": "Báktegeaidnu 12 B, goađi duohken",
            "zip": "9520",
            "city": "Guovdageaidnu",
        }
        made = cls.env["complaint.intake"].register(
            {
                "unit_id": unit.id,
                "channel": "letter",
                "title": "Biebmu lea galmmas",
                "description": "Mun in ožžon báhkka biepmu.\nNå igjen.",
                "categories": unit.effective_policy_id.category_ids[:2].mapped("code"),
                "parties": [person],
                "attachments": [{"name": "brev.txt", "content": "SGVpLg=="}],
            }
        )
        case = cls.env["complaint.case"].browse(made["case_id"])
        values = {"case_id": case.id, "medium": "letter", "state": "queued"}
        cls.env["complaint.correspondence"].create(
            [{**values, "purpose": "reply", "body": "<p>Giitu, Máret.</p>" * 40}] * 2
        )
        cls.env["complaint.note"].create({"case_id": case.id, "body": "Ringte."})
        meeting = cls.env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2026-01-02 09:00:00", "place": "Rom 2"}
        )
        meeting.action_hold()
        cls.minutes = cls.env["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": "Báhkka biebmu\nJuohke beaivvi"}
        )
        cls.minutes.action_freeze()
        cls.referral = cls.env["complaint.referral"].create(
            {"case_id": case.id, "kind": "report", "recipient": "NAV Guovdageaidnu"}
        )
        cls.env["complaint.referral.document"].create(
            [
                {"referral_id": cls.referral.id, "name": "Rapport", "text": "Funn."},
                {"referral_id": cls.referral.id, "text": "Egne ord", "is_own": True},
            ]
        )
        return case

    def _document(self, case, sheet, lang):
        paper = self.env["complaint.case.paper"].create(
            {
                "case_id": case.id,
                "sheet": sheet,
                "lang": lang,
                "referral_id": sheet == "cover" and self.referral.id,
                "to_whom": "Statsforvalteren",
                "has_notes": True,
                "has_journal": True,
            }
        )
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        return reports._render_qweb_pdf(
            "klagebehandling_reports.complaint_case_paper_report", paper.ids
        )[0]

    def test_three_checkers_find_nothing_in_documents_of_a_case(self):
        # M21, A-09, A-18, A-26
        case = self._full_case()
        for lang, said in (
            ("nb_NO", "Dettesendtedu"),
            ("sv_SE", "Dethärskickadedu"),
            ("en_US", "Whatyousent"),
        ):
            for sheet in ("receipt", "notice", "cover", "file"):
                with self.subTest(sheet=sheet, lang=lang):
                    pdf = self._document(case, sheet, lang)
                    self.assertEqual(faults(pdf), [])
                    if sheet == "receipt":
                        words = self._words(pdf)
                        self.assertIn(said, words)
                        self.assertIn("MáretŊuorjjuČáhppesgieđđi-Østerås", words)
        kept = self.minutes.document_ids.sudo()._open()
        self.assertEqual(faults(kept), [])

    def _on_the_form(self, unit):
        """The words of a procedure that stand on its form, by what tells them."""
        policy = unit._paper_policy()
        asked = policy.field_ids.filtered(lambda row: row.name != "contact")
        names = {*asked.mapped("name")}
        told = {name: self._paragraphs(policy, [name]) for name in TEXTS}
        told |= {
            "form_title": [policy.form_title],
            "form_body": [policy.form_body],
            "address": unit._letterhead()["address"],
            "instructions": [policy._channel("paper_form").instructions],
            "privacy_url": [policy.privacy_url],
            "label": asked.mapped("label"),
            "hint": asked.mapped("hint"),
            "options": [],
        }
        for name, offered in (
            ("kind", policy._choices("kind")),
            ("complainant_kind", policy._choices("complainant")),
            ("categories", policy.category_ids),
        ):
            if name in names and len(offered) > 1:
                told["options"] += offered.mapped("name")
        return told

    def _untold(self, slug):
        """What should stand on the form of an organisation and does not: pairs."""
        unit = self._own(slug)
        name, pdf, mimetype = unit._blank_form()
        self.assertEqual(mimetype, "application/pdf", name)
        words = self._words(pdf)
        return {
            (name, text)
            for name, texts in self._on_the_form(unit).items()
            for text in filter(None, texts)
            if self._squeezed(text) not in words
        }

    def test_each_text_of_a_procedure_stands_on_its_form(self):
        # A-06, B-11, B-14, D-22, D-50…D-53
        for slug in ORGANISATIONS:
            with self.subTest(slug=slug):
                self.assertEqual(self._untold(slug), set())

    def test_a_text_that_the_form_no_longer_tells_is_noticed(self):
        told = {name: f"policy.{name}" for name in (*TEXTS, "privacy_url")}
        told |= {
            "instructions": "form['paper_way'].instructions",
            "address": "line",
            "label": "question.label",
            "hint": "question.hint",
            "options": "option",
        }
        for template in ("unit_form_one", "unit_form_question"):
            view = self.env.ref(f"klagebehandling_reports.{template}")
            arch = view.arch_db
            for words in told.values():
                arch = arch.replace(f't-out="{words}"', 't-out="title"')
            view.arch_db = arch
        self.registry.clear_cache()
        found = {name for slug in ORGANISATIONS for name, _text in self._untold(slug)}
        self.assertLessEqual({*told}, found)

    def test_each_text_of_a_procedure_stands_on_what_else_is_handed_out(self):
        # A-09, B-12…B-14, E-49: on the receipt, the poster and the cards
        for slug in ORGANISATIONS:
            unit = self._own(slug)
            policy = unit._paper_policy()
            made = self.env["complaint.intake"].register(
                {
                    "unit_id": unit.id,
                    "channel": "letter",
                    "title": "Kald mat",
                    "description": "Maten er kald.",
                    "parties": [{"role": "complainant", "name": "Kåre Østerås"}],
                }
            )
            case = self.env["complaint.case"].browse(made["case_id"])
            ways = policy.channel_ids.filtered("is_offered")
            ways = ways.filtered(lambda one: one.channel != "api")
            title = policy.brand or policy.form_title or policy.name
            address = unit._letterhead()["address"]
            web = policy._channel("web").short_url
            for pdf, texts in (
                (
                    self._document(case, "receipt", policy.lang),
                    self._paragraphs(policy, ("copy_text", "steps_text")),
                ),
                (
                    self._sheet(slug, "poster", policy.lang),
                    [
                        title,
                        web,
                        *ways.mapped("instructions"),
                        *self._paragraphs(policy, ["welcome_text"])[:1],
                        *self._paragraphs(policy, ["protection_text"]),
                        *address,
                    ],
                ),
                (self._sheet(slug, "card", policy.lang), [title, web, *address]),
            ):
                words = self._words(pdf)
                for text in filter(None, texts):
                    with self.subTest(slug=slug, text=text):
                        self.assertIn(self._squeezed(text), words)

    def test_the_form_on_paper_asks_nobody_who_they_are(self):
        # B-18: whatever the form on the web demands
        words = self._words(self._own("ljusnarsberg")._blank_form()[1])
        self.assertNotIn("Namn*", words)
        self.assertIn("*", words)

    def test_the_form_warns_and_says_where_it_goes(self):
        # D-51, D-52, B-14
        words = self._words(self._own("robertsfors")._blank_form()[1])
        self.assertIn("ersätterinteöverklagandeavbeslut", words)
        self.assertIn("Storgatan13", words)
        words = self._words(self._own("ljusnarsberg")._blank_form()[1])
        self.assertIn("Gruvstugutorget", words)

    def test_the_form_is_filled_in_on_the_screen_too(self):
        _name, pdf, _type = self._own("lepro")._blank_form(is_fillable=True)
        fields = pypdf.PdfReader(io.BytesIO(pdf)).get_fields()
        (story,) = (one for name, one in fields.items() if name.endswith("description"))
        self.assertEqual(story["/FT"], "/Tx")
        self.assertTrue(all(one.get("/TU") for one in fields.values()))
        self.assertNotIn(b"pdfaid", pdf)
        _name, paper, _type = self._own("lepro")._blank_form()
        self.assertFalse(pypdf.PdfReader(io.BytesIO(paper)).get_fields())

    def test_each_unit_has_its_form_and_the_reception_all_of_them(self):
        # B-12, D-30
        top = self._own("robertsfors")
        units = top._reception_units()
        self.assertGreater(len(units), 1)
        pages = self._pages(self._sheet("robertsfors", "reception", "sv_SE"))
        for unit in units.with_context(lang="sv_SE"):
            # On the cover, and on its own form behind it.
            self.assertIn(self._squeezed(unit.name), pages[0])
            self.assertIn(self._squeezed(unit.name), "".join(pages[1:]))
            self.assertTrue(unit._blank_form())

    def test_a_sheet_speaks_its_own_language_not_that_of_who_prints(self):
        for lang, words in (
            ("nb_NO", "Fyllesutavdensomtarimot"),
            ("sv_SE", "Fyllsiavdensomtaremot"),
        ):
            for sheet in ("form", "screen"):
                said = self._words(self._sheet("gislaved", sheet, lang))
                self.assertIn(words, said)
                self.assertNotIn("Filledinby", said)

    def test_card_and_poster_lead_to_the_form(self):
        # E-49, M62
        unit = self._own("gislaved")
        reports = self.registry["ir.actions.report"]
        with patch.object(reports, "barcode", return_value=b"") as drawn:
            unit._face_values()
        self.assertEqual(drawn.call_args.kwargs["value"], unit.public_url)
        for sheet in ("card", "poster"):
            pdf = self._sheet("gislaved", sheet, "sv_SE")
            self.assertEqual(len(pypdf.PdfReader(io.BytesIO(pdf)).pages), 1)
            self.assertIn("gislaved.se/tycktill", self._words(pdf))

    def test_a_poster_is_one_sheet(self):
        # M62
        for slug in ORGANISATIONS:
            for lang in LANGUAGES:
                with self.subTest(slug=slug, lang=lang):
                    pdf = self._sheet(slug, "poster", lang)
                    self.assertEqual(len(pypdf.PdfReader(io.BytesIO(pdf)).pages), 1)

    def test_a_change_of_the_unit_is_on_the_next_form(self):
        unit = self._own("lepro")
        unit._blank_form()
        unit.write({"street": "Sjøgata 9", "zip": "5501", "city": "Haugesund"})
        self.assertIn("Sjøgata9", self._words(unit._blank_form()[1]))

    def test_a_form_is_made_once_and_few_are_kept(self):
        self.registry.clear_cache()
        unit = self._own("lepro")
        with (
            patch.object(complaint_unit, "KEPT", 2),
            patch.object(pdf_engine, "find", return_value=None),
        ):
            first = unit._blank_form()
            self.assertIs(unit._blank_form(), first)
            for lang in LANGUAGES:
                unit.with_context(lang=lang)._blank_form()
            self.assertEqual(len(unit._kept_forms()), 2)
        self.registry.clear_cache()

    def test_the_public_gets_the_form_and_nothing_of_who_asks_is_kept(self):
        #
        url = "/klage/lepro/skriv-ut"
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertFalse(response.cookies)
        filled_in = self.url_open(f"{url}?fyll=1")
        self.assertTrue(pypdf.PdfReader(io.BytesIO(filled_in.content)).get_fields())
        self.assertEqual(self.url_open("/klage/nowhere/skriv-ut").status_code, 404)
        self.assertIn("/klage/lepro/skriv-ut", self.url_open("/klage/lepro").text)

    def test_nobody_prints_for_another_organisation(self):
        lepro, other = self.units["lepro"], self.units["gislaved"]
        user = new_test_user(
            self.env,
            "paper_printer",
            company_id=lepro.company_id.id,
            company_ids=lepro.company_id.ids,
        )
        papers = self.env["complaint.unit.paper"].with_user(user)
        papers = papers.with_context(allowed_company_ids=lepro.company_id.ids)
        papers.create({"unit_id": lepro.id, "lang": "en_US"}).action_print()
        with self.assertRaises(AccessError):
            papers.create({"unit_id": other.id, "lang": "en_US"}).action_print()
