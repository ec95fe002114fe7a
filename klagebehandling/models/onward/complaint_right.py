from odoo import models


class ComplaintRight(models.Model):
    """What is written to the other side passes the guard too."""

    _inherit = "complaint.right"

    def action_write(self, body, medium, reason=None):
        outgoing = self.env["complaint.outgoing"]
        self.check_access("write")
        outgoing._check(self.case_id, [outgoing._text_piece(body)])
        return super().action_write(body, medium, reason)
