from odoo import fields, models


class ComplaintCaseRecuse(models.TransientModel):
    """Step back from a case for a conflict of interest (M18)."""

    _name = "complaint.case.recuse"
    _inherit = ["complaint.case.dialog"]
    _description = "Step back from a case"

    reason = fields.Text(required=True)

    def action_confirm(self):
        """Hand the case to the next in line; afterwards the user cannot open it."""
        case = self._begin()
        case.action_recuse(self.reason)
        return self._finish(case)
