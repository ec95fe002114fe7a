from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...roles import READERS

# Duties to the complainant: being late with one is told, with reason and new date.
TOLD = ("acknowledge", "reply", "close")
# The neutral notice promises the reason and the new date within so many working days.
NEUTRAL_DAYS = 3
MORNING = timedelta(hours=8)
# Working days before a date that no term of the procedure set.
WARN_BEFORE = 2
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
    def _prepare_first(self, policy, facts, start, now):
        """Values of the rows of a new case, as :meth:`_prepare`.

        The door plans no task: the first row is the clock's at once, which gives the
        handler one.

        :param now: naive UTC instant of the registration, as the case may keep it
        """
        rows = self._prepare(policy, facts, start)
        if rows:
            first = min(rows, key=lambda row: row["due_at"])
            first["next_at"] = min(now, first["next_at"])
        return rows

    @api.model
    def _first_step_at(self, term, row):
        """When the ladder starts: the first step that lies after the start."""
        return self._next_step(term.policy_id, term, row)[0]

    @api.model
    def _next_step(self, policy, term, row, after=None):
        """The next step up: its instant, and whom it asks.

        :param after: only a later one than this instant
        :return: ``(instant, level)``; without a step left the moment it is late
        """
        for step in self._steps(policy, term, row):
            if not after or step[0] > after:
                return step
        return row["due_at"], False

    @api.model
    def _steps(self, policy, term, row):
        """The steps between the start and the moment it is late, first things first.

        Mornings, so many working days before the reminder date; of a limit in hours,
        which may have no morning, after half and three quarters of its time.

        :param row: a deadline or the values of one
        :return: list of ``(instant, level)``
        """
        if term.period == "hour":
            start, quarter = row["counted_from"], _quarter(row)
            asked_at, pressed_at = start + 2 * quarter, start + 3 * quarter
        else:
            days = (term.warn_before if term else WARN_BEFORE, 1)
            asked_at, pressed_at = (
                self._step_at(policy, row["remind_on"], before) for before in days
            )
        steps = [(asked_at, "handler"), (max(asked_at, pressed_at), "manager")]
        return [step for step in steps if row["counted_from"] < step[0] < row["due_at"]]

    @api.model
    def _step_at(self, policy, remind_on, working_days):
        """The morning, so many working days before the reminder date, naive UTC."""
        day = policy._shift_work_day(remind_on, -working_days)
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
        levels = (self - passed).grouped(lambda deadline: deadline._level(now))
        for level, deadlines in levels.items():
            if level:
                deadlines._warn(level)
            else:
                deadlines._announce()

    def _level(self, now):
        """Whom the highest step asks that is due by now; nobody before the first."""
        steps = self._steps(self.case_id.policy_id, self.term_id, self)
        return next((level for at, level in reversed(steps) if at <= now), False)

    def _step_on(self):
        """Wait for the next step."""
        now = fields.Datetime.now()
        for deadline in self:
            policy = deadline.case_id.policy_id
            step = self._next_step(policy, deadline.term_id, deadline, after=now)
            deadline.next_at = step[0]

    def _announce(self):
        """Give the handlers of new cases a task.

        No case is new whose step has only moved, with the calendar, to a later day.
        """
        fresh = self.filtered(lambda row: row.next_at <= row.case_id.registered_at)
        self._step_on()
        today = fields.Date.context_today(self)
        self._plan_promises(
            [
                (deadline, user, deadline._say_new(user), today)
                for deadline in fresh
                for user in deadline.case_id._asked()
            ]
        )

    @api.model
    def _plan_promises(self, tasks):
        """Ask people for duties: of each duty a person has one task, the newest.

        A task points at no duty, for it is a row of Odoo's: the duty is told by the
        words, which are those of its reader.

        :param tasks: list of ``(deadline, user, summary, date)``
        """
        cases = self.env["complaint.case"]
        earlier = {
            (row.case_id.id, user.id, text)
            for row, user, _text, _day in tasks
            for text in row._ways_to_ask(user)
        }
        cases._promise_tasks([row.case_id.id for row, *_rest in tasks]).filtered(
            lambda task: (task.res_id, task.user_id.id, task.summary) in earlier
        ).unlink()
        cases._plan_tasks("promise", [(row.case_id, *rest) for row, *rest in tasks])

    def _ways_to_ask(self, user):
        """Hook: the words in which somebody may have been asked for this duty."""
        return [self._say_new(user), self._say_due(user), self._say_late(user)]

    def _say_new(self, user):
        reader = self.with_context(lang=user.lang)
        return reader.env._(
            "A new case is yours: %(milestone)s is due %(date)s",
            milestone=reader._milestone_label(),
            date=format_date(reader.env, reader.due_on),
        )

    def _warn(self, level):
        """Ask for the reason and the new date, should it not be done in time (M05).

        :param level: ``handler``, or ``manager`` to ask both
        """
        self._step_on()
        tasks, entries = [], []
        for deadline in self:
            deadline.warned = level
            if not deadline.planned_reason:
                tasks += deadline._prepare_warnings(level)
            entries.append(
                (
                    deadline.case_id,
                    "deadline_warned",
                    {"milestone": deadline.milestone, "level": level},
                )
            )
        self._plan_promises(tasks)
        self.env["complaint.journal"]._append(entries)

    def _prepare_warnings(self, level):
        users = self.case_id._asked()
        if level == "manager":
            users |= self.case_id._superior(0)
        return [(self, user, self._say_due(user), self.due_on) for user in users]

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
        self._plan_promises(tasks)
        late.filtered(lambda deadline: deadline.milestone in TOLD)._tell_neutrally()

    def _unexplained(self):
        """Those that are late and for which nobody has told why."""
        return self.filtered(
            lambda row: (
                row.state == "late"
                and (row.is_reason_missing or row.milestone not in TOLD)
            )
        )

    def _has_plan(self):
        today = self.case_id.policy_id._local(fields.Datetime.now()).date()
        return bool(self.planned_reason) and self.planned_on >= today

    def _prepare_alarm(self):
        """Hand up the line: each further delay goes one step further."""
        superior = self.case_id._superior(self._delay_count())
        users = superior | self.case_id.handler_id
        return [(self, user, self._say_late(user), self.due_on) for user in users]

    def _say_late(self, user):
        reader = self.with_context(lang=user.lang)
        return reader.env._(
            "%(milestone)s was due %(date)s and is late",
            milestone=reader._milestone_label(),
            date=format_date(reader.env, reader.due_on),
        )

    def _delay_count(self):
        """How many times the promise has been moved before.

        One that was kept, and runs again because its letter came back, was not moved.
        """
        count, earlier = 0, self.extends_id
        while earlier:
            count, earlier = count + (earlier.state != "met"), earlier.extends_id
        return count

    def _tell_neutrally(self):
        """Send the neutral notice, with a date at most three working days on."""
        rows = []
        for deadline in self:
            policy = deadline.case_id.policy_id
            today = policy._local(fields.Datetime.now()).date()
            policy._ensure_calendar(today, today)
            until = policy._shift_work_day(today, NEUTRAL_DAYS)
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
        :return: the new rows, in that order
        """
        return self.create(
            [deadline._prepare_extension(until) for deadline, _r, until in rows]
        )

    def _open_again(self):
        """Let promises run again, to the same date: what had kept them came back.

        The rows that were met stay as they are, as evidence.

        :return: the new rows
        """
        rows = self.create(
            [row._prepare_extension(row.due_on, row.due_at) for row in self]
        )
        self.env["complaint.journal"]._append(
            [
                (
                    row.case_id,
                    "deadline_reopened",
                    {"milestone": row.milestone, "due_on": str(row.due_on)},
                )
                for row in rows
            ]
        )
        return rows

    def _prepare_extension(self, until, due_at=None):
        policy = self.case_id.policy_id
        due_at = due_at or policy._day_start(until + timedelta(days=1))
        row = {
            "case_id": self.case_id.id,
            "company_id": self.company_id.id,
            "term_id": self.term_id.id,
            "milestone": self.milestone,
            "extends_id": self.id,
            "counted_from": fields.Datetime.now(),
            "due_on": until,
            "due_at": due_at,
            "remind_on": policy._last_work_day(until),
        }
        return dict(row, next_at=self._next_step(policy, self.term_id, row)[0])


def _quarter(row):
    """A quarter of the time that a deadline, or its values, leave; in whole seconds."""
    span = row["due_at"] - row["counted_from"]
    return timedelta(seconds=span.total_seconds() // 4)
