from markupsafe import Markup

from odoo import api, models

from ..procedure.res_company import OWNER


class ComplaintUnit(models.Model):
    """Invites who may to set up an empty company."""

    _inherit = "complaint.unit"

    @api.model
    def _setup_help(self):
        if not self.env.user.has_groups(f"{OWNER},base.group_erp_manager"):
            return super()._setup_help()
        if self.sudo().search_count(
            [("company_id", "in", self.env.companies.ids)], limit=1
        ):
            return super()._setup_help()
        return self._invite(
            self.env._("Set up complaint handling"),
            self.env._(
                "Complaints are handled by your organisation's own written procedure. "
                "Choose the one to start from, name who receives complaints, and try "
                "it: one page guides you."
            ),
            "klagebehandling.complaint_onboarding_action",
        )

    @api.model
    def _invite(self, title, text, action):
        return Markup(
            '<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>'
            '<p><a type="action" class="btn btn-primary text-white" '
            'name="%s">%s</a></p>'
        ) % (title, text, action, title)
