from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.case.complaint_case import OPEN_STATES
from ...models.complaint_endpoint import is_number


class ComplaintCaseAssign(models.TransientModel):
    """Give several cases to a colleague: the chosen ones, or all that another has.

    Which cases were chosen stands in the context of the act, and is stored nowhere:
    a dialog that names cases would have to follow their walls.
    """

    _name = "complaint.case.assign"
    _inherit = ["complaint.dialog"]
    _description = "Assign cases"

    from_user_id = fields.Many2one(
        "res.users", string="All open cases of", domain="[('share', '=', False)]"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        domain=lambda self: [
            ("share", "=", False),
            (
                "all_group_ids",
                "in",
                self.env.ref("klagebehandling.group_caseworker").ids,
            ),
        ],
    )
    is_chosen = fields.Boolean(compute="_compute_case_count")
    case_count = fields.Integer(string="Cases", compute="_compute_case_count")

    @api.depends("from_user_id")
    @api.depends_context("active_ids", "active_model", "uid")
    def _compute_case_count(self):
        for dialog in self:
            dialog.is_chosen = bool(dialog._chosen_ids())
            dialog.case_count = len(dialog._cases())

    def action_confirm(self):
        """Assign the cases.

        :raises UserError: where there are none, or the colleague must not handle one
        """
        self.ensure_one()
        self.check_access("write")
        if not self.user_id:
            raise UserError(self.env._("Choose who handles the cases from now on."))
        cases = self._cases()
        if not cases:
            raise UserError(
                self.env._("Choose cases, or whose cases are to be handed over.")
            )
        cases.action_assign(self.user_id.id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _chosen_ids(self):
        context = self.env.context
        ids = context.get("active_ids")
        is_ours = context.get("active_model") == "complaint.case"
        if not is_ours or not isinstance(ids, list):
            return []
        return list(filter(is_number, ids))

    def _cases(self):
        """The cases that it is about, as far as the user sees them."""
        chosen = Domain("id", "in", self._chosen_ids())
        if not self._chosen_ids():
            if not self.from_user_id:
                return self.env["complaint.case"]
            handled = Domain("handler_id", "=", self.from_user_id.id)
            chosen = handled & Domain("state", "in", OPEN_STATES)
        return self.env["complaint.case"].search(chosen)
