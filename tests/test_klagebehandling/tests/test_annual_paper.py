import io

import pypdf
from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from .paper_checks import faults

ORGANISATIONS = ("lepro", "sosial_omsorg_no", "ljusnarsberg", "robertsfors", "gislaved")


@tagged("post_install", "-at_install")
class TestAnnualPaper(TransactionCase):
    """The yearly report of each of the five procedures, in its own language."""

    def _reports(self):
        policies = self.env["complaint.policy"].search(
            [("state", "=", "in_force"), ("company_id", "!=", False)]
        )
        for code in ORGANISATIONS:
            policy = policies.filtered(lambda one, c=code: one.code == c)[:1]
            year = policy._today().year
            with freeze_time(f"{year + 1}-01-20 10:00:00"):
                report = self.env["complaint.annual.report"]._open_for(policy, year)
                report.summary = "Ett år – jahki, Kautokeino, Guovdageaidnu."
                report.consequences = "Budget."
                report.action_approve()
                yield policy, report.sudo()

    def test_paper_is_without_fault_and_says_what_the_procedure_says(self):
        # B-25, D-46, E-63: to whom it goes stands on it
        for policy, report in self._reports():
            with self.subTest(policy.code):
                paper = report._paper()
                self.assertFalse(faults(paper))
                pages = pypdf.PdfReader(io.BytesIO(paper)).pages
                words = "".join("".join(one.extract_text().split()) for one in pages)
                lang = policy._spoken()
                for text in (
                    policy.with_context(lang=lang).report_recipient,
                    report.company_id.name,
                    report.summary,
                    *policy._grounds_to_choose(report.company_id)
                    .with_context(lang=lang)
                    .mapped("display_name"),
                ):
                    self.assertIn("".join((text or "").split()), words)
                self.assertEqual("Budget." in words, policy.has_report_budget)
