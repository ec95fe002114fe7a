from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...vocabulary import MILESTONES, TO_OTHERS, TO_PERSON

# The steps that end a case, each by a letter.
ENDS = ("close", "withdraw")


class ComplaintCaseEnd(models.TransientModel):
    """End a case by a letter, take up an ended one again, or let a duty fall away."""

    _name = "complaint.case.end"
    _inherit = ["complaint.closing.dialog"]
    _description = "End or reopen a case"

    step = fields.Selection(
        [
            ("close", "Close"),
            ("withdraw", "Withdraw"),
            ("reopen", "Reopen"),
            ("silence", "Do not confirm"),
            ("meet", "Record that a duty to others is done"),
            ("waive", "Waive a duty to others"),
        ],
        required=True,
        default="close",
        readonly=True,
    )
    is_lesson_told = fields.Boolean(
        string="Tell the person what was learned",
        compute="_compute_is_lesson_told",
        store=True,
        precompute=True,
        readonly=False,
    )
    reason = fields.Text()
    findings = fields.Text(string="What we found, and why")
    milestone = fields.Selection(
        [(code, label) for code, label in MILESTONES if code in TO_OTHERS],
        string="Duty",
        compute="_compute_milestone",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    is_told = fields.Boolean(
        string="Told in person",
        help="It was said by phone or in a meeting, in the place of a letter.",
    )
    told_on = fields.Date(
        string="Told on",
        compute="_compute_told",
        store=True,
        precompute=True,
        readonly=False,
    )
    told_by_id = fields.Many2one(
        "res.users",
        string="Told by",
        domain="[('share', '=', False)]",
        compute="_compute_told",
        store=True,
        precompute=True,
        readonly=False,
    )
    told_medium = fields.Selection(
        [("phone", "Phone"), ("meeting", "Meeting")], string="Told by way of"
    )
    met_milestones = fields.Char(
        string="Promises it keeps", compute="_compute_milestones"
    )
    open_milestones = fields.Char(
        string="Duties that are left", compute="_compute_milestones"
    )

    @api.depends("case_id")
    def _compute_from_case(self):
        super()._compute_from_case()
        for end in self:
            # Who wants no reply reads it on the status page.
            end.medium = end.medium if end.case_id.wants_reply else "portal"

    @api.depends("case_id")
    def _compute_told(self):
        for end in self:
            end.told_on = end.case_id and end.case_id._today()
            end.told_by_id = self.env.user

    @api.depends("case_id")
    def _compute_milestone(self):
        for end in self:
            end.milestone = end.case_id._owed(TO_OTHERS)[:1].milestone

    @api.depends("case_id")
    def _compute_is_lesson_told(self):
        for end in self:
            end.is_lesson_told = end.case_id.policy_id.sudo().is_lesson_required

    @api.depends("case_id", "step")
    def _compute_milestones(self):
        for end in self:
            case = end.case_id
            kept = case._owed(TO_PERSON) if end.step in ENDS else case.deadline_ids[:0]
            end.met_milestones = end._name_milestones(kept)
            end.open_milestones = end._name_milestones(case._owed(TO_OTHERS))

    @api.model
    def _name_milestones(self, rows):
        return ", ".join(dict.fromkeys(row._milestone_label() for row in rows))

    @api.model
    def _told_fields(self):
        own = ["step", "outcome", "findings", "lesson", "is_lesson_told"]
        return [*super()._told_fields(), *own]

    def _standard_body(self):
        if not self.case_id or self.step not in ENDS:
            return False
        draft = self._draft(outcome=self.outcome, remedy=self.remedy)
        if self.step == "withdraw":
            letters_sudo = self.env["complaint.correspondence"].sudo()
            return letters_sudo._default_body(draft, "withdrawal")
        lesson = self.is_lesson_told and self.lesson
        return self.case_id._origin._say_closing(self.findings, lesson or "", draft)

    def action_confirm(self):
        """Do what the dialog says.

        :raises UserError: where the case cannot go there; nothing typed is lost
        """
        case = self._begin()
        if self.step in ENDS and is_html_empty(self.body):
            raise UserError(self.env._("Write the text first."))
        getattr(self, f"_do_{self.step}")(case)
        return self._finish(case)

    def _do_close(self, case):
        self._enter(case, "remedy", "lesson")
        told = {}
        if self.is_told:
            told = {"told_on": self.told_on, "user_id": self.told_by_id.id}
        case.with_context(complaint_on_screen=True).action_close(
            outcome=self.outcome or None,
            body=self.body,
            medium=self.told_medium or None if self.is_told else self.medium,
            **told,
        )

    def _do_withdraw(self, case):
        case.action_withdraw(
            reason=self.reason or "", body=self.body, medium=self.medium
        )

    def _do_silence(self, case):
        case.action_waive_acknowledgement(self.reason)

    def _do_meet(self, case):
        case.action_meet_duty(self.milestone)

    def _do_waive(self, case):
        case.action_waive_duty(self.milestone, self.reason)

    def _do_reopen(self, case):
        case.action_reopen(reason=self.reason or "")
