from odoo import api, fields, models


class ComplaintClosingDialog(models.AbstractModel):
    """Adds what a procedure with measures asks of a closing (B-07)."""

    _inherit = "complaint.closing.dialog"

    no_measure_reason = fields.Text(
        string="Why there is no measure",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    dialogue_attempt = fields.Text(
        string="How it was tried in dialogue",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    is_dialogue_told = fields.Boolean(
        string="Tell the person how it was tried",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    is_dialogue_required = fields.Boolean(compute="_compute_is_dialogue_required")
    is_measure_missing = fields.Boolean(compute="_compute_is_measure_missing")

    @api.depends("case_id")
    def _compute_from_case(self):
        super()._compute_from_case()
        for letter in self:
            letter.no_measure_reason = letter.case_id.no_measure_reason
            letter.dialogue_attempt = letter.case_id.dialogue_attempt
            letter.is_dialogue_told = letter.case_id.is_dialogue_told

    @api.depends("is_dialogue_required")
    def _compute_is_lesson_required(self):
        super()._compute_is_lesson_required()
        for letter in self.filtered("is_dialogue_required"):
            letter.is_lesson_required = True

    @api.depends("case_id")
    def _compute_is_dialogue_required(self):
        for letter in self:
            case = letter.case_id
            is_asked = case.policy_id.sudo().is_dialogue_required
            letter.is_dialogue_required = is_asked and case.kind != "praise"

    @api.depends("case_id", "remedy", "is_dialogue_required")
    def _compute_is_measure_missing(self):
        for letter in self:
            case = letter.case_id
            policy_sudo = case.policy_id.sudo()
            is_required = policy_sudo.is_measure_required or letter.is_dialogue_required
            letter.is_measure_missing = (
                is_required and not letter.remedy and not case._measures()
            )

    def _enter(self, case, *names):
        super()._enter(case, *names, "no_measure_reason", "dialogue_attempt")
        if self.is_dialogue_told != case.is_dialogue_told:
            case.is_dialogue_told = self.is_dialogue_told

    @api.model
    def _told_fields(self):
        return [*super()._told_fields(), "dialogue_attempt", "is_dialogue_told"]

    def _draft(self, **told):
        return super()._draft(
            dialogue_attempt=self.dialogue_attempt,
            is_dialogue_told=self.is_dialogue_told,
            **told,
        )
