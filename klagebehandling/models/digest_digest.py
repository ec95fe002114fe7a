from odoo import fields, models
from odoo.exceptions import AccessError


class DigestDigest(models.Model):
    """Adds two figures to the digest mail, counted under the rules of its reader."""

    _inherit = "digest.digest"

    kpi_complaint_received = fields.Boolean("Complaints received")
    kpi_complaint_received_value = fields.Integer(
        compute="_compute_kpi_complaint_received_value", export_string_translation=False
    )
    kpi_complaint_late = fields.Boolean("Deadlines found late")
    kpi_complaint_late_value = fields.Integer(
        compute="_compute_kpi_complaint_late_value", export_string_translation=False
    )

    def _compute_kpi_complaint_received_value(self):
        self._check_complaint_reader()
        self._calculate_company_based_kpi(
            "complaint.case", "kpi_complaint_received_value", date_field="received_at"
        )

    def _compute_kpi_complaint_late_value(self):
        self._check_complaint_reader()
        self._calculate_company_based_kpi(
            "complaint.deadline", "kpi_complaint_late_value", date_field="late_at"
        )

    def _check_complaint_reader(self):
        """Figures are those of the reader: counted under the reader's own rules."""
        if not self.env["complaint.case"].has_access("read"):
            raise AccessError(
                self.env._("Do not have access, skip this data for user's digest email")
            )

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu_id = self.env.ref("klagebehandling.complaint_menu").id
        action = f"klagebehandling.complaint_case_action?menu_id={menu_id}"
        actions["kpi_complaint_received"] = action
        actions["kpi_complaint_late"] = action
        return actions
