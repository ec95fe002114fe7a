from odoo import fields, models

from .complaint_deadline import OWN_MILESTONES


class ComplaintPolicyTerm(models.Model):
    """A procedure may say by when the head has followed a case up (D-45)."""

    _inherit = "complaint.policy.term"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )
