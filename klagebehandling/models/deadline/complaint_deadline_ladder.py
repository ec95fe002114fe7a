from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...roles import READERS

# Duties to the complainant: being late with one is told, with reason and new date.
TOLD = ("acknowledge", "reply", "close")
# The neutral notice promises the reason and the new date within so many working days.
NEUTRAL_DAYS = 3
MORNING = timedelta(hours=8)
BATCH = 100


class ComplaintDeadline(models.Model):
    """The ladder of a deadline: ask the handler, ask the manager too, tell the person.

    ``next_at`` is the instant of the next step. The cron asks for nothing else, so
    that a missed night is caught up with one step, and done twice changes nothing.
    """

    _inherit = "complaint.deadline"

    next_at = fields.Datetime(readonly=True, copy=False)
    warned = fields.Selection(
        [("handler", "Handler asked"), ("manager", "Manager asked")],
        readonly=True,
        copy=False,
    )
    late_at = fields.Datetime(readonly=True, copy=False, help="When it was found late.")
    planned_reason = fields.Text(
        readonly=True,
        groups=READERS,
        help="Why it will be late, entered before it is.",
    )
    planned_on = fields.Date(readonly=True, help="The new date that goes with it.")
    is_reason_missing = fields.Boolean(readonly=True, index="btree_not_null")

    _next_step = models.Index("(next_at) WHERE next_at IS NOT NULL")
    _next_at_open = models.Constraint(
        "CHECK (next_at IS NULL OR state IN ('running', 'late'))",
        "Only an open deadline has a next step.",
    )

    @api.model
    def _first_step_at(self, term, row):
        """When the ladder starts: the first step that lies after the start."""
        for working_days in (term.warn_before, 1):
            step_at = self._step_at(term.policy_id, row["remind_on"], working_days)
            if row["counted_from"] < step_at < row["due_at"]:
                return step_at
        return row["due_at"]

    @api.model
    def _step_at(self, policy, remind_on, working_days):
        """The morning, so many working days before the reminder date, naive UTC."""
        calendar = policy.calendar_id.sudo()
        day = calendar._shift_work_day(remind_on, -working_days, policy.tz)
        return policy._day_start(day) + MORNING

    @api.model
    def _cron_keep(self):
        """Take every deadline's next step that is due, in batches.

        Killed at any point nothing is lost or doubled: a step and the time of the
        next one are one transaction, and rows held by another worker are left to it.
        """
        cron = self.env["ir.cron"]
        domain = [("next_at", "<=", fields.Datetime.now())]
        while batch := self.search(domain, order="next_at, id", limit=BATCH):
            taken = batch.try_lock_for_update().filtered_domain(domain)
            taken._escalate()
            if not taken or not cron._commit_progress(len(taken)):
                break

    def _escalate(self):
        """Take the highest step that is due, once, however long it has been due."""
        now = fields.Datetime.now()
        passed = self.filtered(lambda deadline: deadline.due_at <= now)
        passed._pass()
        coming = self - passed
        pressed = coming.filtered(
            lambda deadline: (
                deadline._step_at(deadline.case_id.policy_id, deadline.remind_on, 1)
                <= now
            )
        )
        (coming - pressed)._warn("handler")
        pressed._warn("manager")

    def _warn(self, level):
        """Ask for the reason and the new date, should it not be done in time (M05).

        :param level: ``handler``, or ``manager`` to ask both
        """
        tasks, entries = [], []
        for deadline in self:
            case = deadline.case_id
            next_at = deadline.due_at
            press_at = self._step_at(case.policy_id, deadline.remind_on, 1)
            if level == "handler" and deadline.next_at < press_at < next_at:
                next_at = press_at
            deadline.write({"warned": level, "next_at": next_at})
            if not deadline.planned_reason:
                tasks += deadline._prepare_warnings(level)
            entries.append(
                (
                    case,
                    "deadline_warned",
                    {"milestone": deadline.milestone, "level": level},
                )
            )
        self.env["complaint.case"]._plan_tasks("promise", tasks)
        self.env["complaint.journal"]._append(entries)

    def _prepare_warnings(self, level):
        case = self.case_id
        users = case.handler_id
        if level == "manager":
            users |= case._superior(0)
        return [(case, user, self._say_due(user), self.due_on) for user in users]

    def _say_due(self, user):
        """The warning in the words and the date format of who reads it."""
        reader = self.with_context(lang=user.lang)
        return reader.env._(
            "%(milestone)s is due %(date)s: do it, or enter a reason and a new date",
            milestone=reader._milestone_label(),
            date=format_date(reader.env, reader.due_on),
        )

    def _pass(self):
        """The moment has come: extend as planned, or mark late, tell and hand up."""
        planned = self.filtered(lambda deadline: deadline._has_plan())
        for deadline in planned:
            deadline._extend(deadline.planned_reason, deadline.planned_on)
        late = self - planned
        now = fields.Datetime.now()
        entries, tasks = [], []
        for deadline in late:
            is_told = deadline.milestone in TOLD
            deadline.write(
                {
                    "state": "late",
                    "late_at": now,
                    "next_at": False,
                    "is_reason_missing": is_told,
                }
            )
            entries.append(
                (
                    deadline.case_id,
                    "deadline_late",
                    {"milestone": deadline.milestone, "due_on": str(deadline.due_on)},
                )
            )
            tasks += deadline._prepare_alarm()
        self.env["complaint.journal"]._append(entries)
        self.env["complaint.case"]._plan_tasks("promise", tasks)
        late.filtered(lambda deadline: deadline.milestone in TOLD)._tell_neutrally()

    def _has_plan(self):
        today = self.case_id.policy_id._local(fields.Datetime.now()).date()
        return bool(self.planned_reason) and self.planned_on >= today

    def _prepare_alarm(self):
        """Hand up the line: each further delay goes one step further."""
        superior = self.case_id._superior(self._delay_count())
        users = superior | self.case_id.handler_id
        return [
            (self.case_id, user, self._say_late(user), self.due_on) for user in users
        ]

    def _say_late(self, user):
        reader = self.with_context(lang=user.lang)
        return reader.env._(
            "%(milestone)s was due %(date)s and is late",
            milestone=reader._milestone_label(),
            date=format_date(reader.env, reader.due_on),
        )

    def _delay_count(self):
        """How many times the promise has been moved before."""
        count, earlier = 0, self.extends_id
        while earlier:
            count, earlier = count + 1, earlier.extends_id
        return count

    def _tell_neutrally(self):
        """Send the neutral notice, with a date at most three working days on."""
        rows = []
        for deadline in self:
            policy = deadline.case_id.policy_id
            today = policy._local(fields.Datetime.now()).date()
            policy._ensure_calendar(today, today)
            calendar = policy.calendar_id.sudo()
            until = calendar._shift_work_day(today, NEUTRAL_DAYS, policy.tz)
            rows.append((deadline, False, until))
        self._promise_anew(rows)

    def _extend(self, reason, until):
        """Give the duty a new date for a reason that the complainant is told.

        :param reason: text for the complainant
        :param until: local date
        """
        for deadline in self.sudo():
            policy = deadline.case_id.policy_id
            policy._ensure_calendar(until, until)
            values = {"reason": reason, "is_reason_missing": False}
            if deadline.state == "running":
                values.update({"state": "extended", "next_at": False})
            deadline.write(values)
            deadline._forgive_reason(reason)
            deadline.case_id._log(
                "deadline_extended",
                milestone=deadline.milestone,
                due_on=str(deadline.due_on),
                until=str(until),
                reason=reason,
            )
            self._promise_anew([(deadline, reason, until)])

    def _forgive_reason(self, reason):
        """The reason now told is the one the late deadlines before it lacked."""
        earlier = self.extends_id
        while earlier:
            if earlier.is_reason_missing:
                earlier.write({"is_reason_missing": False, "reason": reason})
            earlier = earlier.extends_id

    def _promise_anew(self, rows):
        """Open the rows of the new dates. Hook: a room above tells the complainant.

        :param rows: list of ``(deadline, reason or False, local date)``
        """
        self.create(
            [deadline._prepare_extension(until) for deadline, _r, until in rows]
        )

    def _prepare_extension(self, until):
        policy = self.case_id.policy_id
        due_at = policy._day_start(until + timedelta(days=1))
        row = {
            "case_id": self.case_id.id,
            "company_id": self.company_id.id,
            "term_id": self.term_id.id,
            "milestone": self.milestone,
            "extends_id": self.id,
            "counted_from": fields.Datetime.now(),
            "due_on": until,
            "due_at": due_at,
            "remind_on": policy.calendar_id.sudo()._last_work_day(until, policy.tz),
        }
        if self.term_id:
            return dict(row, next_at=self._first_step_at(self.term_id, row))
        return dict(row, next_at=due_at)
