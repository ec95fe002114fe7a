from odoo import api, fields, models

OWN_RULE = "Our own rule, unless the procedure says it: check what binds you by law."


class ComplaintPolicy(models.Model):
    """Adds the clocks of what is handed on."""

    _inherit = "complaint.policy"

    referral_days = fields.Integer(
        string="Handed on within, days", default=7, help=OWN_RULE
    )
    follow_up_days = fields.Integer(
        string="Followed up after, days", default=30, help=OWN_RULE
    )

    _onward_days_positive = models.Constraint(
        "CHECK (referral_days BETWEEN 0 AND 365 AND follow_up_days BETWEEN 0 AND 365)",
        "These are days, up to a year.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | {"referral_days", "follow_up_days"}
