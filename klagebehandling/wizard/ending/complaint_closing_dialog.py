from odoo import api, fields, models


class ComplaintClosingDialog(models.AbstractModel):
    """A dialog whose letter can close the case: what is recorded of that.

    Adds the outcome and the lesson, as the case has them, and whether the procedure
    demands a lesson (C-17). Inherited by the dialog that closes, and by an answer.
    """

    _name = "complaint.closing.dialog"
    _inherit = ["complaint.letter.dialog"]
    _description = "Dialog with a letter that can close"

    outcome = fields.Selection(
        "_get_outcomes",
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

    @api.model
    def _get_outcomes(self):
        field = self.env["complaint.case"]._fields["outcome"]
        return field._description_selection(self.env)

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
