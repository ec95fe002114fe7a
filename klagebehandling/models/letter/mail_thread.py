from odoo import models


class MailThread(models.AbstractModel):
    """Takes the bounces of our notices: each opens another way to the person."""

    _inherit = "mail.thread"

    def _routing_handle_bounce(self, email_message, message_dict):
        """A bounce of one of our notices opens the next way to reach the person."""
        ids = set(message_dict.get("bounced_msg_ids") or ())
        if ids and self.env["complaint.correspondence"]._bounce(ids):
            return None
        return super()._routing_handle_bounce(email_message, message_dict)
