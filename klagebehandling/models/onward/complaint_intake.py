from odoo import models


class ComplaintIntake(models.AbstractModel):
    """An appeal that comes in is passed on the same day (E-21, M24)."""

    _inherit = "complaint.intake"

    def _register_forms(self, forms):
        super()._register_forms(forms)
        appeals = self.env["complaint.case"].union(
            *(form.case for form in forms if form.grounds._lead_to_a_decision())
        )
        # What is opened after the door enters itself.
        appeals.with_context(complaint_intake=False)._follow_appeals()
