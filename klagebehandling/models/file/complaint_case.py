from odoo import api, fields, models


class ComplaintCase(models.Model):
    """Adds the files of a case, and how many of them are sealed only."""

    _inherit = "complaint.case"

    original_ids = fields.One2many("complaint.original", "case_id", string="Files")
    sealed_only_count = fields.Integer(
        compute="_compute_sealed_only_count",
        compute_sudo=True,
        help="Files that could not be cleaned and may tell who wrote them.",
    )

    @api.depends("original_ids.state")
    def _compute_sealed_only_count(self):
        groups = self.env["complaint.original"]._read_group(
            [("case_id", "in", self.ids), ("state", "=", "sealed")],
            ["case_id"],
            ["__count"],
        )
        counts = {case.id: count for case, count in groups}
        for case in self:
            case.sealed_only_count = counts.get(case.id, 0)
