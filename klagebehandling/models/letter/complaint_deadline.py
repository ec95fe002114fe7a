from odoo import models

from ..deadline.complaint_deadline_ladder import TOLD


class ComplaintDeadline(models.Model):
    """A new date of a duty to the complainant is told in a letter (M05)."""

    _inherit = "complaint.deadline"

    def _promise_anew(self, rows):
        super()._promise_anew(rows)
        told = [row for row in rows if row[0].milestone in TOLD]
        self.env["complaint.correspondence"]._queue_notices(told)._send()
