from odoo import api, models


class ComplaintPolicyPart(models.AbstractModel):
    """Enters changed ways, words, questions and time limits of a version in force."""

    _name = "complaint.policy.part"
    _inherit = ["complaint.policy.part", "complaint.recorded"]

    def _is_recorded(self):
        return self.policy_id._is_recorded()

    def _recorded_companies(self):
        return self.policy_id._recorded_companies()

    def _recorded_key(self):
        return {"id": self.id, "policy": self.policy_id.code}

    @api.model
    def _recorded_names(self):
        return super()._recorded_names() - {"company_id"}
