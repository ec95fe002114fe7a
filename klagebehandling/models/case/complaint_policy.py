from odoo import fields, models


class ComplaintPolicy(models.Model):
    """Freezes a version of the procedure once a case is registered under it."""

    _inherit = "complaint.policy"

    is_frozen = fields.Boolean(compute="_compute_is_frozen")

    def _compute_is_frozen(self):
        used = (
            self.env["complaint.case"]
            .sudo()
            ._read_group([("policy_id", "in", self.ids)], ["policy_id"])
        )
        used_ids = {policy.id for (policy,) in used}
        for policy in self:
            policy.is_frozen = policy.id in used_ids
