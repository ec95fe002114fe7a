from odoo import models


class MailMessageLinkPreview(models.Model):
    _name = "mail.message.link.preview"
    _inherit = ["mail.message.link.preview", "complaint.walled.document"]

    _document_link = "message_id"
