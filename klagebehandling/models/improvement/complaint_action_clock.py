from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...roles import LEADERS

# How far ahead a day is one that somebody means.
MOST_DAYS = 366
# Days before that of a measure of the organisation, on which who leads is asked too.
ASKED_BEFORE = 2
BATCH = 100


class ComplaintAction(models.Model):
    """The days of a measure, and who is asked: behind its acts, as superuser.

    A measure of a case is a promise of that case, with the ladder of every promise. One
    of the organisation stands on the list of things to do of its owner, and has an own
    ladder: who leads is asked before its day, and further up when it has passed.
    """

    _inherit = "complaint.action"

    # -- what is refused

    def _begin(self, state):
        """Ask for the rights, and whether the measure still stands as it did."""
        self.check_access("write")
        if not self.case_id:
            self._check_leads()
        if self.state != state:
            raise UserError(
                self.env._("This measure stands otherwise by now. Look at it again.")
            )

    def _check_leads(self):
        """Refuse to steer a measure of the whole organisation to who leads nothing."""
        if not self.env.su and not self.env.user.has_groups(LEADERS):
            raise AccessError(
                self.env._(
                    "Managers and independent receivers decide on measures of the "
                    "whole organisation."
                )
            )

    @api.model
    def _check_new(self, vals, case):
        """Refuse a measure without a day that somebody means."""
        if not case:
            self._check_leads()
        today = case._today() if case else fields.Date.context_today(self)
        try:
            due_on = fields.Date.to_date(vals.get("due_on"))
            check_on = fields.Date.to_date(vals.get("check_on"))
        except (TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("Write the day like this: 2026-03-16.")
            ) from error
        if not due_on or due_on < today or (due_on - today).days > MOST_DAYS:
            raise UserError(
                self.env._("Choose a day from today, within a year, for the measure.")
            )
        if check_on and not 0 <= (check_on - due_on).days <= MOST_DAYS:
            raise UserError(
                self.env._("The effect is looked at within a year after the measure.")
            )

    @api.model
    def _check_owner(self, cases, user_id, company=None):
        """Refuse an owner who cannot have it, in the same words whatever the reason.

        :param company: of the unit that the measure is for, where it is of no case
        """
        user = self.env["res.users"].sudo().browse(user_id).exists()
        cases_sudo = cases.sudo()
        own = self.sudo().company_id or company or self.env.company
        companies = cases_sudo.company_id or own
        kept_out = user & self._kept_from(cases_sudo)
        if not user or user.share or kept_out or companies - user.company_ids:
            raise UserError(
                self.env._("This person cannot have the measure. Choose another.")
            )

    def _all_cases(self):
        """The cases that the measures are of, or come of, as superuser."""
        return self.sudo().case_id | self.sudo().issue_id.case_ids

    @api.model
    def _kept_from(self, cases):
        """Who must not notice a measure of these cases."""
        return self.env["res.users"].sudo().union(*(one._kept_out() for one in cases))

    def _check_later(self, day):
        today = self._local_today()
        if day <= max(today, self.due_on) or (day - today).days > MOST_DAYS:
            raise UserError(
                self.env._("Choose a later day than the old one, within a year.")
            )

    # -- what follows

    def _erase_text(self, ground):
        """Also what its owner was asked, and reported."""
        super()._erase_text(ground)
        told = self.sudo().assignment_id.with_user(SUPERUSER_ID)
        told.write({"name": self.env._("[removed]"), "report": False})
        told.activity_ids.unlink()

    def _local_today(self):
        case = self.case_id.sudo()
        return case._today() if case else fields.Date.context_today(self)

    def _start(self):
        """Give each its clock, its owner a task, and enter it."""
        for action in self:
            if action.case_id:
                action.deadline_id = action.case_id._promise_day(
                    "measure", action.due_on
                )
        self._ask_owner()
        self._log_each("measure_opened")

    def _ask_owner(self):
        """Ask whoever owns each in the words of the measure, and no longer another."""
        assignments = self.env["complaint.action.assignment"].with_user(SUPERUSER_ID)
        assignments = assignments.with_context(mail_create_nolog=True)
        for action in self:
            action._end_assignment()
            if action.owner_id:
                action.assignment_id = assignments.create(
                    {
                        "name": action.name,
                        "user_id": action.owner_id.id,
                        "company_id": action.company_id.id,
                        "due_on": action.due_on,
                    }
                )
        self.assignment_id.with_user(SUPERUSER_ID)._ask()

    def _end_assignment(self):
        """Take back what is not reported; what was reported stays with its owner."""
        assignments = self.assignment_id.with_user(SUPERUSER_ID)
        assignments.filtered(lambda one: not one.is_done).unlink()

    def _settle_done(self, text, by):
        """Record that measures are done; the look at the effect is promised then.

        :param text: what was done
        :param by: the user who says so
        """
        for action in self.filtered(lambda one: one.state == "open"):
            action.write(
                {
                    "state": "done",
                    "result": text,
                    "done_on": action._local_today(),
                    "done_by_id": by.id,
                    "reminded": False,
                }
            )
            action._forget_reminders(action.due_on)
            action.deadline_id._meet()
            if action.case_id and action.check_on:
                action.check_deadline_id = action.case_id._promise_day(
                    "effect", max(action.check_on, action._local_today())
                )
            action.assignment_id.with_user(SUPERUSER_ID)._end()
        self._log_each("measure_done", result=text)
        self.case_id._finish_tasks()

    def _postpone(self, day, reason):
        old, was = self.deadline_id.filtered("is_open"), self.due_on
        if old:
            old.write({"state": "extended", "reason": reason, "next_at": False})
            self.deadline_id = old.create(old._prepare_extension(day))
        self.write(
            {"due_on": day, "new_due_on": False, "reason": False, "reminded": False}
        )
        self._forget_reminders(was)
        assignment = self.assignment_id.with_user(SUPERUSER_ID)
        assignment.due_on = day
        assignment.activity_ids.date_deadline = day
        self._log_each("measure_moved", due_on=str(was), until=str(day), reason=reason)
        self.case_id._finish_tasks()

    # -- the ladder of a measure of the organisation

    @api.model
    def _cron_remind(self):
        """Take the next step of each measure of the organisation that is due for one.

        Killed at any point nothing is lost or doubled: a step and its mark are one
        transaction. A missed night is caught up with one step; twice asks nobody twice.
        """
        cron, measures = self.env["ir.cron"], self.with_user(SUPERUSER_ID)
        domain = measures._reminding()
        while batch := measures.search(domain, order="id", limit=BATCH):
            taken = batch.try_lock_for_update().filtered_domain(domain)
            for action in taken:
                action._remind()
            if not taken or not cron._commit_progress(len(taken)):
                break

    @api.model
    def _reminding(self):
        """Which measures of the organisation have a step to take today."""
        today = fields.Date.context_today(self)

        def due(name, before):
            asked = Domain("reminded", "=", False) & Domain(name, "<=", today + before)
            late = Domain("reminded", "=", "asked") & Domain(name, "<", today)
            return asked | late

        to_do = Domain("state", "=", "open") & due("due_on", timedelta(ASKED_BEFORE))
        to_check = Domain("state", "=", "done") & due("check_on", timedelta())
        return Domain("case_id", "=", False) & (to_do | to_check)

    def _remind(self):
        """Ask who leads for one measure, or hand it further up, and enter that."""
        day = self.due_on if self.state == "open" else self.check_on
        is_late = day < self._local_today()
        users = self._leaders()[: 2 if is_late else 1]
        self.reminded = "late" if is_late else "asked"
        self._forget_reminders(day)
        tasks = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        tasks.create(
            [
                {
                    "activity_type_id": self._reminder_type().id,
                    "user_id": user.id,
                    "date_deadline": day,
                    "summary": self._say_reminder(user, day, is_late),
                }
                for user in users
            ]
        )
        if is_late:
            self._log_each("measure_late", due_on=str(day))

    def _leaders(self):
        """Who decides on a measure of the organisation, the nearest first.

        Nobody who must not notice it. Its owner is asked by the assignment already, and
        is among them only where the effect is to be looked at, or nobody else is left.
        """
        unit = self.unit_id or self.unit_id.search(
            [("company_id", "=", self.company_id.id), ("parent_id", "=", False)],
            limit=1,
        )
        kept_out = self._kept_from(self._all_cases())
        policy = unit.effective_policy_id
        outside = policy.independent_id | policy.fallback_id
        leaders = self.env["res.users"].union(
            *(outside if self.is_independent else unit._in_charge(kept_out))
        )
        leaders = leaders.filtered("active") - kept_out
        others = leaders - self.owner_id
        return others if others and self.state == "open" else leaders

    def _say_reminder(self, user, day, is_late):
        """What a task says, in the words of its reader; it names no measure."""
        reader = self.with_context(lang=user.lang)
        told = {"day": format_date(reader.env, day)}
        if self.state != "open":
            return reader.env._("Look whether a measure has helped: %(day)s", **told)
        if is_late:
            return reader.env._(
                "A measure was due %(day)s and is not done: see the measures", **told
            )
        return reader.env._("A measure is due %(day)s: see the measures", **told)

    @api.model
    def _reminder_type(self):
        return self.env.ref("klagebehandling.mail_activity_type_measure").sudo()

    def _forget_reminders(self, day):
        """Take back what was asked about that day, where no other measure is of it."""
        same = Domain("due_on", "=", day) & Domain("state", "=", "open")
        same |= Domain("check_on", "=", day) & Domain("state", "=", "done")
        others = Domain("case_id", "=", False) & Domain("id", "not in", self.ids) & same
        measures = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        if self.case_id or measures.search_count(others, limit=1):
            return
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        tasks.search(
            [
                ("activity_type_id", "=", self._reminder_type().id),
                ("date_deadline", "=", day),
            ]
        ).unlink()

    def _take_from(self, users):
        """Take open measures from who must not notice them any more.

        What they had reported stays with them: it was theirs.
        """
        for action in self.filtered(lambda one: one.owner_id in users):
            if action.state == "open":
                handler = action.case_id.handler_id - users
                action.write({"owner_id": handler.id})

    def _log_each(self, event, **payload):
        """Enter an act in the journal of each case, else in the organisation's.

        What comes of an independent issue stands in the journals of its cases: auditors
        may stand behind their walls, and read the organisation's.
        """
        of_cases = self.filtered(lambda one: one.case_id or one.is_independent)
        self.env["complaint.journal"].sudo()._append(
            [
                (case, event, one._told(event, payload))
                for one in of_cases
                for case in one.case_id or one.issue_id.case_ids
            ]
        )
        self.env["complaint.company.journal"].sudo()._append(
            [
                (one.company_id, event, one._told(event, payload))
                for one in self - of_cases
            ]
        )

    def _told(self, event, payload):
        """What an entry says of the measure: its name only as it is opened."""
        told = {"row": self.id, "measure": self.kind, **payload}
        if event == "measure_opened":
            told.update(what=self.name, due_on=str(self.due_on))
        if event in ("measure_opened", "measure_given"):
            told["user"] = self.owner_id.id
        return told
