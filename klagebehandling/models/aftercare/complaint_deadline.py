from odoo import fields, models

OWN_MILESTONES = [("checkback", "Check-back")]


class ComplaintDeadline(models.Model):
    """Adds the check-back to the duties of a case; it outlives the closing."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )
