from odoo import models


class ComplaintCaseDelay(models.TransientModel):
    """The reason for a delay may be for somebody else to read."""

    _name = "complaint.case.delay"
    _inherit = ["complaint.authority.dialog", "complaint.case.delay"]
