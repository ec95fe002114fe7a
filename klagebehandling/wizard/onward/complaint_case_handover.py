from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintCaseHandover(models.TransientModel):
    """Hand a case over to a colleague, or to whoever holds a role."""

    _name = "complaint.case.handover"
    _inherit = ["complaint.case.dialog"]
    _description = "Hand a case over"

    role_id = fields.Many2one(
        "complaint.role", domain="[('id', 'in', fitting_role_ids)]"
    )
    fitting_role_ids = fields.Many2many(
        related="case_id.fitting_role_ids", related_sudo=False
    )
    user_id = fields.Many2one(
        "res.users",
        string="Or a colleague",
        domain=lambda self: [
            ("share", "=", False),
            (
                "all_group_ids",
                "in",
                self.env.ref("klagebehandling.group_caseworker").ids,
            ),
        ],
    )

    def action_confirm(self):
        """Hand the case over, tell the person, and ask who receives it.

        :raises UserError: without a choice; nothing typed is lost
        """
        case = self._begin()
        if bool(self.role_id) == bool(self.user_id):
            raise UserError(self.env._("Choose a role or a colleague."))
        case.action_hand_over(self.user_id.id, self.role_id.id)
        return self._finish(case)
