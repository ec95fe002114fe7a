from odoo import api, models


class ComplaintCategory(models.Model):
    """Enters changed grounds: they decide where a complaint goes."""

    _name = "complaint.category"
    _inherit = ["complaint.category", "complaint.recorded"]

    @api.model
    def _enter_changes(self, changes):
        self._enter_as("ground_changed", changes)

    def _recorded_key(self):
        return {"id": self.id, "ground": self.code}
