from odoo import models


class ReportCasePaper(models.AbstractModel):
    _name = "report.klagebehandling_reports.case_paper"
    _inherit = ["complaint.printed.values"]
    _description = "Document of a case"
    _of = "complaint.case.paper"
