from odoo import api, fields, models


class ComplaintCaseSplit(models.TransientModel):
    """Choose which grounds become a case of their own."""

    _name = "complaint.case.split"
    _inherit = ["complaint.case.dialog"]
    _description = "Split a case"

    case_category_ids = fields.Many2many(
        related="case_id.category_ids", related_sudo=False
    )
    category_ids = fields.Many2many(
        "complaint.category",
        string="Grounds to split off",
        compute="_compute_category_ids",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )

    @api.depends("case_id")
    def _compute_category_ids(self):
        """Propose what belongs to another process."""
        for split in self:
            split.category_ids = split.case_id.category_ids.filtered("is_out_of_scope")

    def action_confirm(self):
        """Split the case and open the new one where the user may see it."""
        case = self._begin()
        child = case.browse(case.action_split(self.category_ids.ids))
        return self._show(child) if child.has_access("read") else self._finish(case)
