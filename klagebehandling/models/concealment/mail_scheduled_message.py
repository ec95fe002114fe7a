from odoo import models


class MailScheduledMessage(models.Model):
    """What is to be said in a case later is for who works it.

    Leak: its writer keeps it, and Odoo's refusal names the model of the document.
    Proved by ``test_guessed_ids_answer_as_ids_that_never_were``.
    """

    _name = "mail.scheduled.message"
    _inherit = ["complaint.case.attached", "mail.scheduled.message"]
    _document_fields = ("model", "res_id")

    def _check(self, values=None):
        """Refuse what hangs on a case before Odoo names the model of the document."""
        if not self.env.su and self._kept_back():
            raise self._make_unknown_error()
        return super()._check(values)
