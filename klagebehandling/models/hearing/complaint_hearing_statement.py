from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError


class ComplaintHearingStatement(models.Model):
    """What the person complained about is asked, and answers.

    It points at no case: the hearing points at it.
    """

    _name = "complaint.hearing.statement"
    _inherit = [
        "complaint.guarded",
        "complaint.unseen",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Request for your statement"
    _order = "asked_on desc, id desc"
    _has_followers = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    points = fields.Text(string="What you are asked about", required=True)
    asked_on = fields.Date(
        readonly=True, required=True, default=fields.Date.context_today
    )
    answer_by = fields.Date(readonly=True)
    answer = fields.Text(string="Your statement")
    is_answered = fields.Boolean(readonly=True)

    def _compute_display_name(self):
        self._check_known()
        for statement in self:
            statement.display_name = self.env._("Request for your statement")

    def _writable(self):
        """A statement is its person's own, until it is handed in."""
        names = super()._writable()
        is_own = all(
            row.user_id == self.env.user and not row.is_answered for row in self
        )
        return names | {"answer"} if is_own else names

    def message_post(self, **kwargs):
        """Ask first: Odoo tells a hidden row from none before it asks."""
        self.check_access("write")
        return super().message_post(**kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows it: every employee can read who follows what."""
        return True

    def action_answer(self, answer=None):
        """Hand in the statement; it cannot be changed afterwards.

        :param answer: the statement, where it has not been written yet
        :raises UserError: without a text
        """
        for statement in self:
            statement.check_access("write")
            if answer:
                statement.answer = answer
            if statement.is_answered or not statement.answer:
                raise UserError(
                    self.env._("Write your statement first, then hand it in.")
                )
            statement_sudo = statement.with_user(SUPERUSER_ID)
            statement_sudo.is_answered = True
            statement_sudo.activity_ids.unlink()
            hearing = self.env["complaint.hearing"].with_user(SUPERUSER_ID)
            hearing = hearing.search([("statement_id", "=", statement.id)])
            hearing._answered(statement.answer)
            case, user = hearing.case_id, hearing.case_id.handler_id
            text = self.with_context(lang=user.lang).env._(
                "Read what the person heard has answered"
            )
            today = fields.Date.context_today(self)
            case._plan_tasks("notice", [(case, user, text, today)])
        return True

    def _ask(self):
        """Put it on the person's list of things to do, and mail that it is there."""
        env = self.with_context(lang=self.user_id.lang).env
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.answer_by or self.asked_on,
            summary=env._("Give your statement"),
            user_id=self.user_id.id,
        )
        text = env._("You are asked for your statement. Sign in to read and answer.")
        env["mail.mail"].create(
            {
                "subject": env._("You are asked for your statement"),
                "body_html": f"<p>{text}</p>",
                "recipient_ids": self.user_id.partner_id.ids,
                "auto_delete": True,
            }
        )
