from odoo import models

from .complaint_correspondence import UNADDRESSED

WITHOUT_ADDRESS = "klagebehandling_reports.letter_unaddressed"


class IrActionsReport(models.Model):
    """It is the report, not what a client says, that leaves the address out."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        report = self._with_address(report_ref)
        return super(IrActionsReport, report)._render_qweb_pdf(
            report_ref, res_ids=res_ids, data=data
        )

    def _render_qweb_html(self, report_ref, docids, data=None):
        report = self._with_address(report_ref)
        return super(IrActionsReport, report)._render_qweb_html(
            report_ref, docids, data=data
        )

    def _with_address(self, report_ref):
        is_unaddressed = self._get_report(report_ref).report_name == WITHOUT_ADDRESS
        return self.with_context(**{UNADDRESSED: is_unaddressed})
