from odoo import api, models
from odoo.fields import Domain


class ComplaintFigure(models.AbstractModel):
    """Whose address nobody may keep is in no figure of a unit: it would tell where."""

    _inherit = "complaint.figure"

    @api.model
    def _hidden_cases(self):
        unaddressed = Domain("protection_id.is_unaddressed", "=", True)
        return super()._hidden_cases() | Domain("party_ids", "any!", unaddressed)
