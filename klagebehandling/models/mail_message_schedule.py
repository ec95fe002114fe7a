from odoo import models


class MailMessageSchedule(models.Model):
    _name = "mail.message.schedule"
    _inherit = ["mail.message.schedule", "complaint.walled.document"]

    _document_link = "mail_message_id"
