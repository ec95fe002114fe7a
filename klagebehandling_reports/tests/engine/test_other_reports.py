from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ... import pdf_engine


@tagged("post_install", "-at_install")
class TestOtherReports(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "Somebody's report",
                "key": "klagebehandling_reports.test_somebodys_report",
                "arch": """
                    <t t-call="web.basic_layout">
                        <div class="article" t-foreach="docs" t-as="doc"
                             data-oe-model="res.partner" t-att-data-oe-id="doc.id">
                            <p t-out="doc.name"/>
                        </div>
                    </t>
                """,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Somebody's report",
                "model": "res.partner",
                "report_name": "klagebehandling_reports.test_somebodys_report",
            }
        )
        cls.partner = cls.env["res.partner"].create({"name": "Partner"})

    def _render(self):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        return reports._render_qweb_pdf(self.report, self.partner.ids)[0]

    def test_reports_of_others_never_meet_this_engine(self):
        self.assertEqual(self.report.pdf_engine, "wkhtmltopdf")
        self.assertFalse(self.report.is_pdf_ready)
        self.assertNotIn(
            "pdf_engine", self.report.report_action(self.partner, config=False)
        )
        self.assertEqual(self.report._get_layout(), self.env.ref("web.minimal_layout"))
        with (
            patch.object(pdf_engine, "find", side_effect=AssertionError),
            patch.object(IrActionsReport, "get_wkhtmltopdf_state", lambda _self: "ok"),
            patch.object(
                IrActionsReport, "_run_wkhtmltopdf", lambda *_args, **_kw: b"%PDF stock"
            ),
        ):
            self.assertEqual(self._render(), b"%PDF stock")

    def test_report_that_asks_for_it_gets_it(self):
        self.report.pdf_engine = "weasyprint"
        self.assertTrue(self.report.is_pdf_ready)
        self.assertTrue(self._render().startswith(b"%PDF"))
        self.report.write({"attachment": "'copy.pdf'", "attachment_use": True})
        first = self._render()
        self.assertEqual(self._render(), first)
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.partner.id)]
        )
        self.assertEqual(kept.raw, first)

    def test_action_loaded_by_the_browser_tells_the_engine(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "klagebehandling_reports.complaint_correspondence_report"
        )
        self.assertEqual(action["pdf_engine"], "weasyprint")
        self.assertTrue(action["is_pdf_ready"])
