from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...vocabulary import MILESTONES
from ..case.complaint_case import OPEN_STATES
from ..case.complaint_case_colleagues import TASKS


class ComplaintCase(models.Model):
    """The duties of a case, and the work list that managers look through.

    The list asks for what is late, lacks a reason, is due today, stands still or waits.
    """

    _inherit = "complaint.case"

    next_due_on = fields.Date(
        string="Next due date", compute="_compute_next_due", compute_sudo=True
    )
    next_milestone = fields.Selection(
        MILESTONES,
        string="Next duty",
        compute="_compute_next_due_at",
        store=True,
        help="The duty that comes first: lists are grouped by it.",
    )
    due_state = fields.Selection(
        [("late", "Late"), ("soon", "Due soon"), ("on_time", "On time"), ("none", "–")],
        string="Urgency",
        compute="_compute_next_due",
        compute_sudo=True,
    )
    is_late = fields.Boolean(
        compute="_compute_is_late", compute_sudo=True, search="_search_is_late"
    )
    is_waiting = fields.Boolean(
        string="Waiting for the complainant",
        help="An answer is needed before the work can go on. The deadlines still run.",
    )
    is_reason_missing = fields.Boolean(
        string="Late, reason missing",
        compute="_compute_is_reason_missing",
        search="_search_is_reason_missing",
    )
    is_stale = fields.Boolean(
        string="Nothing happens",
        compute="_compute_is_stale",
        search="_search_is_stale",
        help="Nobody has done anything for as many working days as the procedure says.",
    )
    is_due_today = fields.Boolean(
        compute="_compute_is_due_today", search="_search_is_due_today"
    )
    deadline_ids = fields.One2many("complaint.deadline", "case_id", string="Deadlines")
    deadline_count = fields.Integer(compute="_compute_deadline_count")
    next_due_at = fields.Datetime(
        compute="_compute_next_due_at",
        store=True,
        index="btree_not_null",
        help="The moment of the duty that comes first: lists are ordered by it.",
    )

    @api.depends("deadline_ids.state", "deadline_ids.due_on")
    def _compute_next_due(self):
        today = fields.Date.context_today(self)
        for case in self:
            deadline = case.deadline_ids.filtered("is_open").sorted("due_at")[:1]
            case.next_due_on = deadline.due_on
            case.due_state = deadline._due_state(today) if deadline else "none"

    @api.depends("deadline_ids.state", "deadline_ids.due_at")
    def _compute_next_due_at(self):
        for case in self:
            first = case.deadline_ids.filtered("is_open").sorted("due_at")[:1]
            case.next_due_at = first.due_at
            case.next_milestone = first.milestone

    @api.depends("deadline_ids.state", "deadline_ids.due_at")
    def _compute_is_late(self):
        for case in self:
            case.is_late = any(deadline.is_overdue for deadline in case.deadline_ids)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = self.env["complaint.deadline"]._overdue_domain()
        late = Domain("deadline_ids", "any", overdue)
        return late if True in value else ~late

    @api.depends("deadline_ids.is_reason_missing")
    def _compute_is_reason_missing(self):
        for case in self:
            case.is_reason_missing = any(case.deadline_ids.mapped("is_reason_missing"))

    def _search_is_reason_missing(self, operator, value):
        if operator != "in":
            return NotImplemented
        missing = Domain("deadline_ids", "any", [("is_reason_missing", "=", True)])
        return missing if True in value else ~missing

    @api.depends("last_act_on", "state", "policy_id")
    def _compute_is_stale(self):
        limits = {policy: policy._stale_before() for policy in self.policy_id}
        for case in self:
            limit = limits.get(case.policy_id)
            case.is_stale = bool(
                limit
                and case.last_act_on
                and case.last_act_on <= limit
                and case.state in OPEN_STATES
            )

    def _search_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        policies = self.env["complaint.policy"].sudo().search([("stale_after", ">", 0)])
        stale = Domain("state", "in", OPEN_STATES) & Domain.OR(
            Domain("policy_id", "=", policy.id)
            & Domain("last_act_on", "<=", policy._stale_before())
            for policy in policies
        )
        return stale if True in value else ~stale

    @api.depends("deadline_ids.state", "deadline_ids.due_on")
    def _compute_is_due_today(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.is_due_today = any(
                row.is_open and row.due_on == today for row in case.deadline_ids
            )

    def _search_is_due_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = Domain(
            "deadline_ids",
            "any",
            [
                ("state", "in", ("running", "late")),
                ("due_on", "=", fields.Date.context_today(self)),
            ],
        )
        return today if True in value else ~today

    @api.depends("deadline_ids")
    @api.depends_context("uid")
    def _compute_deadline_count(self):
        self._count_parts("complaint.deadline", "case_id", "deadline_count")

    def _writable(self):
        """The expected date too until it is told: then a notice of delay moves it."""
        names = super()._writable() | {"is_waiting"}
        is_untold = all(
            case.state == "received" or not case.expected_on for case in self
        )
        return names | {"expected_on"} if is_untold else names

    def _deadlines(self, milestone):
        return self.deadline_ids.filtered(
            lambda deadline: deadline.milestone == milestone and deadline.is_open
        )

    def _asked(self):
        """Whom the clock asks: the handler, else who stands next up the line."""
        return self.handler_id or self._superior(0)

    def _open_deadlines(self, start, milestones=None):
        """Open the rows of the procedure that apply, counted from an instant."""
        Deadline = self.env["complaint.deadline"].sudo()
        for case in self.sudo():
            day = case.policy_id._local(start).date()
            case.policy_id._ensure_calendar(day, case.policy_id._horizon(day))
            rows = Deadline._prepare(
                case.policy_id, case._facts(), case._moment(start), milestones
            )
            Deadline.create(
                [
                    dict(row, case_id=case.id, company_id=case.company_id.id)
                    for row in rows
                ]
            )

    def _start_terms(self, terms):
        """Open terms that now apply: from receipt, or from now where that is past."""
        Deadline = self.env["complaint.deadline"]
        now = fields.Datetime.now()
        rows = []
        for term in terms:
            day = self.policy_id._local(now).date()
            self.policy_id._ensure_calendar(self._received_on(), term._horizon(day))
            row = Deadline._prepare_row(term, self.received_at)
            if row["due_at"] <= now:
                row = Deadline._prepare_row(term, self._moment(now))
            rows.append(
                dict(
                    row,
                    term_id=term.id,
                    case_id=self.id,
                    company_id=self.company_id.id,
                )
            )
        return Deadline.create(rows)

    def _check_meant(self, day):
        """Refuse to promise a date that nobody means.

        :param day: local date
        :raises UserError: for one that is more than a year ahead
        """
        if day > self._today() + relativedelta(years=1):
            raise UserError(
                self.env._("The date lies more than a year ahead: check it.")
            )

    def _finish_tasks(self):
        """Drop the clock's tasks that were due, once a duty is done or explained.

        A task carries the date of its duty. What is late and unexplained stays a task,
        and what was due later goes too once nothing of that date runs any more.
        """
        today = fields.Date.context_today(self)
        left, done = {}, {}
        for case in self.sudo():
            rows = case.deadline_ids
            left[case.id] = set(rows._unexplained().mapped("due_on"))
            running = set(rows.filtered("is_open").mapped("due_on"))
            done[case.id] = set(rows.mapped("due_on")) - running
        self._promise_tasks(self.ids).filtered(
            lambda task: (
                task.date_deadline in done[task.res_id]
                or (
                    task.date_deadline <= today
                    and task.date_deadline not in left[task.res_id]
                )
            )
        ).unlink()

    @api.model
    def _promise_tasks(self, ids):
        """The tasks about duties of some cases, as superuser."""
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(TASKS % "promise")
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", ids),
                    ("activity_type_id", "=", type_id),
                ]
            )
        )

    def _proposed_date(self):
        """The date to tell the person at first: by when all is promised anyway."""
        promised = self.sudo().deadline_ids.filtered(
            lambda row: row.is_open and row.milestone in ("reply", "close")
        )
        return max(promised.mapped("due_on"), default=False)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("contact_interval"):
            for case in self:
                case._open_agreed_update()
        return result

    @api.constrains("contact_interval")
    def _check_contact_interval(self):
        if any(not 0 <= case.contact_interval <= 365 for case in self):
            raise ValidationError(
                self.env._("Agree on a number of days from 1 to 365, or on none.")
            )

    def _open_agreed_update(self):
        """Promise news of the case as often as was agreed with the person (D-35).

        Agreeing makes nothing later: what the procedure promises sooner counts, and a
        promise that runs already stays.
        """
        case = self.sudo()
        if case.contact_interval <= 0 or case._has_ended():
            return
        due_on = case._today() + timedelta(days=case.contact_interval)
        if all(row.due_on > due_on for row in case._deadlines("update")):
            case._promise_day("update", due_on)

    def _promise_expected_date(self):
        """Make the expected date a promise where no fixed limit closes it (A-30)."""
        case = self.sudo()
        limited = case.policy_id.term_ids.filtered(
            lambda term: term.milestone == "close"
        )
        if not case.expected_on or not limited or case._deadlines("close"):
            return
        case._check_meant(case.expected_on)
        case._promise_day("close", case.expected_on)

    def _promise_day(self, milestone, day):
        """Open a duty that no term of the procedure gives, due on a local day."""
        row = self._prepare_promise(milestone, day)
        return self.env["complaint.deadline"].sudo().create(row)

    def _prepare_promise(self, milestone, day):
        """The values of a duty that is due on a local day, for many at once."""
        case = self.sudo()
        policy, Deadline = case.policy_id, self.env["complaint.deadline"].sudo()
        policy._ensure_calendar(min(day, case._today()), day)
        row = {
            "counted_from": case._moment(fields.Datetime.now()),
            "due_on": day,
            "due_at": policy._day_start(day + timedelta(days=1)),
            "remind_on": policy._last_work_day(day),
        }
        return dict(
            row,
            case_id=case.id,
            company_id=case.company_id.id,
            milestone=milestone,
            next_at=Deadline._next_step(policy, Deadline.term_id, row)[0],
        )
