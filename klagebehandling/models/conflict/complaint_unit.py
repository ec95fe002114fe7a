from odoo import models

from ..unit.complaint_unit import LINE


class ComplaintUnit(models.Model):
    """Has walls and handlers follow a line of management that is changed."""

    _inherit = "complaint.unit"

    def write(self, vals):
        """Let the walls grow first: a case is given on to nobody behind them."""
        result = super().write(vals)
        moved = LINE & vals.keys()
        if moved:
            self.env["complaint.case"].sudo()._renew_walls(self)
        if moved or "active" in vals:
            self.env["complaint.case"]._hand_up(self.sudo().company_id)
        return result
