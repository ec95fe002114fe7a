from odoo import api, models
from odoo.exceptions import AccessError


class ReportCaseList(models.AbstractModel):
    """What the template of a list gets, on the screen as on paper."""

    _name = "report.klagebehandling_reports.case_list"
    _description = "List of cases"

    @api.model
    def _get_report_values(self, docids, data=None):
        lists = self.env["complaint.case.list"].browse(docids)
        if len(lists) != 1:
            raise AccessError(self.env._("Print one document at a time."))
        lists._check_printable()
        return lists._sheet_values()
