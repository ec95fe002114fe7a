from odoo import fields, models


class ComplaintCase(models.Model):
    """Adds in which yearly report a case was counted, so that it is counted once."""

    _inherit = "complaint.case"

    report_year = fields.Integer(
        readonly=True, copy=False, index=True, groups=fields.NO_ACCESS
    )
