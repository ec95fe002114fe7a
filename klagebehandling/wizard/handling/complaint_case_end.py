from odoo import api, fields, models


class ComplaintCaseEnd(models.TransientModel):
    """End a case, or take up an ended one again."""

    _name = "complaint.case.end"
    _inherit = ["complaint.case.dialog"]
    _description = "End or reopen a case"

    step = fields.Selection(
        [
            ("close", "Close"),
            ("withdraw", "Withdraw"),
            ("reopen", "Reopen"),
            ("silence", "Do not confirm"),
        ],
        required=True,
        default="close",
        readonly=True,
    )
    outcome = fields.Selection(
        "_get_outcomes",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    remedy = fields.Text(
        string="How it was put right",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    lesson = fields.Text(
        string="What was learned",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="What changes for those who come after.",
    )
    reason = fields.Text()
    is_lesson_required = fields.Boolean(compute="_compute_is_lesson_required")
    open_milestones = fields.Char(
        string="Duties that fall away", compute="_compute_open_milestones"
    )

    @api.model
    def _get_outcomes(self):
        field = self.env["complaint.case"]._fields["outcome"]
        return field._description_selection(self.env)

    @api.depends("case_id")
    def _compute_from_case(self):
        for end in self:
            end.outcome = end.case_id.outcome
            end.remedy = end.case_id.remedy
            end.lesson = end.case_id.lesson

    @api.depends("case_id")
    def _compute_is_lesson_required(self):
        for end in self:
            end.is_lesson_required = end.case_id.policy_id.sudo().is_lesson_required

    @api.depends("case_id", "step")
    def _compute_open_milestones(self):
        for end in self:
            met = {"close"} if end.step == "close" else set()
            running = end.case_id.deadline_ids.filtered(
                lambda row, met=met: row.is_open and row.milestone not in met
            )
            end.open_milestones = ", ".join(row._milestone_label() for row in running)

    def action_confirm(self):
        """Do what the dialog says.

        :raises UserError: where the case cannot go there; nothing typed is lost
        """
        case = self._begin()
        if self.step == "close":
            self._close(case)
        elif self.step == "withdraw":
            case.action_withdraw(reason=self.reason or "")
        elif self.step == "silence":
            case.action_waive_acknowledgement(self.reason)
        else:
            case.action_reopen(reason=self.reason or "")
        return self._finish(case)

    def _close(self, case):
        learned = {
            name: self[name]
            for name in ("remedy", "lesson")
            if self[name] and self[name] != case[name]
        }
        if learned:
            case.write(learned)
        case.action_close(outcome=self.outcome or None)
