from odoo import models


class MailTrackingValue(models.Model):
    _name = "mail.tracking.value"
    _inherit = ["mail.tracking.value", "complaint.walled.document"]

    _document_link = "mail_message_id"
