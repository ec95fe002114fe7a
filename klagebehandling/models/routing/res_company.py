from odoo import models


class ResCompany(models.Model):
    """Taking users out of a company gives on the cases that nobody else can read."""

    _inherit = "res.company"

    def write(self, vals):
        if "user_ids" not in vals:
            return super().write(vals)
        Groups = self.env["res.groups"]
        readers = Groups._complaint_readers()
        reading = readers._complaint_reading()
        result = super().write(vals)
        Groups._hand_up_complaints(readers, reading)
        return result
