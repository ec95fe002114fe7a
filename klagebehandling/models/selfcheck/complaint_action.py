from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintAction(models.Model):
    """Adds the self-check that a measure of the organisation comes of (D-48, B-26)."""

    _inherit = "complaint.action"

    selfcheck_id = fields.Many2one(
        "complaint.selfcheck",
        string="Decided in the self-check",
        index="btree_not_null",
        ondelete="restrict",
        groups="klagebehandling.group_manager",
    )

    @api.model
    def _creatable(self):
        return super()._creatable() | {"selfcheck_id"}

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su or operation != "create":
            return
        for vals in vals_list:
            if check_id := vals.get("selfcheck_id"):
                check = self.env["complaint.selfcheck"].browse(check_id)
                check.check_access("write")
                if check.state == "closed" or vals.get("case_id"):
                    raise UserError(
                        self.env._(
                            "A self-check that is open decides on measures of the "
                            "whole organisation, and on no others."
                        )
                    )
