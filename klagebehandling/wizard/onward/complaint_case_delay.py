from odoo import api, models
from odoo.tools import plaintext2html


class ComplaintCaseDelay(models.TransientModel):
    """The reason that the complainant is told passes the guard."""

    _name = "complaint.case.delay"
    _inherit = ["complaint.outgoing.dialog", "complaint.case.delay"]

    @api.model
    def _outgoing_fields(self):
        return ["case_id", "reason"]

    def _outgoing_pieces(self):
        outgoing = self.env["complaint.outgoing"]
        return [outgoing._text_piece(plaintext2html(self.reason or ""))]
