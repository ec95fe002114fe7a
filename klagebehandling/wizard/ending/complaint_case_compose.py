from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintCaseCompose(models.TransientModel):
    """Adds to an answer that it closes the case too: one letter for both."""

    _inherit = "complaint.case.compose"

    outcome = fields.Selection(
        lambda self: self.env["complaint.case.end"]._get_outcomes(),
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
    is_lesson_required = fields.Boolean(compute="_compute_is_lesson_required")

    @api.depends("case_id")
    def _compute_from_case(self):
        super()._compute_from_case()
        for letter in self:
            letter.outcome = letter.case_id.outcome
            letter.lesson = letter.case_id.lesson

    @api.depends("case_id")
    def _compute_is_lesson_required(self):
        for letter in self:
            policy_sudo = letter.case_id.policy_id.sudo()
            letter.is_lesson_required = policy_sudo.is_lesson_required

    def action_send_and_close(self):
        """Answer and close with one letter, which keeps what was still promised.

        :raises UserError: where the text, the outcome or an element of the procedure is
            missing; nothing typed is lost
        """
        if self.purpose != "reply":
            raise UserError(self.env._("Only an answer closes a case."))
        case = self._prepare()
        self._enter(case, "lesson")
        case.action_close(
            outcome=self.outcome or None, body=self.body, medium=self.medium
        )
        return self._finish(case)
