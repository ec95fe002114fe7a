from odoo import models


class MailComposeMessage(models.TransientModel):
    """A message is written on a case that its writer sees.

    Leak: the dialog names the document and the message of any id. Proved by
    ``test_forged_values_are_no_oracle``.
    """

    _name = "mail.compose.message"
    _inherit = [
        "complaint.pointing.document",
        "complaint.pointing",
        "mail.compose.message",
    ]
