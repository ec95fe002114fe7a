from odoo import models


class MailMail(models.Model):
    _name = "mail.mail"
    _inherit = ["mail.mail", "complaint.walled.document"]

    _document_link = "mail_message_id"
