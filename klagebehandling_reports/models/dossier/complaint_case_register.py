from odoo import models
from odoo.exceptions import UserError


class ComplaintCaseRegister(models.TransientModel):
    """Offers the person a copy of all that was registered, on paper (A-09)."""

    _inherit = "complaint.case.register"

    def action_print_copy(self):
        """Open the dialog that prints what was sent, for who may read the case.

        :return: the action that opens it
        :raises UserError: where the case is read by others only
        """
        self.ensure_one()
        self.check_access("read")
        case = self._readable_case()
        if not case:
            raise UserError(self.env._("Whoever handles the case prints the copy."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "klagebehandling_reports.complaint_case_paper_action"
        )
        return {**action, "context": {"default_case_id": case.id}}
