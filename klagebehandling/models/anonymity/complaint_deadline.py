from odoo import fields, models


class ComplaintDeadline(models.Model):
    """The promises of an anonymous case: their acts have a day, they an instant."""

    _inherit = "complaint.deadline"
    _uncut = ("due_at", "next_at")

    def _cut_update(self, vals, policy):
        """What was late stays late, also on the day of a limit in hours."""
        row = super()._cut_update(vals, policy)
        for name in ("met_on", "late_at"):
            moment = fields.Datetime.to_datetime(vals.get(name) or False)
            if moment and row[name] < self.due_at <= moment:
                row[name] = self.due_at
        return row
