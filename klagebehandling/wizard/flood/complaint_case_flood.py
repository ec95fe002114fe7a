from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.complaint_endpoint import is_number


class ComplaintCaseFlood(models.TransientModel):
    """End the chosen cases of a flood together.

    As in the dialog that assigns cases, which ones stands in the context of the act: a
    dialog that names cases would have to follow their walls.
    """

    _name = "complaint.case.flood"
    _inherit = ["complaint.dialog"]
    _description = "End a flood"

    reason = fields.Text(help="The persons read it in the letter that ends the case.")
    case_count = fields.Integer(string="Cases", compute="_compute_case_count")

    @api.depends_context("active_ids", "active_model", "uid")
    def _compute_case_count(self):
        for dialog in self:
            dialog.case_count = len(dialog._cases())

    def action_confirm(self):
        """End the cases.

        :raises UserError: where there are none, and as ``action_close_flood`` does
        """
        self.ensure_one()
        self.check_access("write")
        cases = self._cases()
        if not cases:
            raise UserError(self.env._("Choose the cases in the list first."))
        cases.action_close_flood(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _cases(self):
        """The chosen cases, as far as the user sees them."""
        context = self.env.context
        ids = context.get("active_ids")
        is_ours = context.get("active_model") == "complaint.case"
        if not is_ours or not isinstance(ids, list):
            return self.env["complaint.case"]
        chosen = list(filter(is_number, ids))
        return self.env["complaint.case"].search([("id", "in", chosen)])
