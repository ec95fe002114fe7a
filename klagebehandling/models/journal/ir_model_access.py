from odoo import models


class IrModelAccess(models.Model):
    """Enters changed rights on our models in the organisation's journal."""

    _name = "ir.model.access"
    _inherit = ["ir.model.access", "complaint.watched"]

    def _watched_values(self):
        return dict(super()._watched_values(), groups=self.group_id.ids)
