from odoo import api, models


class ComplaintPolicyTerm(models.Model):
    """Tells at once that a time limit in force takes longer than before."""

    _inherit = "complaint.policy.term"

    @api.model
    def _tell_change(self, companies, known, change):
        if self._may_take_longer(change):
            versions = self.env["complaint.policy"]
            for company in companies:
                in_force = versions._versions(known["policy"], company)
                company._tell_rules_changed(in_force.independent_id)

    @api.model
    def _may_take_longer(self, change):
        """Whether a promise may come later: all but a new one, or fewer of the same."""
        before, after = change.get("before"), change.get("after")
        if not before:
            return False
        is_shorter = after and change["fields"] == ["amount"]
        return not (is_shorter and after["amount"] < before["amount"])
