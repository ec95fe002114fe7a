from odoo import models


class IrRule(models.Model):
    """Enters changed record rules of our models in the organisation's journal."""

    _name = "ir.rule"
    _inherit = ["ir.rule", "complaint.watched"]

    def _watched_values(self):
        return dict(
            super()._watched_values(),
            domain=self.domain_force or "",
            groups=sorted(self.groups.ids),
        )
