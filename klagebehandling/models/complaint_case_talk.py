from odoo import models, tools
from odoo.exceptions import UserError


class ComplaintCase(models.Model):
    """What colleagues say to each other in a case stays among who works it."""

    _inherit = "complaint.case"

    def message_post(self, *, partner_ids=None, outgoing_email_to=False, **kwargs):
        """Talk to colleagues who work the case; others are not reached from here.

        :raises UserError: for somebody outside the organisation
        """
        self.check_access("read")
        partners = self.env["res.partner"].sudo().browse(partner_ids or [])
        users = partners.user_ids.filtered(lambda user: not user.share)
        if outgoing_email_to or partners - users.partner_id:
            raise UserError(
                self.env._(
                    "Here colleagues talk to each other. Use “Write” to write to the "
                    "complainant."
                )
            )
        workers = users - self.sudo()._strangers(users)
        return super().message_post(partner_ids=workers.partner_id.ids, **kwargs)

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
            mail_sudo = self.env["mail.mail"].sudo()
            mail_sudo.create(
                {
                    "subject": self.env._("A colleague wrote to you"),
                    "body_html": f"<p>{text}</p>",
                    "recipient_ids": partner_ids,
                    "auto_delete": True,
                    # The wall goes around it too, and the talk does not show it.
                    "model": self._name,
                    "res_id": self.id,
                    "message_id": tools.mail.generate_tracking_message_id("notice"),
                    "message_type": "user_notification",
                }
            ).send_after_commit()
        return True

    def _notify_by_web_push_prepare_payload(self, message, **kwargs):
        payload = super()._notify_by_web_push_prepare_payload(message, **kwargs)
        payload["title"] = self.env._("A colleague wrote to you")
        payload["options"]["body"] = ""
        return payload
