from odoo import models


class IrModelAccess(models.Model):
    _name = "ir.model.access"
    _inherit = ["ir.model.access", "complaint.watched"]

    def _watched_values(self):
        return dict(super()._watched_values(), groups=self.group_id.ids)
