from odoo import models


class ComplaintParty(models.Model):
    _inherit = "complaint.party"

    def _erase(self):
        """A kept letter carries the name: it goes with the identity."""
        result = super()._erase()
        letters_sudo = self.env["complaint.correspondence"].sudo()
        letters_sudo = letters_sudo.search([("recipient_id", "in", self.ids)])
        names = [letter._kept_name() for letter in letters_sudo]
        self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", letters_sudo._name),
                ("res_id", "in", letters_sudo.ids),
                ("name", "in", names),
            ]
        ).unlink()
        return result
