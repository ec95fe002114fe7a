from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..case.complaint_case_part import NO_PARTY, readers

KINDS = [
    ("correction", "Put right for the person"),
    ("apology", "Apology"),
    ("compensation", "Compensation"),
    ("corrective", "Cause removed"),
    ("preventive", "Happens no more"),
    ("routine", "Change of a routine"),
    ("other", "Other"),
]
# What is done for the person; all else is for who comes after (B-02, M55).
REMEDIES = ("correction", "apology", "compensation")
EFFECTS = [
    ("works", "It works"),
    ("partly", "It works in part"),
    ("fails", "It does not work"),
]
OPEN = "open"
ASKED = {"kind", "name", "owner_id", "due_on", "check_on"}
# What is written of it while it is open.
STEERED = {"kind", "name", "owner_id", "result", "reason", "new_due_on"}
# Of the organisation, and not handled independently: for all who work cases.
OF_ALL = "'&', ('case_id', '=', False), ('is_independent', '=', False)"
OF_NO_CASE = "('case_id', '=', False)"
NOT_WALLED_ISSUE = (
    "('issue_id.case_ids', 'not any', ['|', ('walled_user_ids', 'in', [user.id]), "
    "('barred_user_ids', 'in', [user.id])])"
)


class ComplaintAction(models.Model):
    """One corrective or preventive measure, or a remedy for the person (M39, M55).

    Of a case, or of the whole organisation. It has an owner, a day, and a check of its
    effect afterwards; it outlives the closing of the case.
    """

    _name = "complaint.action"
    _inherit = ["complaint.case.part"]
    _description = "Measure"
    _order = "state_rank, due_on, id"
    _words = ("name", "result", "effect_note", "reason")
    _readers = {
        **readers("handler", "manager", also=OF_ALL),
        **readers("independent", also=OF_NO_CASE),
    }

    case_id = fields.Many2one(required=False, help="None: of the whole organisation.")
    company_id = fields.Many2one(
        "res.company",
        related=None,
        compute="_compute_company_id",
        store=True,
        precompute=True,
    )
    kind = fields.Selection(KINDS, required=True, default="corrective")
    is_remedy = fields.Boolean(
        string="For the person", compute="_compute_is_remedy", store=True
    )
    name = fields.Char(string="What is done")
    unit_id = fields.Many2one(
        "complaint.unit",
        compute="_compute_unit_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    issue_id = fields.Many2one(
        "complaint.issue",
        string="Systemic issue",
        index="btree_not_null",
        ondelete="restrict",
        help="What was found across cases, and this changes.",
    )
    is_independent = fields.Boolean(
        compute="_compute_is_independent",
        store=True,
        precompute=True,
        help="Seen by the independent receiver only.",
    )
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.uid,
        ondelete="restrict",
        index=True,
        help="Who may not read the case is asked in the words of the measure only.",
    )
    assignment_id = fields.Many2one(
        "complaint.action.assignment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
    )
    due_on = fields.Date(string="Until", required=True)
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    state = fields.Selection(
        [
            (OPEN, "To be done"),
            ("done", "Done"),
            ("checked", "Effect checked"),
            ("dropped", "Not done"),
        ],
        required=True,
        default=OPEN,
        readonly=True,
        copy=False,
        group_expand=True,
    )
    state_rank = fields.Integer(
        compute="_compute_state_rank", store=True, help="What is open comes first."
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    result = fields.Text(string="What was done", copy=False)
    done_on = fields.Date(string="Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, copy=False, ondelete="restrict"
    )
    check_on = fields.Date(
        string="Effect checked on",
        help="Whether it helped is looked at on this day at the latest.",
    )
    check_deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    effect = fields.Selection(EFFECTS, readonly=True, copy=False)
    effect_note = fields.Text(string="What shows it")
    checked_on = fields.Date(string="Checked on", readonly=True, copy=False)
    new_due_on = fields.Date(string="New day", copy=False)
    reminded = fields.Selection(
        [("asked", "Asked before its day"), ("late", "Handed up the line")],
        readonly=True,
        copy=False,
        help="Of a measure of the whole organisation: one of a case has deadlines.",
    )
    reason = fields.Text(string="Why later, or why not", copy=False)
    letter_id = fields.Many2one(
        "complaint.correspondence",
        string="Told by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    told_on = fields.Date(
        string="Person told on",
        compute="_compute_told_on",
        help="When the letter left that tells of it.",
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _done_state = models.Constraint(
        "CHECK ((state IN ('done', 'checked')) = (done_on IS NOT NULL))",
        "A measure is done exactly when it carries the day it was.",
    )
    _checked_state = models.Constraint(
        "CHECK ((state = 'checked') = (checked_on IS NOT NULL AND effect IS NOT NULL))",
        "An effect is checked exactly when it carries its day and what was found.",
    )
    _open_due_on = models.Index("(company_id, due_on) WHERE state = 'open'")

    @api.depends("case_id", "issue_id", "unit_id")
    def _compute_company_id(self):
        for action in self:
            of = action.case_id.sudo() or action.issue_id.sudo() or action.unit_id
            action.company_id = of.company_id or action.company_id or self.env.company

    @api.depends("case_id", "issue_id")
    def _compute_unit_id(self):
        for action in self:
            of = action.case_id or action.issue_id
            action.unit_id = of.unit_id or action.unit_id

    @api.depends("issue_id")
    def _compute_is_independent(self):
        for action in self:
            action.is_independent = action.issue_id.sudo().is_independent

    @api.depends("kind")
    def _compute_is_remedy(self):
        for action in self:
            action.is_remedy = action.kind in REMEDIES

    @api.depends("state")
    def _compute_state_rank(self):
        for action in self:
            action.state_rank = 0 if action.state == OPEN else 1

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        for action in self:
            day = action._local_today()
            is_open = action.state == OPEN and bool(action.due_on)
            action.is_overdue = is_open and action.due_on < day

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "=", OPEN)
        overdue &= Domain("due_on", "<", fields.Date.context_today(self))
        return overdue if True in value else ~overdue

    @api.depends("letter_id.sent_at")
    def _compute_told_on(self):
        for action in self:
            letter, policy = action.letter_id.sudo(), action.case_id.sudo().policy_id
            told_at = letter.state == "sent" and letter.sent_at
            action.told_on = told_at and policy._local(told_at).date()

    @api.model
    def _wall_domain(self):
        walled = "('case_id.walled_user_ids', 'not in', [user.id])"
        no_party = NO_PARTY.format(path="case_id.")
        of_case = f"'|', {OF_NO_CASE}, '&', {walled}, {no_party}"
        return f"[{of_case}, '|', ('issue_id', '=', False), {NOT_WALLED_ISSUE}]"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions.sudo()._start()
        return actions

    def write(self, vals):
        result = super().write(vals)
        if "owner_id" in vals:
            is_open = self.sudo().filtered(lambda action: action.state == OPEN)
            is_open._ask_owner()
            is_open._log_each("measure_given")
        elif "name" in vals:
            assignments_sudo = self.sudo().assignment_id.with_user(SUPERUSER_ID)
            assignments_sudo.filtered(lambda one: not one.is_done).name = vals["name"]
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        is_new = operation == "create"
        for vals in vals_list:
            if (is_new or "name" in vals) and not (vals.get("name") or "").strip():
                raise UserError(self.env._("Write what is done."))
            case = self.case_id.browse(vals.get("case_id") or [])
            if is_new:
                self._check_new(vals, case)
            elif any(not action.case_id for action in self):
                self._check_leads()
            if vals.get("owner_id"):
                issue = self.issue_id.browse(vals.get("issue_id") or [])
                cases = case | issue.sudo().case_ids if is_new else self._all_cases()
                unit = self.unit_id.browse(vals.get("unit_id") or [])
                self._check_owner(cases, vals["owner_id"], unit.sudo().company_id)

    def _writable(self):
        names = super()._writable()
        if all(action.state == OPEN for action in self):
            return names | STEERED
        is_done = all(action.state == "done" for action in self)
        return names | {"effect_note"} if is_done else names

    @api.model
    def _creatable(self):
        return {"case_id", "issue_id", "unit_id", *ASKED}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A measure stays. Record that it is not done, and why.")
        )

    def action_done(self, result=None):
        """Record that the measure is done.

        :param result: what was done, where its owner has not written it yet
        :raises UserError: without it, or where it is open no more
        """
        for action in self:
            action._begin(OPEN)
            reported = action.sudo().assignment_id.report
            text = (result or action.result or reported or "").strip()
            if not text:
                raise UserError(self.env._("Write what was done."))
            action.sudo()._settle_done(text, by=self.env.user)
        return True

    def action_postpone(self, until=None, reason=None):
        """Give the measure a later day, for a reason that is kept.

        :param until: local date, later than the old one, within a year
        :param reason: why, where it has not been written yet
        :raises UserError: without either
        """
        for action in self:
            action._begin(OPEN)
            text = (reason or action.reason or "").strip()
            day = fields.Date.to_date(until) or action.new_due_on
            if not text or not day:
                raise UserError(
                    self.env._("Choose the new day, and write why it is later.")
                )
            action._check_later(day)
            action.sudo()._postpone(day, text)
        return True

    def action_drop(self, reason=None):
        """Record that the measure is not done after all.

        :param reason: why, where it has not been written yet
        :raises UserError: without it, or where it is open no more
        """
        for action in self:
            action._begin(OPEN)
            text = (reason or action.reason or "").strip()
            if not text:
                raise UserError(self.env._("Write why it is not done."))
            action_sudo = action.sudo()
            action_sudo.write({"state": "dropped", "reason": text})
            action_sudo._end_assignment()
            action_sudo._forget_reminders(action_sudo.due_on)
            action_sudo.deadline_id._waive(text)
            action_sudo._log_each("measure_dropped", reason=text)
            action_sudo.case_id._finish_tasks()
        return True

    def action_check(self, effect=None, note=None):
        """Record whether a measure that was done has helped.

        :param effect: ``works``, ``partly`` or ``fails``
        :param note: what shows it, where it has not been written yet
        :raises UserError: without either, or where it is not done
        """
        if effect not in dict(EFFECTS):
            raise ValidationError(self.env._("Choose whether it works."))
        for action in self:
            action._begin("done")
            text = (note or action.effect_note or "").strip()
            if not text:
                raise UserError(self.env._("Write what shows it."))
            action_sudo = action.sudo()
            action_sudo.write(
                {
                    "state": "checked",
                    "effect": effect,
                    "effect_note": text,
                    "checked_on": action_sudo._local_today(),
                }
            )
            action_sudo._forget_reminders(action_sudo.check_on)
            action_sudo.check_deadline_id._meet()
            action_sudo._log_each("measure_checked", effect=effect, note=text)
            action_sudo.case_id._finish_tasks()
        return True

    def action_works(self):
        """The effect is checked, and it is there; with the note that is written."""
        return self.action_check("works")

    def action_fails(self):
        """The effect is checked, and it is not there; with the note that is written."""
        return self.action_check("fails")

    def action_open_case(self):
        """Open the case of the measure, where it has one."""
        self.ensure_one()
        self.check_access("read")
        if not self.case_id:
            raise UserError(self.env._("This measure is of no single case."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
            "name": self.env._("Case"),
        }
