from odoo import models


class MailScheduledMessage(models.Model):
    """What is to be said in a case later is for who works it.

    Leak: auditors read it, and Odoo's refusal names the model of the document. Proved
    by ``test_what_is_to_be_said_later_is_for_who_works_the_case`` and
    ``test_refusal_of_what_is_said_later_does_not_name_its_document``.
    """

    _name = "mail.scheduled.message"
    _inherit = ["complaint.case.attached", "mail.scheduled.message"]
    _document_fields = ("model", "res_id")

    def _check(self, values=None):
        """Refuse what hangs on a case before Odoo names the model of the document."""
        if not self.env.su and self._kept_back():
            raise self._make_unknown_error()
        return super()._check(values)
