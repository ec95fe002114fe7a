from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...roles import READERS
from ...vocabulary import MILESTONES
from ..case.complaint_case_part import WORKERS, readers


class ComplaintDeadline(models.Model):
    """One duty of one case. Its date never changes; an extension is a new row."""

    _name = "complaint.deadline"
    _inherit = ["complaint.case.part"]
    _description = "Deadline"
    _order = "due_at, id"
    _rec_name = "milestone"
    _readers = readers(*WORKERS, "auditor")

    company_id = fields.Many2one("res.company", related=None, store=True, required=True)
    unit_id = fields.Many2one(related="case_id.unit_id")
    handler_id = fields.Many2one(related="case_id.handler_id")
    term_id = fields.Many2one("complaint.policy.term", ondelete="restrict", index=True)
    milestone = fields.Selection(MILESTONES, required=True, readonly=True)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("late", "Late"),
            ("met", "Met"),
            ("waived", "Waived"),
            ("extended", "Extended"),
        ],
        required=True,
        default="running",
        readonly=True,
    )
    counted_from = fields.Datetime(
        readonly=True, help="The moment the limit counts from."
    )
    due_on = fields.Date(required=True, readonly=True)
    due_at = fields.Datetime(
        required=True, readonly=True, help="From this moment it is late."
    )
    remind_on = fields.Date(readonly=True)
    met_on = fields.Datetime(readonly=True)
    reason = fields.Text(
        readonly=True, groups=READERS, help="Why it was waived or extended."
    )
    extends_id = fields.Many2one("complaint.deadline", readonly=True, index=True)
    is_open = fields.Boolean(compute="_compute_is_open")
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    time_left = fields.Char(string="Left", compute="_compute_time_left")

    _open_due_at = models.Index("(due_at) WHERE state = 'running'")
    _open_remind_on = models.Index("(remind_on) WHERE state = 'running'")
    _met_state = models.Constraint(
        "CHECK ((state = 'met') = (met_on IS NOT NULL))",
        "A deadline is met exactly when it carries the time it was met.",
    )
    _reason_state = models.Constraint(
        "CHECK (state NOT IN ('waived', 'extended') OR reason IS NOT NULL)",
        "A deadline is waived or extended with a reason.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Enter the dates, whoever opens the rows; the door enters its own."""
        rows = super().create(vals_list)
        if not self.env.context.get("complaint_intake"):
            self.env["complaint.journal"].sudo()._append(
                [
                    (case, "deadlines_opened", opened._dates_by_duty())
                    for case, opened in rows.sudo().grouped("case_id").items()
                ],
                is_act=False,
            )
        return rows

    def _dates_by_duty(self):
        """The dates by milestone, as they stand in the journal."""
        return {row.milestone: str(row.due_on) for row in self}

    @api.depends("state")
    def _compute_is_open(self):
        for deadline in self:
            deadline.is_open = deadline.state in ("running", "late")

    @api.depends("state", "due_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for deadline in self:
            deadline.is_overdue = deadline.state == "late" or (
                deadline.state == "running" and deadline.due_at <= now
            )

    @api.depends("state", "due_on")
    @api.depends_context("lang", "tz")
    def _compute_time_left(self):
        today = fields.Date.context_today(self)
        for deadline in self:
            deadline.time_left = deadline.is_open and self._say_left(
                (deadline.due_on - today).days
            )

    @api.model
    def _say_left(self, days):
        if days in (-1, 0, 1):
            words = (
                self.env._("yesterday"),
                self.env._("today"),
                self.env._("tomorrow"),
            )
            return words[days + 1]
        if days < 0:
            return self.env._("%(days)s days late", days=-days)
        return self.env._("in %(days)s days", days=days)

    @api.depends("milestone", "due_on")
    @api.depends_context("complaint_show_case")
    def _compute_display_name(self):
        self._check_known()
        for deadline in self:
            name = deadline._milestone_label()
            if self.env.context.get("complaint_show_case"):
                name = f"{deadline.case_id.reference} {name}"
            deadline.display_name = name

    @api.model
    def _overdue_domain(self):
        running = Domain("state", "=", "running")
        passed = Domain("due_at", "<=", fields.Datetime.now())
        return Domain("state", "=", "late") | (running & passed)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = self._overdue_domain()
        return overdue if True in value else ~overdue

    def _milestone_label(self):
        labels = dict(self._fields["milestone"]._description_selection(self.env))
        return labels.get(self.milestone, "")

    def _due_state(self, today):
        """How urgent an open deadline is on a local day, as the lists colour it."""
        if self.is_overdue:
            return "late"
        return "soon" if self.remind_on and self.remind_on <= today else "on_time"

    def _meet(self, met_on=None):
        """Record that the duty was done; a repeating one starts anew from then.

        :param met_on: naive UTC instant when it was done; without it, now
        """
        met_on = met_on or fields.Datetime.now()
        for deadline in self.sudo().filtered("is_open"):
            deadline.write({"state": "met", "met_on": met_on, "next_at": False})
            deadline.case_id._log(
                "deadline_met",
                milestone=deadline.milestone,
                due_on=str(deadline.due_on),
                is_late=deadline.due_at <= met_on,
            )
            if deadline.term_id.is_repeating and not deadline.case_id._has_ended():
                deadline.case_id._open_deadlines(met_on, [deadline.milestone])
            if deadline.milestone == "update":
                deadline.case_id._open_agreed_update()

    def _waive(self, reason, rule=None):
        """Let the duty fall, for a reason that is kept and that the person is told.

        :param reason: in the words of whoever decides it
        :param rule: code of the rule of the procedure that gives the reason, in
            place of a person; ``complaint.journal._waiver_rules`` says it in words
        """
        given = {"reason": reason, "rule": rule} if rule else {"reason": reason}
        for deadline in self.sudo().filtered("is_open"):
            deadline.write({"state": "waived", "reason": reason, "next_at": False})
            deadline.case_id._log(
                "deadline_waived", milestone=deadline.milestone, **given
            )

    def _check_until(self, until):
        """Refuse a new date that is no later one, or that nobody means.

        :param until: local date
        :raises UserError: unless it lies within a year
        """
        today = self.case_id._today()
        if until <= max(today, *self.mapped("due_on")):
            raise UserError(
                self.env._("The new date must be later than the old one and today.")
            )
        self.case_id._check_meant(until)

    @api.model
    def _prepare(self, policy, facts, start, milestones=None):
        """Values of the rows that a procedure opens for a case.

        :param facts: as of ``complaint.case._facts``
        :param start: naive UTC instant the limits count from
        :param milestones: only these, where given
        :return: list of values without ``case_id``
        """
        terms = policy._terms().filtered(
            lambda term: (
                term.counted_from in ("receipt", "previous")
                and (milestones is None or term.milestone in milestones)
                and term._applies_to(facts)
            )
        )
        return [dict(self._prepare_row(term, start), term_id=term.id) for term in terms]

    @api.model
    def _prepare_row(self, term, start):
        due_on, due_at, remind_on = term._due(start)
        row = {
            "milestone": term.milestone,
            "counted_from": start,
            "due_on": due_on,
            "due_at": due_at,
            "remind_on": remind_on,
        }
        return dict(row, next_at=self._first_step_at(term, row))

    def action_open_case(self):
        """Open the case that has the duty."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
            "name": self.env._("Case"),
        }
