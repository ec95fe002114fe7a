from odoo import models


class MailMessageReaction(models.Model):
    _name = "mail.message.reaction"
    _inherit = ["mail.message.reaction", "complaint.walled.document"]

    _document_link = "message_id"
