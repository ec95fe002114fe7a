from odoo import api, fields, models


class ComplaintCaseRecuse(models.TransientModel):
    """Step back from a case for a conflict of interest (M18)."""

    _name = "complaint.case.recuse"
    _inherit = ["complaint.pointing"]
    _description = "Step back from a case"

    case_id = fields.Many2one("complaint.case", required=True, readonly=True)
    reason = fields.Text(required=True)

    @api.constrains("case_id")
    def _check_case_id(self):
        # Constraints run as superuser: ask the person.
        self.case_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Hand the case to the next in line; afterwards the user cannot open it."""
        self.ensure_one()
        self.check_access("write")
        self.case_id.action_recuse(self.reason)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "klagebehandling.complaint_case_action"
        )
        return dict(action, target="main")
