from odoo import api, models
from odoo.exceptions import AccessError


class ReportCasePaper(models.AbstractModel):
    """What the template of the chosen document gets, on the screen as on paper."""

    _name = "report.klagebehandling_reports.case_paper"
    _description = "Document of a case"

    @api.model
    def _get_report_values(self, docids, data=None):
        paper = self.env["complaint.case.paper"].browse(docids)
        if len(paper) != 1:
            raise AccessError(self.env._("Print one document at a time."))
        paper._check_printable()
        return paper._sheet_values()
