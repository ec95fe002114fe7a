from odoo import models

from .complaint_correspondence import RECIPIENT_ROLES


class ComplaintParty(models.Model):
    _inherit = "complaint.party"

    def _erase(self):
        """A kept letter carries the name: it goes with the identity."""
        result = super()._erase()
        cases_sudo = (
            self.sudo().filtered(lambda party: party.role in RECIPIENT_ROLES).case_id
        )
        letters_sudo = cases_sudo.correspondence_ids
        names = [letter._kept_name() for letter in letters_sudo]
        self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", letters_sudo._name),
                ("res_id", "in", letters_sudo.ids),
                ("name", "in", names),
            ]
        ).unlink()
        return result
