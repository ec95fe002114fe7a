from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import UserError

from ...roles import READERS

TASKS = "klagebehandling.mail_activity_type_%s"


class ComplaintCase(models.Model):
    """The people at work: what they say to each other, and what they have to do.

    The talk stays among who works the case now. Tasks are planned in batches, and never
    for somebody behind the wall.
    """

    _inherit = "complaint.case"

    # Odoo reads it as superuser: what is written in a task is for who works the case.
    activity_summary = fields.Char(groups=READERS)

    @api.model
    def get_empty_list_help(self, help_message):
        """What an empty list of cases says: set up first, or nothing came in yet."""
        return super().get_empty_list_help(
            self.env["complaint.unit"]._setup_help() or help_message
        )

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

    def _strangers(self, users):
        """Those of some users who do not work the case."""
        return users.filtered(lambda user: self - self.with_user(user)._worked())

    @api.model
    def _plan_tasks(self, kind, tasks):
        """Give people something to do, many at once; nobody is mailed.

        :param kind: ``promise``, ``delivery``, ``news``, ``notice`` or ``identity``
        :param tasks: list of ``(case, user, summary, date)``; a task for somebody
            behind the wall is dropped
        """
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(TASKS % kind)
        model = self.env["ir.model"]._get_id(self._name)
        rows = [
            {
                "activity_type_id": type_id,
                "res_model_id": model,
                "res_id": case.id,
                "user_id": user.id,
                "summary": summary,
                "date_deadline": day,
            }
            for case, user, summary, day in tasks
            if user.active and user not in case.sudo().walled_user_ids
        ]
        # A task carries the name of its case: who causes it may not see that.
        activity = self.env["mail.activity"].with_user(SUPERUSER_ID)
        return activity.with_context(mail_activity_quick_update=True).create(rows)

    def _superior(self, steps):
        """Who stands above the handler, outside the wall, so many steps further up.

        Where the line ends it is the last one up; where there is none, or the case is
        handled independently, who receives outside the line.
        """
        case = self.sudo()
        line = []
        if not case.is_restricted:
            line = list(case.unit_id._in_charge(case._kept_out()))
            if case.handler_id in line:
                line = line[line.index(case.handler_id) + 1 :]
        if line:
            return line[min(steps, len(line) - 1)]
        user, route = case.unit_id._receiver(
            case.policy_id, case._kept_out(), is_restricted=True
        )
        # The top of the line reads what is handled independently as its handler only.
        return user if route != "top" else user.browse()

    def _kept_out(self):
        """Hook: the users to whom the case is never given."""
        return self.walled_user_ids | self.barred_user_ids
