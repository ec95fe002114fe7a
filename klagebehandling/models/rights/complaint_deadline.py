from odoo import fields, models

OWN_MILESTONES = [("rights", "Request about own data")]


class ComplaintDeadline(models.Model):
    """Adds the clock of what a person asks about the own data."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )
