from odoo import api, models

from ..journal.complaint_bound import moment


class ComplaintBound(models.AbstractModel):
    """The dates of the duties are bound: none of them ever changes."""

    _inherit = "complaint.bound"

    @api.model
    def _facts(self):
        return {**super()._facts(), "promises": self._promises}

    @api.model
    def _speaking(self):
        return {**super()._speaking(), "deadlines_opened": {"promises"}}

    @api.model
    def _promises(self, case):
        return sorted(
            [row["milestone"], str(row["due_on"]), moment(row["due_at"])]
            for row in case["deadline_ids"]
        )
