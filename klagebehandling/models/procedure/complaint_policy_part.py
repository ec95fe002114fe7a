from odoo import api, fields, models


class ComplaintPolicyPart(models.AbstractModel):
    """What belongs to one version of a procedure and is frozen together with it."""

    _name = "complaint.policy.part"
    _inherit = "complaint.remembered"
    _description = "Part of a complaint procedure"
    # Whether it binds cases: what does not may change while the version is in use.
    _is_promise = True

    policy_id = fields.Many2one(
        "complaint.policy", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    source = fields.Char(help="Where the written procedure says so.")
    is_assumed = fields.Boolean(
        string="Assumption – not in the document",
        help="Chosen for this system; the written procedure does not say it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_not_frozen()
        return parts

    def write(self, vals):
        self._check_not_frozen()
        result = super().write(vals)
        if "policy_id" in vals:
            # A record rule is asked before only: nothing is given away.
            self.check_access("write")
            self._check_not_frozen()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()

    def _check_not_frozen(self):
        if self._is_promise:
            self.policy_id._check_not_frozen()
