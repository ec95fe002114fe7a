from freezegun import freeze_time

from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import html2plaintext

from .english import find_english

LETTER = "klagebehandling_reports.complaint_correspondence_letter"
SHOWN = ("acknowledgement", "reply", "closing")


@tagged("post_install", "-at_install")
class TestStock(TransactionCase):
    """The guided page, then a case to its end, where only English was installed.

    The long form is ``tests/onboarding/stock.py``: a database without any script of
    ours, over HTTP.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.env["res.partner"].with_context(active_test=False)
        people.search([("lang", "!=", "en_US")]).lang = "en_US"
        languages = cls.env["res.lang"].search([("code", "!=", "en_US")])
        languages.active = False

    def _set_up(self, preset):
        """An organisation of its own, set up by its administrator on the page."""
        company = self.env["res.company"].create({"name": "Bygda"})
        boss = new_test_user(
            self.env,
            "stock_boss",
            groups="base.group_erp_manager,base.group_partner_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        pages = self.env["complaint.onboarding"].with_user(boss).with_company(company)
        pages.create({}).action_appoint()
        page = pages.create(
            {
                "preset_id": self.env.ref(preset).id,
                "manager_id": False,
                "manager_name": "Kari Berg",
                "manager_email": "kari.stock@example.com",
                "independent_name": "Ola Dal",
                "independent_email": "ola.stock@example.com",
            }
        )
        page.action_confirm()
        page.action_rehearse()
        return company._complaint_top()

    def _work(self, unit, told):
        """Take a case from the phone to its end, as its handler."""
        intake = self.env["complaint.intake"].with_company(unit.company_id)
        result = intake.register(
            {
                "unit_id": unit.id,
                "channel": "phone",
                "description": told,
                "reply_channel": "portal",
                "parties": [{"role": "complainant", "name": "Siv Vik"}],
            }
        )
        case = self.env["complaint.case"].browse(result["case_id"])
        case = case.with_user(unit.manager_id).with_company(unit.company_id)
        case.write({"expected_on": "2026-12-01", "lesson": told})
        case.action_acknowledge()
        case.action_answer(body=f"<p>{told}</p>", remedy=told)
        case.action_close(outcome="not_upheld")
        return case

    def _assert_wholly(self, language, case):
        letters = case.correspondence_ids.filtered(lambda one: one.direction == "out")
        self.assertLessEqual({*SHOWN}, {*letters.mapped("purpose")})
        report = self.env["ir.actions.report"].with_user(case.env.user)
        for letter in letters:
            printed, _kind = report._render_qweb_html(LETTER, letter.ids)
            notice = (
                letter.with_context(lang=letter.lang).sudo()._build_notice("a@b.no")
            )
            for words in (
                letter.body,
                printed.decode(),
                f"{notice['Subject']} {notice.get_content()}",
            ):
                plain = html2plaintext(words)
                self.assertEqual(find_english(plain, language), [], plain)

    @freeze_time("2026-11-02 09:00:00")
    def test_norwegian_letters_are_wholly_norwegian(self):
        unit = self._set_up("klagebehandling_no.policy_sosial_omsorg_no")
        self._assert_wholly("nb", self._work(unit, "Maten var kald igjen i går."))

    @freeze_time("2026-11-02 09:00:00")
    def test_swedish_letters_are_wholly_swedish(self):
        unit = self._set_up("klagebehandling_se.policy_ljusnarsberg")
        self._assert_wholly("sv", self._work(unit, "Maten var kall igen i går."))

    def test_english_is_found(self):
        for text in (
            "Takk. Your reference is 12.",
            "Our reference",
            "Tack, kind regards",
            "Acknowledgement of receipt",
        ):
            self.assertTrue(find_english(text, "nb"), text)
        for text in ("Vi har mottatt klagen din.", "Vår referanse: https://x.no/is"):
            self.assertFalse(find_english(text, "nb"), text)
