from odoo import api, models


class ComplaintDeadline(models.Model):
    """What a calendar says of a deadline, and the way from there to its case."""

    _inherit = "complaint.deadline"

    @api.depends_context("complaint_show_case")
    def _compute_display_name(self):
        super()._compute_display_name()
        if not self.env.context.get("complaint_show_case"):
            return
        for deadline in self:
            deadline.display_name = (
                f"{deadline.case_id.reference} {deadline.display_name}"
            )

    def action_open_case(self):
        """Open the case that has the duty."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
            "name": self.env._("Case"),
        }
