from odoo import SUPERUSER_ID, Command, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..procedure.res_company import OWNER


class ResCompany(models.Model):
    """Carries the head of the organisation's journal, and tells of changed rules."""

    _inherit = "res.company"

    complaint_journal_head = fields.Char(groups=fields.NO_ACCESS, copy=False)
    complaint_journal_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)
    complaint_journal_on = fields.Datetime(groups=fields.NO_ACCESS, copy=False)

    def _complaint_auditors(self):
        """The active auditors of the company."""
        users = self.env.ref("klagebehandling.group_auditor").sudo().all_user_ids
        return users.filtered(lambda user: user.active and self <= user.company_ids)

    def _appoint_complaint_owner(self, user):
        """Give the procedure of the company its first owner, journaled and told.

        :raises AccessError: but for an administrator of access rights of the company,
            while there is no active owner
        :raises ValidationError: for who does not work in the company
        """
        user = user.sudo()
        is_own = self in self.env.user.company_ids
        if not is_own or not self._may_appoint_complaint_owner():
            raise AccessError(
                self.env._(
                    "The procedure has an owner, or you do not administer access "
                    "rights."
                )
            )
        if user.share or not user.active or self not in user.company_ids:
            raise ValidationError(self.env._("Choose one of your colleagues."))
        user.write({"group_ids": [Command.link(self.env.ref(OWNER).id)]})
        self.env["complaint.journal"]._log_company(
            self, "owner_appointed", user=user.id
        )
        self._tell_rules_changed(user)

    def _tell_rules_changed(self, receivers, concerned=None):
        """Tell at once that who answers, or what is promised, has changed: not what.

        The task hangs on no document and nobody is mailed.

        :param receivers: users who receive, or did, outside the line of management
        :param concerned: users whom the change is about: told by nobody
        """
        users = (receivers.sudo() | self._complaint_auditors()).filtered("active")
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "klagebehandling.mail_activity_type_rules"
        )
        today = fields.Date.context_today(self)
        activity = self.env["mail.activity"].with_user(SUPERUSER_ID)
        activity.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": type_id,
                    "user_id": user.id,
                    "date_deadline": today,
                    "summary": self._say_rules_changed(user),
                }
                for user in users - (concerned or users.browse())
            ]
        )

    def _say_rules_changed(self, user):
        env = self.with_context(lang=user.lang).env
        return env._(
            "Who answers for complaints, or what is promised, has changed: the "
            "organisation's journal says what"
        )
