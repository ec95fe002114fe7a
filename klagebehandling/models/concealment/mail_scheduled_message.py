from odoo import models


class MailScheduledMessage(models.Model):
    _name = "mail.scheduled.message"
    _inherit = [
        "complaint.pointing.document",
        "mail.scheduled.message",
        "complaint.walled.document",
    ]
    _document_fields = ("model", "res_id")

    def _check(self, values=None):
        """Refuse what hangs on a case before Odoo names the model of the document."""
        if not self.env.su and self._kept_back():
            raise self._make_unknown_error()
        return super()._check(values)
