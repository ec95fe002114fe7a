from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...roles import LEADERS, READERS

# So many complaints by the public form in one day are a flood for who receives them.
FLOOD = 50
# Each of them is a letter: more than these at once would keep the page waiting.
MOST_AT_ONCE = 200


class ComplaintCase(models.Model):
    """Marks what may be a program's, alarms of a flood and ends it."""

    _inherit = "complaint.case"

    is_automatic = fields.Boolean(
        string="Perhaps by a program",
        readonly=True,
        copy=False,
        groups=READERS,
        help="Sent within seconds, or with a field filled in that nobody sees. People "
        "who paste or dictate can do that too.",
    )

    def action_close_flood(self, reason):
        """End cases of a flood together, each by its letter and with the reason.

        What a procedure asks of a closing beside that is not asked: nothing was found.

        :param reason: why they are not looked into one by one; the persons read it
        :raises AccessError: for who is neither manager nor independent receiver
        :raises UserError: without a reason, for too many at once, or for a case that
            somebody has begun with: nothing is ended then
        """
        if not self.env.user.has_groups(LEADERS):
            raise AccessError(self.env._("Only managers end many cases at once."))
        if not (reason or "").strip():
            raise UserError(self.env._("Write why they are not looked into."))
        if len(self) > MOST_AT_ONCE:
            raise UserError(
                self.env._("Choose at most %(most)s cases at once.", most=MOST_AT_ONCE)
            )
        for case in self:
            case._begin("closed")
            if case.state != "received":
                raise UserError(
                    self.env._(
                        "Somebody has begun with one of these cases. Leave it out: it "
                        "is closed by itself."
                    )
                )
        for case in self:
            case.outcome = "no_finding"
            case.sudo()._log("flood_closed", reason=reason)
            case._end("closed", "closing", case._say_closing(reason), None)
        return True

    def _mark_automatic(self):
        """Mark what may be a program's; it is received like any other."""
        self.sudo().filtered(lambda case: not case.is_automatic).is_automatic = True

    @api.model
    def _cron_alarm_floods(self):
        """Alarm who received very many by the public form since yesterday.

        Each is told of what is theirs to handle, which no wall keeps from them.
        """
        since = fields.Datetime.now() - timedelta(days=1)
        groups = self.sudo()._read_group(
            [
                ("channel", "=", "web"),
                ("state", "=", "received"),
                ("received_at", ">=", since),
                ("handler_id", "!=", False),
            ],
            ["handler_id"],
            having=[("__count", ">=", FLOOD)],
        )
        self._alarm_flood(self.env["res.users"].union(*[user for (user,) in groups]))

    @api.model
    def _alarm_flood(self, users):
        """Give each user a task, unless there is one already.

        It hangs on no document and says nothing of any case.
        """
        type_ = self.env.ref("klagebehandling.mail_activity_type_flood").sudo()
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        told = tasks.search(
            [("activity_type_id", "=", type_.id), ("user_id", "in", users.ids)]
        )
        values = [
            {
                "user_id": user.id,
                "activity_type_id": type_.id,
                "date_deadline": fields.Date.context_today(self),
                "summary": self.with_context(lang=user.lang).env._(
                    "Very many forms are being sent: those that nobody means can be "
                    "chosen in the list of cases and ended together"
                ),
            }
            for user in users.sudo() - told.user_id
        ]
        if values:
            tasks.with_context(mail_activity_quick_update=True).create(values)
