from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...roles import DELEGATE, REGISTRAR

BATCH = 100
TASK = "klagebehandling.mail_activity_type_access"
# What somebody is asked for: the answer, the late answer, the decision, the sending.
ASKED = [
    ("answer", "Answer asked for"),
    ("late", "Late answer asked for"),
    ("decision", "Decision asked for"),
    ("sending", "Sending asked for"),
]


class ComplaintAccessClock(models.AbstractModel):
    """Whom a request for documents waits for, and how long its address is kept.

    The clock looks a few times a day: a task keeps the moment at which it was made, and
    of an asker nothing is kept but the day.
    """

    _name = "complaint.access.clock"
    _description = "Clock of a request for documents"

    asked_for = fields.Selection(
        ASKED, readonly=True, copy=False, string="Waits for", groups=fields.NO_ACCESS
    )
    task_ids = fields.Many2many(
        "mail.activity",
        string="Tasks",
        copy=False,
        readonly=True,
        groups=fields.NO_ACCESS,
    )

    @api.model
    def _cron_ask(self):
        """Ask whoever a request waits for, in batches.

        Killed at any point nothing is lost or doubled: a task and its mark are one
        transaction. A missed day is caught up with one step; twice asks nobody twice.
        """
        cron, requests = self.env["ir.cron"], self.with_user(SUPERUSER_ID)
        for step, domain in (
            ("_ask_users", "_waiting"),
            ("_forget_contact", "_to_forget"),
        ):
            last = 0
            while batch := requests.search(
                getattr(requests, domain)() & Domain("id", ">", last),
                order="id",
                limit=BATCH,
            ):
                last = batch[-1].id
                for one in batch.try_lock_for_update():
                    getattr(one, step)()
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _waiting(self):
        """Requests that may wait for somebody."""
        is_open = Domain("answered_on", "=", False) | Domain("asked_for", "!=", False)
        is_unsent = Domain("sent_on", "=", False) & Domain("is_to_send", "=", True)
        undecided = Domain("decision_asked_on", "!=", False)
        undecided &= Domain("decided_on", "=", False)
        return is_open | is_unsent | undecided

    def _waits_for(self):
        """What the request waits for and whose it is: a key of ``ASKED`` and users."""
        if not self.answered_on:
            users = self._role_users(REGISTRAR)
            if not self.is_late:
                return "answer", users
            return "late", users | self.company_id._complaint_owners()
        if self.decision_asked_on and not self.decided_on:
            return "decision", self._role_users(DELEGATE)
        if not self._is_settled():
            return "sending", self._role_users(REGISTRAR)
        return False, self.env["res.users"]

    def _role_users(self, group):
        """Who has a role in the organisation, else who can give it to somebody."""
        users = self.env.ref(group).sudo().all_user_ids
        users = users.filtered(
            lambda user: user.active and self.company_id <= user.company_ids
        )
        return users or self.company_id._complaint_owners()

    def _ask_users(self):
        """Give each whom it waits for one task, and take back what is done."""
        asked_for, users = self._waits_for()
        if asked_for == self.asked_for:
            return
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        self.task_ids.with_user(SUPERUSER_ID).unlink()
        self.task_ids = asked_for and tasks.with_context(
            mail_activity_quick_update=True
        ).create(
            [
                {
                    "activity_type_id": self.env.ref(TASK).id,
                    "user_id": user.id,
                    "date_deadline": self.due_on,
                    "summary": self.with_context(lang=user.lang)._say_asked(asked_for),
                }
                for user in users
            ]
        )
        self.asked_for = asked_for

    def _say_asked(self, asked_for):
        """The task in the language of the context: the number, and nothing of it."""
        told = {"number": self.reference, "day": format_date(self.env, self.due_on)}
        if asked_for == "answer":
            return self.env._("Answer request %(number)s by %(day)s", **told)
        if asked_for == "late":
            return self.env._(
                "Request %(number)s was to be answered by %(day)s", **told
            )
        if asked_for == "decision":
            return self.env._("Decide on request %(number)s", number=self.reference)
        return self.env._(
            "Send the answer to request %(number)s", number=self.reference
        )

    # -- where the answer goes to is kept no longer than it is needed

    @api.model
    def _to_forget(self):
        return Domain("contact_sealed", "!=", False) & Domain("state", "=", "answered")

    def _forget_contact(self):
        """Forget it once all is sent, and no refusal can be appealed any more."""
        rows = [self, *self.review_ids]
        if not all(one._is_settled() for one in rows):
            return
        last = max(
            max(one.answered_on, one.decided_on or one.answered_on) for one in rows
        )
        policy = self.policy_id
        if last + timedelta(days=policy.access_appeal_days) < policy._today():
            self.write({"contact_sealed": False, "is_to_send": False})
            self._enter("access_contact_removed")
