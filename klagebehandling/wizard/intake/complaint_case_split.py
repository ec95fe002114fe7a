from odoo import api, fields, models


class ComplaintCaseSplit(models.TransientModel):
    """Choose which grounds become a case of their own."""

    _name = "complaint.case.split"
    _inherit = ["complaint.pointing"]
    _description = "Split a case"

    case_id = fields.Many2one(
        "complaint.case", required=True, readonly=True, ondelete="cascade"
    )
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

    @api.constrains("case_id")
    def _check_case_id(self):
        # Constraints run as superuser: ask the person.
        self.case_id.sudo(False).check_access("read")

    @api.depends("case_id")
    def _compute_category_ids(self):
        """Propose what belongs to another process."""
        for split in self:
            split.category_ids = split.case_id.category_ids.filtered("is_out_of_scope")

    def action_confirm(self):
        """Split the case and open the new one where the user may see it."""
        self.ensure_one()
        self.check_access("write")
        child = self.env["complaint.case"].browse(
            self.case_id.action_split(self.category_ids.ids)
        )
        shown = child if child.has_access("read") else self.case_id
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.case",
            "res_id": shown.id,
            "views": [(False, "form")],
        }
