from odoo import api, models


class ComplaintJournal(models.Model):
    """What of a case was printed, and for whom."""

    _inherit = "complaint.journal"

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"sheet"}

    @api.model
    def _explained_fields(self):
        own = {"sheet": ("complaint.case.paper", "sheet")}
        return {**super()._explained_fields(), **own}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "sheet": self.env._("Document"),
            "to_whom": self.env._("For whom"),
        }
