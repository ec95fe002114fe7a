from odoo import api, fields, models


class ComplaintUnit(models.Model):
    """Adds how many cases a unit has, and the way to them."""

    _inherit = "complaint.unit"

    case_count = fields.Integer(compute="_compute_case_count")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_case_count(self):
        groups = self.env["complaint.case"]._read_group(
            [("unit_id", "in", self.ids)], ["unit_id"], ["__count"]
        )
        counts = {unit.id: count for unit, count in groups}
        for unit in self:
            unit.case_count = counts.get(unit.id, 0)

    def action_open_cases(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "klagebehandling.complaint_case_action"
        )
        return dict(action, domain=[("unit_id", "child_of", self.id)], context={})
