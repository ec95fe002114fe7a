from odoo import api, fields, models


class ComplaintPolicyCompareLine(models.TransientModel):
    """In how many open cases a version would move one duty, and how."""

    _name = "complaint.policy.compare.line"
    _inherit = ["complaint.dialog"]
    _description = "Duty that a procedure would move"
    _order = "milestone, id"

    compare_id = fields.Many2one(
        "complaint.policy.compare", required=True, ondelete="cascade", index=True
    )
    milestone = fields.Selection("_get_milestones", readonly=True)
    later_count = fields.Integer(string="Later", readonly=True)
    earlier_count = fields.Integer(string="Earlier", readonly=True)
    new_count = fields.Integer(string="New duty", readonly=True)
    gone_count = fields.Integer(string="No duty any more", readonly=True)

    @api.model
    def _get_milestones(self):
        """What a term may promise, whichever room adds it."""
        terms = self.env["complaint.policy.term"]
        return terms._fields["milestone"]._description_selection(self.env)
