from odoo import models


class ComplaintPolicy(models.Model):
    """Enters in the organisation's journal which version binds from when."""

    _inherit = "complaint.policy"

    def action_put_in_force(self):
        result = super().action_put_in_force()
        Company = self.env["complaint.company.journal"].sudo()
        Company._append(
            [
                (company, "policy_in_force", policy._journal_payload())
                for policy in self
                for company in Company._companies(policy.company_id or None)
            ]
        )
        return result

    def _journal_payload(self):
        payload = {"policy": self.code}
        if self.valid_from:
            payload["valid_from"] = str(self.valid_from)
        return payload
