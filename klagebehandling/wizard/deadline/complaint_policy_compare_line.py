from odoo import fields, models

from ...vocabulary import MILESTONES


class ComplaintPolicyCompareLine(models.TransientModel):
    """One date of an open case as it is, and as the version would have it."""

    _name = "complaint.policy.compare.line"
    _inherit = ["complaint.case.dialog"]
    _description = "Date that a procedure would change"
    _needs = "read"
    _order = "case_id, milestone"

    compare_id = fields.Many2one(
        "complaint.policy.compare", required=True, ondelete="cascade", index=True
    )
    milestone = fields.Selection(MILESTONES, readonly=True)
    old_due_on = fields.Date(string="Promised", readonly=True)
    new_due_on = fields.Date(string="Under this version", readonly=True)
