from odoo import models


class ReportLetterUnaddressed(models.AbstractModel):
    """What the template gets: the same as with an address, which the context hides."""

    _name = "report.klagebehandling_reports.letter_unaddressed"
    _inherit = "report.klagebehandling_reports.complaint_correspondence_letter"
    _description = "Letter in a case, without address"
