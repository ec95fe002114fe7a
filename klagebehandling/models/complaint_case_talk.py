from odoo import models


class ComplaintCase(models.Model):
    """What colleagues say to each other in a case stays among who works it."""

    _inherit = "complaint.case"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Drop whoever does not work the case, named or not."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        users = self.env["res.users"].sudo()
        users = users.browse(row["uid"] for row in recipients if row["uid"])
        workers = users - self.sudo()._strangers(users)
        return [row for row in recipients if row["uid"] in workers.ids]

    def _notify_thread_by_email(self, message, recipients_data, **kwargs):
        """Mail no more than that there is something to read (M60)."""
        partner_ids = [row["id"] for row in recipients_data if row["notif"] == "email"]
        if partner_ids:
            text = self.env._("A colleague wrote to you about a case. Sign in to read.")
            self.env["mail.mail"].sudo().create(
                {
                    "subject": self.env._("A colleague wrote to you"),
                    "body_html": f"<p>{text}</p>",
                    "recipient_ids": partner_ids,
                    "auto_delete": True,
                }
            )
        return True

    def _notify_by_web_push_prepare_payload(self, message, **kwargs):
        payload = super()._notify_by_web_push_prepare_payload(message, **kwargs)
        payload["title"] = self.env._("A colleague wrote to you")
        payload["options"]["body"] = ""
        return payload
