from odoo import models


class ComplaintRightLetter(models.TransientModel):
    """What is written to the person complained about passes the guard."""

    _name = "complaint.right.letter"
    _inherit = ["complaint.outgoing.dialog", "complaint.right.letter"]

    def _outgoing_case(self):
        right = self.right_id._origin.sudo(False)
        return right.case_id if right.has_access("write") else right.case_id.browse()
