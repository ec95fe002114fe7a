from odoo import api, models


class ComplaintCorrespondence(models.Model):
    """No letter to an anonymous person takes a way that needs an address (M11)."""

    _inherit = "complaint.correspondence"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_reachable(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if {"medium", "direction", "case_id"} & vals.keys():
            rows = [
                {
                    "case_id": letter.case_id.id,
                    "direction": letter.direction,
                    "medium": letter.medium,
                    **vals,
                }
                for letter in self.sudo()
            ]
            self._check_reachable(rows)
        return super().write(vals)

    def _check_reachable(self, rows):
        outgoing = [row for row in rows if row.get("direction", "out") == "out"]
        cases = self.env["complaint.case"].browse(row["case_id"] for row in outgoing)
        for row, case in zip(outgoing, cases, strict=True):
            case._check_reachable(row.get("medium") or "portal")
