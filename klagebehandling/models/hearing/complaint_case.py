from odoo import fields, models


class ComplaintCase(models.Model):
    """Adds the hearings of a case."""

    _inherit = "complaint.case"

    hearing_ids = fields.One2many("complaint.hearing", "case_id", string="Hearings")

    def _writable(self):
        return super()._writable() | {"hearing_ids"}
