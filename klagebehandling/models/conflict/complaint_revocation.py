from odoo import models, tools
from odoo.fields import Domain


class ComplaintRevocation(models.AbstractModel):
    """What a case takes back from who does not work it any more.

    Mixed into ``complaint.case``, which calls ``_revoke`` whenever its wall grows.
    """

    _name = "complaint.revocation"
    _description = "What is taken back of a case"

    def _revoke(self):
        """Leave with nobody, who does not work the case, anything that is of it.

        Tasks go to the handler. What was sent cannot be called back; what waits to
        be sent is not sent, and what lies in an inbox is taken out of it.
        """
        for case in self.sudo():
            case._revoke_tasks()
            case._revoke_messages()
            case._revoke_meetings()
            case._revoke_dialogs()
            files = case._files()
            files.filtered("access_token").access_token = False

    def _files(self):
        """The files of the case and of its letters."""
        letters = Domain("res_model", "=", "complaint.correspondence")
        letters &= Domain("res_id", "in", self.correspondence_ids.ids)
        own = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        return self.env["ir.attachment"].sudo().search(own | letters)

    def _revoke_tasks(self):
        tasks = self.env["mail.activity"].with_context(active_test=False)
        tasks = tasks.search([("res_model", "=", self._name), ("res_id", "=", self.id)])
        lost = tasks.filtered(lambda task: self._strangers(task.user_id))
        handler = self.handler_id - self.walled_user_ids
        if handler:
            lost.with_context(mail_activity_quick_update=True).user_id = handler
        else:
            lost.unlink()

    def _revoke_messages(self):
        messages = self.env["mail.message"].search(
            [("model", "=", self._name), ("res_id", "=", self.id)]
        )
        scheduled = self.env["mail.scheduled.message"].search(
            [("model", "=", self._name), ("res_id", "=", self.id)]
        )
        notices, mails = messages.notification_ids, messages.mail_ids
        held = messages.partner_ids | messages.starred_partner_ids
        held |= notices.res_partner_id | mails.recipient_ids | scheduled.partner_ids
        gone = held.filtered(
            lambda partner: not partner.user_ids - self._strangers(partner.user_ids)
        )
        notices.filtered(lambda notice: notice.res_partner_id in gone).unlink()
        messages.partner_ids -= gone
        messages.starred_partner_ids -= gone
        self._revoke_mails(mails, gone)
        for message in scheduled:
            author = message.author_id.user_ids
            if author and author == self._strangers(author):
                message.unlink()
            else:
                message.partner_ids -= gone

    def _revoke_mails(self, mails, gone):
        """Send nothing to those who are gone, nor to the walled by their address."""
        walled = self.walled_user_ids.partner_id.mapped("email_normalized")
        for mail in mails:
            if {*walled} & {*tools.mail.email_normalize_all(mail.email_to)}:
                mail.unlink()
            elif mail.recipient_ids & gone:
                mail.recipient_ids -= gone
                if not (mail.recipient_ids or mail.email_to):
                    mail.unlink()

    def _revoke_meetings(self):
        quiet = {"no_mail_to_attendees": True, "dont_notify": True}
        meetings = self.env["calendar.event"].with_context(**quiet, active_test=False)
        meetings = meetings.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        for meeting in meetings:
            if self._strangers(meeting.user_id):
                meeting.user_id = self.handler_id - self.walled_user_ids
            meeting.partner_ids -= meeting.partner_ids.filtered(
                lambda partner: (
                    partner.user_ids
                    and partner.user_ids == self._strangers(partner.user_ids)
                )
            )

    def _revoke_dialogs(self):
        """Dialogs left open keep the id of the case and what was typed."""
        registry = self.env.registry
        for name in registry.descendants(["complaint.case.dialog"], "_inherit"):
            if not registry[name]._abstract:
                dialogs = self.env[name].search([("case_id", "=", self.id)])
                dialogs._lost().unlink()
        composers = self.env["mail.compose.message"].search(
            [("model", "=", self._name)]
        )
        composers.filtered(
            lambda row: (
                self.id in row._evaluate_res_ids() and self._strangers(row.create_uid)
            )
        ).unlink()
