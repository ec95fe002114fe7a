from odoo import api, models

from ..onward.complaint_outgoing import Finding


class ComplaintOutgoing(models.Model):
    """While the use of data is restricted, nothing leaves the case without a reason."""

    _inherit = "complaint.outgoing"

    @api.model
    def _look(self, case, pieces):
        found = super()._look(case, pieces)
        if not case.sudo()._restrictions():
            return found
        known = dict(found)
        held = Finding("restricted", "", "", "")
        return [(piece, [held, *known.get(piece, [])]) for piece in pieces if piece.raw]

    @api.model
    def _code_labels(self):
        return {
            **super()._code_labels(),
            "restricted": self.env._("The person has had the use of it restricted"),
        }
