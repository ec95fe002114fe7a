from odoo import api, models


class ComplaintCaseEnd(models.TransientModel):
    """Proposes to close as put right at once where the first assessment says so."""

    _inherit = "complaint.case.end"

    @api.depends("case_id")
    def _compute_from_case(self):
        super()._compute_from_case()
        for end in self:
            if not end.outcome and end.case_id.triage == "at_once":
                end.outcome = "resolved_at_once"
