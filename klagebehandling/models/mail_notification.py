from odoo import models


class MailNotification(models.Model):
    _name = "mail.notification"
    _inherit = ["mail.notification", "complaint.walled.document"]

    _document_link = "mail_message_id"
