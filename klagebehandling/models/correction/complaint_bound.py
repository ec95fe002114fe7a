from odoo import api, models


class ComplaintBound(models.AbstractModel):
    """A correction binds the dates of the case anew: the receipt may be another."""

    _inherit = "complaint.bound"

    @api.model
    def _speaking(self):
        return {**super()._speaking(), "corrected": {"dates"}}
