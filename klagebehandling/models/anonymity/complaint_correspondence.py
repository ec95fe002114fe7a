from odoo import fields, models


class ComplaintCorrespondence(models.Model):
    """Refuses a letter to who is anonymous, by a medium that needs an address (M11)."""

    _inherit = "complaint.correspondence"

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for vals in vals_list:
            is_out = vals.get("direction", "out") == "out"
            if operation == "create" and is_out and not self._is_for_others(vals):
                case = self.env["complaint.case"].browse(vals.get("case_id"))
                case._check_reachable(vals.get("medium") or "portal")

    def _cut_update(self, vals, policy):
        """What left too late for a promise did so, also on the day of its limit."""
        row = super()._cut_update(vals, policy)
        moment = fields.Datetime.to_datetime(vals.get("sent_at") or False)
        if moment:
            passed = self.sudo().meets_ids.mapped("due_at")
            crossed = [due for due in passed if row["sent_at"] < due <= moment]
            row["sent_at"] = max(crossed, default=row["sent_at"])
        return row

    def write(self, vals):
        result = super().write(vals)
        if {"medium", "direction", "case_id"} & vals.keys():
            for letter in self.sudo():
                if letter.direction == "out" and letter._is_to_complainant():
                    letter.case_id._check_reachable(letter.medium)
        return result
