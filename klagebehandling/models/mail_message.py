from odoo import models


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", "complaint.walled.document"]

    _document_fields = ("model", "res_id")
