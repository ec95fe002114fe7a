from odoo import api, fields, models
from odoo.fields import Domain

from ..roles import FACTS


class ComplaintCase(models.Model):
    """What the grounds of a case say about it."""

    _inherit = "complaint.case"

    is_urgent = fields.Boolean(
        compute="_compute_flags", search="_search_is_urgent", groups=FACTS
    )
    is_out_of_scope = fields.Boolean(
        string="Belongs elsewhere",
        compute="_compute_flags",
        search="_search_is_out_of_scope",
        help="All its grounds belong to another process.",
        groups=FACTS,
    )
    is_possible_whistleblowing = fields.Boolean(compute="_compute_flags", groups=FACTS)

    @api.depends("category_ids")
    def _compute_flags(self):
        for case in self:
            grounds = case.category_ids
            case.is_urgent = any(grounds.mapped("is_urgent"))
            case.is_out_of_scope = grounds._are_out_of_scope()
            case.is_possible_whistleblowing = case.kind != "whistleblowing" and any(
                grounds.mapped("is_whistleblowing_ground")
            )

    def _search_is_urgent(self, operator, value):
        if operator != "in":
            return NotImplemented
        urgent = Domain("category_ids.is_urgent", "=", True)
        return urgent if True in value else ~urgent

    def _search_is_out_of_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        elsewhere = Domain("category_ids", "any", [("is_out_of_scope", "=", True)])
        here = Domain("category_ids", "any", [("is_out_of_scope", "=", False)])
        only = elsewhere & ~here
        return only if True in value else ~only
