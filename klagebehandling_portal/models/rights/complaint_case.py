from odoo import models


class ComplaintCase(models.Model):
    """What the person has asked about the own data, and by when we answer."""

    _inherit = "complaint.case"

    def _public_status(self):
        status = super()._public_status()
        # Each has a duty of this case, which the page has read already.
        is_asked = any(
            row.milestone == "rights" and row.is_open for row in self.deadline_ids
        )
        asked = self._rights_asked() if is_asked else ()
        return {
            **status,
            "rights_asked": {
                one.right: one.deadline_id.due_on or one.due_on for one in asked
            },
        }
