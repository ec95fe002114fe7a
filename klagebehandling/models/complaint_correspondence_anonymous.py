from odoo import api, models


class ComplaintCorrespondence(models.Model):
    """No letter to an anonymous person takes a way that needs an address (M11)."""

    _inherit = "complaint.correspondence"

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        letters._check_reachable()
        return letters

    def write(self, vals):
        result = super().write(vals)
        if {"medium", "direction", "case_id"} & vals.keys():
            self._check_reachable()
        return result

    def _send(self):
        self._check_reachable()
        return super()._send()

    def _check_reachable(self):
        for letter in self:
            if letter.direction == "out":
                letter.case_id._check_reachable(letter.medium)
