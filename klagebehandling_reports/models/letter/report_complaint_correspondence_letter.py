from odoo import api, models


class ReportComplaintCorrespondenceLetter(models.AbstractModel):
    """What the letter template gets, on the screen as on paper."""

    _name = "report.klagebehandling_reports.complaint_correspondence_letter"
    _description = "Letter in a case"

    @api.model
    def _get_report_values(self, docids, data=None):
        letters = self.env["complaint.correspondence"].browse(docids)
        letters._check_printable()
        return {"letters": [letter._letter_values() for letter in letters]}
