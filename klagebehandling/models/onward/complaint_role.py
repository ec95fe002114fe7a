from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KINDS = [
    ("supervisor", "Supervisor"),
    ("professional_leader", "Professional leader"),
    ("nav_caseworker", "NAV caseworker"),
    ("registrar", "Registrar"),
    ("head", "Head of administration"),
    ("committee", "Committee"),
    ("board", "Executive board"),
    ("council", "Council"),
]


class ComplaintRole(models.Model):
    """A role that a procedure names, and who holds it from when to when (A-40, E-66).

    Of the whole organisation, or of a unit and those below. Held by a user, who takes
    cases over, or by somebody outside, whom packages go to. The managers of the units
    are roles too; those stand on the units.
    """

    _name = "complaint.role"
    _inherit = ["complaint.recorded", "complaint.owned"]
    _description = "Role in the procedure"
    _order = "kind, valid_from desc, id"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, string="Role", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    unit_id = fields.Many2one(
        "complaint.unit",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('company_id', '=', company_id)]",
        help="And those below. Without one: the whole organisation.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Held by",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    name = fields.Char(translate=True, help="Of the body, or of who holds it outside.")
    reach = fields.Text(string="How to reach it", translate=True)
    valid_from = fields.Date(string="From")
    valid_to = fields.Date(string="Until", help="Its last day.")
    active = fields.Boolean(default=True)

    _valid_dates = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "A role is held from its first day to its last.",
    )

    @api.depends("kind", "user_id", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for role in self:
            held_by = role.user_id.sudo().name or role.name
            parts = (labels.get(role.kind), held_by)
            role.display_name = ": ".join(part for part in parts if part)

    @api.constrains("kind", "user_id", "name")
    def _check_held(self):
        for role in self:
            if not role.user_id and not (role.name or "").strip():
                raise ValidationError(
                    self.env._("Say who holds the role: a colleague, or a name.")
                )

    @api.constrains("unit_id", "company_id")
    def _check_unit_id(self):
        for role in self.sudo():
            if role.unit_id and role.unit_id.company_id != role.company_id:
                raise ValidationError(
                    self.env._("The unit and the role belong to one company.")
                )

    @api.model
    def _for_case(self, case):
        """The roles that are held on this day for a case, the nearest unit first.

        Nobody behind the wall, nor whom the case is about.
        """
        case = case.sudo()
        roles = self._held(case.company_id, case.unit_id._line(), case._today())
        out = case._kept_out()
        return roles.filtered(lambda role: role.user_id not in out)

    @api.model
    def _held(self, company, line, day):
        """The roles that are held on a day, the nearest unit first; as the superuser.

        :param line: a unit and those above it; without one: of the whole organisation
        """
        begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", day)
        left = Domain("valid_to", "=", False) | Domain("valid_to", ">=", day)
        here = Domain("unit_id", "in", [False, *line.ids])
        roles = self.sudo().search(
            Domain("company_id", "=", company.id) & begun & left & here
        )
        steps = {unit: step for step, unit in enumerate(line)}
        return roles.sorted(
            lambda role: (steps.get(role.unit_id, len(steps)), role.kind, role.id)
        )
