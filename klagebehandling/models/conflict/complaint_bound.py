from odoo import api, models


class ComplaintBound(models.AbstractModel):
    """An entry of a wall that has changed binds who stands behind it."""

    _inherit = "complaint.bound"

    @api.model
    def _speaking(self):
        return {**super()._speaking(), "wall_changed": {"wall"}}
