from odoo import models


class MailMessageTranslation(models.Model):
    _name = "mail.message.translation"
    _inherit = ["mail.message.translation", "complaint.walled.document"]

    _document_link = "message_id"
