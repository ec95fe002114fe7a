from odoo import models


class MailScheduledMessage(models.Model):
    _name = "mail.scheduled.message"
    _inherit = ["mail.scheduled.message", "complaint.walled.document"]

    _document_fields = ("model", "res_id")
