from odoo import models


class ComplaintReferral(models.Model):
    """The cover of the person's own attachment (A-18)."""

    _inherit = "complaint.referral"

    def _own_documents(self):
        return self.document_ids.filtered("is_own")

    def _cover_values(self):
        """What stands on the cover: whose it is, to whom it goes, and what is in it."""
        own = self._own_documents()
        sent_on = self.sent_on or self.case_id._today()
        return {
            "recipient": self._say_recipient(),
            "sent": self.case_id._say_day(sent_on),
            "is_sent": bool(self.sent_on),
            "own_documents": own,
            "other_documents": self.document_ids - own,
        }
