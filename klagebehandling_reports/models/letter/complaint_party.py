from odoo import models


class ComplaintParty(models.Model):
    """A kept letter carries name and address: it goes with them."""

    _inherit = "complaint.party"

    def _erase(self):
        result = super()._erase()
        self._drop_kept_letters()
        return result

    def _remove_whereabouts(self):
        known = super()._remove_whereabouts()
        self._drop_kept_letters()
        return known

    def _drop_kept_letters(self):
        letters_sudo = self.env["complaint.correspondence"].sudo()
        letters_sudo = letters_sudo.search([("recipient_id", "in", self.ids)])
        names = [letter._kept_name() for letter in letters_sudo]
        letters_sudo._files_named(names).unlink()
