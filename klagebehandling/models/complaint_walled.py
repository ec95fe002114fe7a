from odoo import models


class ComplaintWalled(models.AbstractModel):
    """What belongs to a case and that the persons it is about must never notice.

    A model that inherits this gets the wall by its global record rule: on
    ``walled_user_ids`` for the case itself, on ``case_id`` for what hangs on it.
    """

    _name = "complaint.walled"
    _description = "Behind the wall of a case"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a case: recipients are computed each time, around the wall."""
        return True
