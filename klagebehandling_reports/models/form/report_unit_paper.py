from odoo import models


class ReportUnitPaper(models.AbstractModel):
    _name = "report.klagebehandling_reports.unit_paper"
    _inherit = ["complaint.printed.values"]
    _description = "Sheet of a unit"
    _of = "complaint.unit.paper"


class ReportUnitScreen(models.AbstractModel):
    _name = "report.klagebehandling_reports.unit_screen"
    _inherit = ["report.klagebehandling_reports.unit_paper"]
    _description = "Sheet of a unit, for the screen"
