from odoo import fields, models


class ResCompany(models.Model):
    """Carries the head of the organisation's journal.

    Taking users out of it gives on the cases that nobody else can read.
    """

    _inherit = "res.company"

    complaint_journal_head = fields.Char(groups=fields.NO_ACCESS, copy=False)
    complaint_journal_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)

    def write(self, vals):
        if "user_ids" not in vals:
            return super().write(vals)
        Groups = self.env["res.groups"]
        readers = Groups._complaint_readers()
        reading = readers._complaint_reading()
        result = super().write(vals)
        Groups._hand_up_complaints(readers, reading)
        return result
