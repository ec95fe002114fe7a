from odoo import api, models


class ComplaintLetterDialog(models.AbstractModel):
    """What is written to the complainant may be for somebody else to read."""

    _name = "complaint.letter.dialog"
    _inherit = ["complaint.authority.dialog", "complaint.letter.dialog"]

    @api.model
    def _authority_fields(self):
        return [*super()._authority_fields(), "medium"]

    def _authority_medium(self):
        return self.medium
