from odoo import models


class MailScheduledMessage(models.Model):
    _name = "mail.scheduled.message"
    _inherit = [
        "complaint.pointing.document",
        "mail.scheduled.message",
        "complaint.walled.document",
    ]

    _document_fields = ("model", "res_id")
