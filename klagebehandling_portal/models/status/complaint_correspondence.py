from odoo import models


class ComplaintCorrespondence(models.Model):
    """What of a letter can be read on the status page, and since when."""

    _inherit = "complaint.correspondence"

    def _is_published(self):
        """Sent by any medium, or by e-mail, which says no more than that it is here."""
        is_mail = self.medium == "email" and self.state in (
            "queued",
            "sending",
            "failed",
        )
        is_out = self.state == "sent" or is_mail
        return self._is_to_complainant() and not self.is_withheld and is_out

    def _published_at(self):
        return self.sent_at or self.create_date
