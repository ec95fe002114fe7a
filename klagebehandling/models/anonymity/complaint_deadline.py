from odoo import fields, models


class ComplaintDeadline(models.Model):
    """Cuts the times of what was done about a duty, not those it hangs on (M11).

    ``due_at`` and ``next_at`` tell of no act and keep their instant; ``met_on`` and
    ``late_at`` are cut, but never across the moment at which the duty became late.
    """

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
