# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import LetterCase, io, pypdf

REPORT = "klagebehandling_reports.complaint_case_paper_report"
SHEETS = ("receipt", "notice", "cover", "file")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestCasePaper(LetterCase):
    """Receipt, notice, cover and case file: who prints them, and what is in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register_writer(
            title="Kald mat",
            description="Maten er kald.\nHver dag.",
            desired_outcome="Varm mat",
            categories=["food"],
        )
        cls.referral = cls._refer(cls.case)

    @classmethod
    def _refer(cls, case):
        leader = cls.env(user=cls.leader.id)
        referral = leader["complaint.referral"].create(
            {"case_id": case.id, "kind": "body", "recipient": "NAV Alna"}
        )
        leader["complaint.referral.document"].create(
            [
                {
                    "referral_id": referral.id,
                    "name": "Report",
                    "text": "What was found.",
                },
                {
                    "referral_id": referral.id,
                    "name": "Egne ord",
                    "text": "Slik var det ikke.",
                    "is_own": True,
                },
            ]
        )
        return referral.sudo()

    def _paper(self, sheet, user=None, case=None, **values):
        """The dialog of a user, filled in."""
        values = {
            "case_id": (case or self.case).id,
            "sheet": sheet,
            "lang": "en_US",
            "to_whom": sheet == "file" and "The county governor",
            "referral_id": sheet == "cover" and self.referral.id,
            **values,
        }
        papers = self.env["complaint.case.paper"].with_user(user or self.leader)
        return papers.with_context(allowed_company_ids=self.company.ids).create(values)

    def _made(self, sheet, user=None, **values):
        """The bytes that a user gets by the button."""
        user = user or self.leader
        paper = self._paper(sheet, user, **values)
        action = paper.action_print()
        self.assertEqual(action["type"], "ir.actions.report")
        return self._print(paper, user, REPORT)

    def _words(self, *args, **values):
        return self._text(self._made(*args, **values))

    def _exports(self, case=None):
        entries = (case or self.case).journal_ids
        return entries.filtered(lambda one: one.event == "exported").sorted("sequence")

    # -- the copy that is offered where a complaint is registered

    def test_who_registers_is_led_to_the_copy_for_the_person(self):
        #
        pages = self.env["complaint.case.register"].with_user(self.worker)
        page = pages.with_context(allowed_company_ids=self.company.ids).create(
            {
                "unit_id": self.workshop.id,
                "channel": "phone",
                "title": "Kald mat",
                "description": "Maten er kald.",
                "name": "Kåre Østerås",
            }
        )
        with self.assertRaisesRegex(UserError, "Whoever handles"):
            page.action_print_copy()
        page.action_register()
        action = page.action_print_copy()
        dialog = self.env[action["res_model"]].with_user(self.worker)
        dialog = dialog.with_context(**action["context"]).create({})
        self.assertEqual(dialog.sheet, "receipt")
        words = self._text(self._print(dialog, self.worker, REPORT))
        self.assertIn("Maten er kald.", words)

    # -- who prints, and what is kept of it

    def test_who_works_the_case_prints_and_each_printing_is_journaled(self):
        for user in (self.worker, self.leader, self.director):
            for sheet in SHEETS:
                before = len(self._exports())
                self.assertTrue(self._made(sheet, user).startswith(b"%PDF"))
                entry = self._exports()[before:]
                self.assertEqual(len(entry), 1)
                self.assertEqual(entry.user_id, user)
                self.assertEqual(entry.payload["sheet"], sheet)
                self.assertEqual(len(entry.payload["digest"]), 64)
        self.assertEqual(entry.texts["to_whom"], "The county governor")
        self.assertNotIn("to_whom", entry.payload)

    def test_nobody_else_prints_by_the_button_or_the_address(self):
        own = {sheet: self._paper(sheet) for sheet in SHEETS}
        for user in (
            self.employee,
            self.other_leader,
            self.auditor,
            self.custodian,
            self.independent,
            self.owner,
        ):
            for sheet, paper in own.items():
                with self.assertRaises(AccessError):
                    self._paper(sheet, user).action_print()
                # Somebody else's dialog.
                with self.assertRaises(AccessError):
                    self._print(paper, user, REPORT)
                with self.assertRaises(AccessError):
                    paper.with_user(user).action_print()
        self.assertFalse(self._exports())

    def test_a_dialog_from_before_the_wall_prints_nothing_after_it(self):
        papers = [self._paper(sheet) for sheet in SHEETS]
        before = len(self._exports())
        self.case.sudo().write({"walled_user_ids": [(4, self.leader.id)]})
        for paper in papers:
            for act in (
                lambda paper=paper: paper.action_print(),
                lambda paper=paper: self._print(paper, None, REPORT),
            ):
                with self.assertRaises(UserError):
                    act()
        self.assertEqual(len(self._exports()), before)

    def test_the_page_on_the_screen_is_journaled_too(self):
        paper = self._paper("file")
        reports = self.env["ir.actions.report"].with_user(self.leader)
        html = reports._render_qweb_html(REPORT, paper.ids)[0].decode()
        self.assertIn("Kald mat", html)
        self.assertTrue(self._exports().payload["is_screen"])
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.worker)._render_qweb_html(
                REPORT, paper.ids
            )

    # -- what is in them

    def test_receipt_holds_all_that_was_sent(self):
        #
        text = self._words("receipt")
        for words in (
            self.case.reference,
            "Kald mat",
            "Maten er kald.",
            "Varm mat",
            "Food",
            "Kåre Østerås, Fjellgata 12 B, 0566 Oslo",
        ):
            self.assertIn(words, text)

    def test_receipt_speaks_the_language_of_the_person(self):
        for lang, words in (
            ("nb_NO", "Dette sendte du"),
            ("sv_SE", "Det här skickade"),
        ):
            self.assertIn(words, self._words("receipt", lang=lang))
        self.case.sudo().lang = "sv_SE"
        papers = self.env["complaint.case.paper"].with_user(self.leader)
        self.assertEqual(papers.create({"case_id": self.case.id}).lang, "sv_SE")

    def test_who_is_protected_or_anonymous_is_named_nowhere(self):
        for anonymity in ("protected", "anonymous"):
            parties = [{"role": "complainant", "name": "Kåre Østerås"}]
            if anonymity == "anonymous":
                parties = [{"role": "complainant"}]
            case = self._register_writer(anonymity=anonymity, parties=parties)
            for sheet in ("receipt", "notice", "file"):
                text = self._words(sheet, case=case, has_notes=True, has_journal=True)
                self.assertIn(case.reference, text)
                self.assertNotIn("Østerås", text)

    def test_notice_says_what_may_be_said_and_no_more(self):
        #
        text = self._words("notice")
        self.assertIn("Food", text)
        self.assertIn("Workshop", text)
        self.assertIn("To be told by November 16, 2026", text)
        for words in ("Kald", "Kåre", "Østerås", "Varm"):
            self.assertNotIn(words, text)

    def test_no_notice_is_printed_where_somebody_it_concerns_attends(self):
        #
        case = self._register_writer(about_manager=True)
        paper = self._paper("notice", self.director, case)
        for act in (
            paper.action_print,
            lambda: self._print(paper, self.director, REPORT),
        ):
            with self.assertRaisesRegex(UserError, "Nothing is told"):
                act()
        self.assertFalse(self._exports(case))

    def test_cover_names_the_own_attachment_and_what_it_goes_with(self):
        #
        text = self._words("cover")
        own = self.referral.document_ids.filtered("is_own")
        self.assertIn("NAV Alna", text)
        self.assertIn("Egne ord", text)
        self.assertIn(own.digest, text.replace(" ", ""))
        self.assertLess(text.index("Egne ord"), text.index("Report.txt"))

    def test_no_cover_without_an_own_attachment_of_this_case(self):
        with self.assertRaisesRegex(UserError, "Choose what of this case"):
            self._paper("cover", referral_id=False).action_print()
        other = self._refer(self._register_writer())
        with self.assertRaisesRegex(UserError, "Choose what of this case"):
            self._paper("cover", referral_id=other.id).action_print()
        self.referral.document_ids.filtered("is_own").sudo().is_own = False
        with self.assertRaisesRegex(UserError, "person's own"):
            self._paper("cover").action_print()

    def test_case_file_is_index_timeline_and_documents(self):
        self._write(self.case, "<p>Maten er varm nå.</p>", state="queued")
        self._write(self.case, "<p>Bare et utkast.</p>", state="draft")
        self.env["complaint.note"].with_user(self.leader).create(
            {"case_id": self.case.id, "body": "Ringte kjøkkenet."}
        )
        pdf = self._made("file")
        text = self._text(pdf)
        for words in (
            "The county governor",
            "Index",
            "Timeline",
            "Time limits",
            "Maten er kald.",
            "Maten er varm nå.",
            "Kåre Østerås",
        ):
            self.assertIn(words, text)
        for words in ("utkast", "Ringte", "Journal"):
            self.assertNotIn(words, text)
        # The index says on which page each document is.
        page = next(
            number
            for number, one in enumerate(pypdf.PdfReader(io.BytesIO(pdf)).pages, 1)
            if "Maten er varm" in one.extract_text()
        )
        self.assertGreater(page, 1)
        self.assertRegex(text, rf"Reply · Letter · To Kåre Østerås {page}\b")
        text = self._words("file", has_notes=True, has_journal=True)
        self.assertIn("Ringte kjøkkenet.", text)
        head = self.case.journal_ids.sorted("sequence")[:1]
        self.assertIn(head.digest, text.replace(" ", ""))

    def test_case_file_is_for_somebody(self):
        with self.assertRaisesRegex(UserError, "whom the case file is for"):
            self._paper("file", to_whom="  ").action_print()

    def test_case_file_that_names_another_case_is_decided_on(self):
        """The guard on what leaves; and a decision does not cover what came later."""
        self._register(parties=[{"role": "complainant", "name": "Berit Solbakken"}])
        self._write(self.case, "<p>Det samme sa Berit Solbakken.</p>")
        paper = self._paper("file")
        self.assertIn("Berit Solbakken", paper.outgoing_findings)
        with self.assertRaisesRegex(UserError, "before it leaves"):
            paper.action_print()
        with self.assertRaisesRegex(UserError, "before it leaves"):
            self._print(paper, None, REPORT)
        paper.outgoing_reason = "The county governor asked for both cases."
        paper.action_print()
        self.assertTrue(self._print(paper, None, REPORT).startswith(b"%PDF"))
        events = self.case.journal_ids.mapped("event")
        self.assertIn("outgoing_accepted", events)
        self._write(self.case, "<p>Berit Solbakken igjen.</p>")
        with self.assertRaisesRegex(UserError, "before it leaves"):
            self._print(paper, None, REPORT)
