from odoo import models


class ComplaintIntake(models.AbstractModel):
    """Draws no number where the register counts: the registering step gives it."""

    _inherit = "complaint.intake"

    def _prepare_case(self, form):
        values = super()._prepare_case(form)
        if form.policy.has_running_series:
            values["drawn_number"] = False
        return values
