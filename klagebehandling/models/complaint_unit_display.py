from markupsafe import Markup

from odoo import api, fields, models


class ComplaintUnit(models.Model):
    """What the views of a unit show besides its facts."""

    _inherit = "complaint.unit"

    is_receiver_missing = fields.Boolean(
        compute="_compute_is_receiver_missing",
        help="Nobody can receive what the line of management may not see.",
    )

    @api.depends("policy_id.independent_id", "parent_id")
    def _compute_is_receiver_missing(self):
        for unit in self:
            policy_sudo = unit.sudo().effective_policy_id
            unit.is_receiver_missing = policy_sudo and not policy_sudo.independent_id

    @api.model
    def get_empty_list_help(self, help_message):
        """What an empty list of units says to who may set up the organisation."""
        return super().get_empty_list_help(self._setup_help() or help_message)

    @api.model
    def _setup_help(self):
        """The invitation to choose a procedure, for managers of an empty company."""
        if not self.env.user.has_group("klagebehandling.group_manager"):
            return ""
        if self.sudo().search_count(
            [("company_id", "in", self.env.companies.ids)], limit=1
        ):
            return ""
        return Markup(
            '<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>'
            '<p><a type="action" class="btn btn-primary text-white" '
            'name="klagebehandling.complaint_policy_choose_action">%s</a></p>'
        ) % (
            self.env._("Choose your procedure"),
            self.env._(
                "Complaints are handled by your organisation's own written procedure. "
                "Choose the one to start from; it can be changed afterwards."
            ),
            self.env._("Choose your procedure"),
        )
