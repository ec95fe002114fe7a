from odoo import api, fields, models


class ComplaintPolicy(models.Model):
    """Freezes a version of the procedure that binds cases.

    For people it is one that may: that a case uses it could tell of a case which they
    must never notice. Code may put right what no case uses yet.
    """

    _inherit = "complaint.policy"

    is_frozen = fields.Boolean(compute="_compute_is_frozen")

    @api.depends("state", "valid_from")
    @api.depends_context("uid")
    def _compute_is_frozen(self):
        stored = self._origin
        if self.env.su:
            frozen = stored._used()
        else:
            frozen = stored.filtered(lambda policy: policy._may_bind())
        for policy in self:
            policy.is_frozen = policy._origin in frozen

    def _used(self):
        """Those that a case is registered under."""
        cases_sudo = self.env["complaint.case"].sudo()
        rows = cases_sudo._read_group([("policy_id", "in", self.ids)], ["policy_id"])
        return self.browse(policy.id for (policy,) in rows)
