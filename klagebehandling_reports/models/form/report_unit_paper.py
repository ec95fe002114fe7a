from odoo import api, models
from odoo.exceptions import AccessError


class ReportUnitPaper(models.AbstractModel):
    """What the template of the chosen sheet gets, on the screen as on paper."""

    _name = "report.klagebehandling_reports.unit_paper"
    _description = "Sheet of a unit"

    @api.model
    def _get_report_values(self, docids, data=None):
        paper = self.env["complaint.unit.paper"].browse(docids)
        if len(paper) != 1:
            raise AccessError(self.env._("Print one sheet at a time."))
        return paper._sheet_values()


class ReportUnitScreen(models.AbstractModel):
    _name = "report.klagebehandling_reports.unit_screen"
    _inherit = "report.klagebehandling_reports.unit_paper"
    _description = "Sheet of a unit, for the screen"
