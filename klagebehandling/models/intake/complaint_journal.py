from odoo import models


class ComplaintJournal(models.Model):
    _inherit = "complaint.journal"

    def _event_labels(self):
        return {
            **super()._event_labels(),
            "named_by_own_act": self.env._("Named by the complainant's own act"),
        }
