from odoo import fields, models


class ComplaintCaseErase(models.TransientModel):
    """Say on which ground the words of the complainant are removed."""

    _name = "complaint.case.erase"
    _inherit = ["complaint.case.dialog"]
    _description = "Remove a text"

    ground = fields.Text(required=True)

    def action_confirm(self):
        """Remove the text; nobody gets it back."""
        case = self._begin()
        case.action_erase_text(self.ground)
        return self._finish(case)
