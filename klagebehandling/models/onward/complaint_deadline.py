from odoo import api, models


class ComplaintDeadline(models.Model):
    """Asks at once for what is due the day it begins, such as an appeal (E-21)."""

    _inherit = "complaint.deadline"

    @api.model
    def _steps(self, policy, term, row):
        """No morning lies before such a duty: its first step is its beginning."""
        steps, begun_at = super()._steps(policy, term, row), row["counted_from"]
        if steps or term or policy._local(begun_at).date() != row["due_on"]:
            return steps
        return [(begun_at, "handler")]
