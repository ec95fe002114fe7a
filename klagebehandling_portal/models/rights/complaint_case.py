from odoo import models


class ComplaintCase(models.Model):
    """What the person has asked about the own data, and by when we answer."""

    _inherit = "complaint.case"

    def _public_status(self):
        asked = self._rights_asked()
        return {
            **super()._public_status(),
            "rights_asked": {
                one.right: one.deadline_id.due_on or one.due_on for one in asked
            },
        }
