from odoo import models


class ReportCaseList(models.AbstractModel):
    _name = "report.klagebehandling_reports.case_list"
    _inherit = ["complaint.printed.values"]
    _description = "List of cases"
    _of = "complaint.case.list"


class ReportRegisterExtract(models.AbstractModel):
    _name = "report.klagebehandling_reports.register_extract"
    _inherit = ["report.klagebehandling_reports.case_list"]
    _description = "Extract of the register"
    _of = "complaint.register.extract"
