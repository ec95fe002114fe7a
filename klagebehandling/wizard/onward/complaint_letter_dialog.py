from odoo import models


class ComplaintLetterDialog(models.AbstractModel):
    """What is written to the complainant passes the guard."""

    _name = "complaint.letter.dialog"
    _inherit = ["complaint.outgoing.dialog", "complaint.letter.dialog"]
