from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...vocabulary import KINDS, UNIT_FUNCTIONS


class ComplaintCategory(models.Model):
    """A ground of a complaint, or a matter that belongs to another process.

    The grounds of a case decide where it is received and whether it is redirected.
    """

    _name = "complaint.category"
    _inherit = ["complaint.remembered", "complaint.owned"]
    _description = "Ground for a complaint"
    _parent_store = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Stable name for forms, integrations and statistics. Never reuse a code.",
    )
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: not self.env.su and self.env.company,
        help="Without one it is shared by all, and changed by nobody.",
    )
    parent_id = fields.Many2one("complaint.category", ondelete="restrict", index=True)
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("complaint.category", "parent_id")
    is_sensitive = fields.Boolean(
        help="Received one step further up the line than other complaints."
    )
    is_urgent = fields.Boolean(
        help="Danger to somebody: received one step further up, read the same day."
    )
    is_whistleblowing_ground = fields.Boolean(
        help="May in law be a whistleblowing report: the handler is asked to decide."
    )
    kind = fields.Selection(
        KINDS,
        string="Handled as",
        help="A complaint with this ground only is registered as this kind.",
    )
    is_out_of_scope = fields.Boolean(
        help="Belongs to another process, such as an appeal or a fault report. "
        "It is received and redirected, never refused."
    )
    redirect_function = fields.Selection(
        UNIT_FUNCTIONS,
        string="Redirected to",
        help="The unit with this function receives it; without one, the unit itself.",
    )
    redirect_text = fields.Text(
        translate=True,
        help="What the sender is told about where it belongs and how time limits run.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another ground has this code already."
    )
    _redirect_scope = models.Constraint(
        "CHECK (redirect_function IS NULL OR is_out_of_scope)",
        "Only a ground that is out of scope is redirected.",
    )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "A ground cannot be placed below itself. Choose another parent."
                )
            )

    @api.constrains("parent_id", "company_id")
    def _check_company_id(self):
        for ground in self:
            if ground.parent_id.company_id not in (
                ground.company_id,
                ground.company_id.browse(),
            ):
                raise ValidationError(
                    self.env._("A ground and the one above it belong to one company.")
                )

    def _are_out_of_scope(self):
        """Whether there are grounds, and all of them belong to another process."""
        return bool(self) and all(ground.is_out_of_scope for ground in self)

    @api.model
    @tools.ormcache("company_id")
    def _ids_by_code(self, company_id=False):
        """The ids of the shared grounds and of a company's own, by their codes."""
        own = [("company_id", "in", [False, company_id])]
        return {ground.code: ground.id for ground in self.sudo().search(own)}
