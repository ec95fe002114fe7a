from odoo import models
from odoo.exceptions import UserError

from ..identity.complaint_party import IDENTITY_FIELDS
from ..intake.complaint_intake import NAMED_BY_OTHERS

TELLING = {*IDENTITY_FIELDS, "user_id"}


class ComplaintParty(models.Model):
    """Refuses an identity in an anonymous case that the person did not give (M09)."""

    _inherit = "complaint.party"

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for vals in vals_list:
            tells = any(vals.get(name) for name in TELLING)
            if operation == "create" and tells:
                self._check_nameable(vals.get("case_id"), vals.get("role"))
            elif operation == "write" and (tells or {"role", "case_id"} & vals.keys()):
                for party in self.sudo():
                    if tells or party.identity_sealed or party.user_id:
                        self._check_nameable(
                            vals.get("case_id", party.case_id.id),
                            vals.get("role", party.role),
                        )

    def _check_nameable(self, case_id, role):
        case_sudo = self.env["complaint.case"].sudo().browse(case_id)
        is_named_by_others = (role or "complainant") in NAMED_BY_OTHERS
        if case_sudo.anonymity == "anonymous" and not is_named_by_others:
            raise UserError(
                self.env._(
                    "This case is anonymous: nobody else can say who the person is. "
                    "The person can, on the status page with the receipt code."
                )
            )
