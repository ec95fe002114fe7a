from odoo import fields, models


class ResCompany(models.Model):
    """Carries the head of the organisation's journal."""

    _inherit = "res.company"

    complaint_journal_head = fields.Char(groups=fields.NO_ACCESS, copy=False)
    complaint_journal_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)
    complaint_journal_on = fields.Datetime(groups=fields.NO_ACCESS, copy=False)
