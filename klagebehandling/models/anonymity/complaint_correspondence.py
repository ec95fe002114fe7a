from odoo import api, models


class ComplaintCorrespondence(models.Model):
    """No letter to an anonymous person takes a way that needs an address (M11)."""

    _inherit = "complaint.correspondence"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_pointers("create", vals_list)
        for vals in vals_list:
            if vals.get("direction", "out") == "out":
                case_sudo = (
                    self.env["complaint.case"].sudo().browse(vals.get("case_id"))
                )
                case_sudo._check_reachable(vals.get("medium") or "portal")
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if {"medium", "direction", "case_id"} & vals.keys():
            self._check_reachable()
        return result

    def _check_reachable(self):
        for letter in self.sudo():
            if letter.direction == "out":
                letter.case_id._check_reachable(letter.medium)
