from odoo import models


class ComplaintCategory(models.Model):
    """Tells which grounds are an appeal."""

    _inherit = "complaint.category"

    def _lead_to_a_decision(self):
        """Whether who decides on individual decisions takes care of one of these."""
        return "decision" in self.mapped("redirect_function")
