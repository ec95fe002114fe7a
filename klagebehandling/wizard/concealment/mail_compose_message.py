from odoo import models


class MailComposeMessage(models.TransientModel):
    _name = "mail.compose.message"
    _inherit = [
        "complaint.pointing.document",
        "complaint.pointing",
        "mail.compose.message",
    ]
