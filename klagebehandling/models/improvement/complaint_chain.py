from odoo import api, models

from .complaint_deadline import OWN_MILESTONES


class ComplaintChain(models.AbstractModel):
    """The words of what is entered of measures, in either journal."""

    _inherit = "complaint.chain"

    @api.model
    def _fact_keys(self):
        own = {code for code, _label in OWN_MILESTONES}
        return super()._fact_keys() | {"effect", "measure"} | own

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "effect": ("complaint.action", "effect"),
            "measure": ("complaint.action", "kind"),
        }

    @api.model
    def _key_labels(self):
        return {
            "user": self.env._("Owner"),
            **super()._key_labels(),
            "effect": self.env._("Effect"),
            "lesson": self.env._("What was learned"),
            "measure": self.env._("Measure"),
            "result": self.env._("What was done"),
        }
