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
    is_measure_missing = fields.Boolean(compute="_compute_is_measure_missing")

    @api.depends("case_id")
    def _compute_from_case(self):
        super()._compute_from_case()
        for letter in self:
            letter.no_measure_reason = letter.case_id.no_measure_reason

    @api.depends("case_id", "remedy")
    def _compute_is_measure_missing(self):
        for letter in self:
            case = letter.case_id
            is_required = case.policy_id.sudo().is_measure_required
            letter.is_measure_missing = (
                is_required and not letter.remedy and not case._measures()
            )

    def _enter(self, case, *names):
        super()._enter(case, *names, "no_measure_reason")
