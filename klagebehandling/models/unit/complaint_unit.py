import re

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError

from ...vocabulary import UNIT_FUNCTIONS
from ..procedure.res_company import OWNER

RESERVED_SLUGS = {"status", "innsyn"}
# What makes up the line of management.
LINE = {"manager_id", "deputy_id", "member_ids", "parent_id"}
# What managers write themselves: the rest is the procedure's owner's.
OF_MANAGERS = {"member_ids", "deputy_id"}
# What Odoo computes, and would store from outside.
COMPUTED = {"line_manager_ids", "complete_name", "parent_path"}


class ComplaintUnit(models.Model):
    """Where it happened and who answers; the tree is the escalation ladder."""

    _name = "complaint.unit"
    _inherit = ["complaint.remembered", "mail.alias.mixin.optional"]
    _description = "Unit that answers for complaints"
    _parent_store = True
    _order = "complete_name, id"
    _rec_names_search = ["complete_name"]

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    parent_id = fields.Many2one(
        "complaint.unit",
        string="Part of",
        ondelete="restrict",
        index=True,
        domain="[('company_id', '=', company_id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("complaint.unit", "parent_id", string="Units below")
    function = fields.Selection(UNIT_FUNCTIONS, required=True, default="service")
    manager_id = fields.Many2one(
        "res.users", index=True, help="Answers for the unit's complaints."
    )
    deputy_id = fields.Many2one(
        "res.users",
        string="Stand-in",
        index="btree_not_null",
        help="While somebody stands here, new cases go to that person, who sees what "
        "the manager sees.",
    )
    member_ids = fields.Many2many("res.users", string="Members")
    line_manager_ids = fields.Many2many(
        "res.users",
        "complaint_unit_line_manager_rel",
        compute="_compute_line_manager_ids",
        recursive=True,
        store=True,
        help="The managers and stand-ins of the unit and of every unit above it.",
    )
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Own procedure",
        ondelete="restrict",
        index=True,
        help="Applies here and below. Without one, that of the unit above does.",
    )
    effective_policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        compute="_compute_effective_policy_id",
        recursive=True,
    )
    slug = fields.Char(
        string="Public address",
        help="The public form of the unit is found at /klage/<this word>.",
    )
    is_public = fields.Boolean(
        string="Offered on the form",
        default=True,
        help="The public can say that the complaint concerns this unit.",
    )
    anonymous_alias_id = fields.Many2one(
        "mail.alias",
        copy=False,
        ondelete="restrict",
        help="What arrives at this address becomes an anonymous case.",
    )
    anonymous_alias_name = fields.Char(
        string="Anonymous e-mail address",
        compute="_compute_anonymous_alias_name",
        inverse="_inverse_anonymous_alias_name",
    )
    street = fields.Char()
    zip = fields.Char(string="Postcode")
    city = fields.Char(string="Town")
    phone = fields.Char()
    email = fields.Char(string="Public e-mail")
    is_receiver_missing = fields.Boolean(
        compute="_compute_is_receiver_missing",
        help="Nobody can receive what the line of management may not see.",
    )
    is_fallback_missing = fields.Boolean(
        compute="_compute_is_fallback_missing",
        help="Nobody stands in for the independent receiver.",
    )

    may_set_up = fields.Boolean(compute="_compute_may_set_up")
    may_name_stand_in = fields.Boolean(compute="_compute_may_set_up")

    _slug_unique = models.Constraint(
        "UNIQUE (slug)", "Another unit has this public address already."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for unit in self:
            names = [unit.parent_id.complete_name, unit.name]
            unit.complete_name = " / ".join(name for name in names if name)

    @api.depends("name")
    def _compute_display_name(self):
        for unit in self:
            unit.display_name = unit.name

    @api.depends("manager_id", "deputy_id", "parent_id.line_manager_ids")
    def _compute_line_manager_ids(self):
        for unit in self:
            above = unit.parent_id.line_manager_ids
            unit.line_manager_ids = unit.manager_id | unit.deputy_id | above

    @api.depends("policy_id", "parent_id.effective_policy_id")
    def _compute_effective_policy_id(self):
        for unit in self:
            unit.effective_policy_id = (
                unit.policy_id or unit.parent_id.effective_policy_id
            )

    @api.depends("parent_id")
    @api.depends_context("uid")
    def _compute_may_set_up(self):
        is_owner = self.env.user.has_group(OWNER)
        for unit in self:
            unit.may_set_up = is_owner
            unit.may_name_stand_in = is_owner or unit._is_led_from_above()

    @api.depends("anonymous_alias_id.alias_name")
    def _compute_anonymous_alias_name(self):
        for unit in self:
            unit.anonymous_alias_name = unit.sudo().anonymous_alias_id.alias_name

    def _inverse_anonymous_alias_name(self):
        for unit in self:
            name = unit.anonymous_alias_name
            if unit.anonymous_alias_id:
                unit.anonymous_alias_id.sudo().alias_name = name
            elif name:
                defaults = {"unit_id": unit.id, "anonymity": "anonymous"}
                unit.anonymous_alias_id = (
                    self.env["mail.alias"]
                    .sudo()
                    .create(
                        dict(
                            unit._alias_get_creation_values(),
                            alias_name=name,
                            alias_domain_id=unit.company_id.alias_domain_id.id,
                            alias_defaults=repr(defaults),
                        )
                    )
                )

    @api.constrains("parent_id", "company_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A unit cannot be part of itself. Choose another unit.")
            )
        below = self.sudo().with_context(active_test=False)
        for unit in self.sudo() | below.search([("parent_id", "in", self.ids)]):
            if unit.parent_id and unit.parent_id.company_id != unit.company_id:
                raise ValidationError(
                    self.env._("A unit and the one above it belong to one company.")
                )

    @api.constrains("policy_id", "company_id")
    def _check_policy_id(self):
        for unit in self:
            unit.policy_id._check_given_to(unit.company_id)

    @api.constrains("slug")
    def _check_slug(self):
        for unit in self.filtered("slug"):
            if unit.slug in RESERVED_SLUGS or not re.fullmatch(
                r"[a-z0-9]+(-[a-z0-9]+)*", unit.slug
            ):
                raise ValidationError(
                    self.env._(
                        "A public address has small letters a–z, digits and single "
                        "hyphens, and is none of: %(reserved)s.",
                        reserved=", ".join(sorted(RESERVED_SLUGS)),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_computed(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._check_computed(vals.keys())
        if not self.env.su and not self.env.user.has_group(OWNER):
            self._check_of_managers(vals)
        result = super().write(vals)
        if "company_id" in vals:
            # A record rule is asked before only: nothing is given away.
            self.check_access("write")
        return result

    @api.model
    def _check_computed(self, names):
        """Refuse to write what follows from the tree: nobody enters the line past it.

        :raises AccessError: for a person who does
        """
        if COMPUTED & names and not self.env.su:
            raise AccessError(
                self.env._(
                    "The line of management follows from the units: change those."
                )
            )

    def _check_of_managers(self, vals):
        """Refuse what is not a manager's to change: who belongs to the units led, and
        who stands in for a manager below; one's own stand-in is named from above.

        :raises AccessError: for anything else
        """
        self.check_access("write")
        if vals.keys() - OF_MANAGERS:
            raise AccessError(
                self.env._(
                    "Units are set up by the owner of the complaint procedure. A "
                    "manager chooses the members of the units led."
                )
            )
        if "deputy_id" in vals and not all(unit._is_led_from_above() for unit in self):
            raise AccessError(
                self.env._("A stand-in is named by the manager of the unit above.")
            )

    def _is_led_from_above(self):
        """Whether the user leads the unit that this one is part of."""
        return self.env.user in self.sudo().parent_id.line_manager_ids

    @api.model
    def _front_unit(self, code=None):
        """The unit that receives where none is named.

        The topmost unit of the company with the procedure, else the only one.

        :param code: of the procedure; any, where it is not given
        :return: a unit, empty when none or several fit
        """
        units = self.sudo().search([("company_id", "=", self.env.company.id)])
        holders = units.filtered(
            lambda unit: unit.policy_id and (not code or unit.policy_id.code == code)
        )
        tops = holders.filtered(lambda unit: not unit._has_ancestor_in(holders))
        if tops:
            return tops if len(tops) == 1 else tops.browse()
        return self._only_unit(code)

    @api.model
    def _only_unit(self, code):
        holders = self.sudo().search([("policy_id", "!=", False)])
        holders = holders.filtered(
            lambda unit: (
                (not code or unit.policy_id.code == code)
                and not unit.parent_id.effective_policy_id
            )
        )
        return holders if len(holders) == 1 else holders.browse()

    def _has_ancestor_in(self, units):
        above = [int(id_) for id_ in self.parent_path.split("/")[:-2]]
        return bool(set(above) & set(units.ids))

    def _line(self):
        """The unit and those above it, nearest first."""
        if not self:
            return self
        ids = [int(id_) for id_ in reversed(self.parent_path.split("/")[:-1])]
        return self.browse(ids)

    def _with_function(self, function):
        """The unit of the same organisation that has a function, nearest first."""
        root = self._line()[-1:]
        return self.sudo().search(
            [("id", "child_of", root.ids), ("function", "=", function)],
            order="parent_path, id",
            limit=1,
        )

    def _people(self):
        """Managers, stand-ins and members of the units and of all below."""
        users = self.env["res.users"].sudo()
        if self.env.registry.cache_invalidated:
            # Changed in this transaction: others must not meet it yet.
            return users.browse(self._find_people(self._ids))
        return users.browse(self._people_ids(self._ids))

    @api.model
    @tools.ormcache("unit_ids")
    def _people_ids(self, unit_ids):
        """Their ids; units are remembered, and Odoo forgets all when it archives or
        removes a user."""
        return self._find_people(unit_ids)

    def _find_people(self, unit_ids):
        units = self.sudo().search([("id", "child_of", unit_ids)])
        people = units.manager_id | units.deputy_id | units.member_ids
        return people._ids

    @api.depends("policy_id.independent_id", "parent_id")
    def _compute_is_receiver_missing(self):
        for unit in self:
            policy_sudo = unit.sudo().effective_policy_id
            unit.is_receiver_missing = policy_sudo and not policy_sudo.independent_id

    @api.depends("policy_id.independent_id", "policy_id.fallback_id", "parent_id")
    def _compute_is_fallback_missing(self):
        for unit in self:
            policy_sudo = unit.sudo().effective_policy_id
            unit.is_fallback_missing = (
                policy_sudo.independent_id and not policy_sudo.fallback_id
            )

    @api.model
    def get_empty_list_help(self, help_message):
        """What an empty list of units says to who may set up the organisation."""
        return super().get_empty_list_help(self._setup_help() or help_message)

    @api.model
    def _setup_help(self):
        """Hook: the invitation to set up an empty company, for who may; as HTML."""
        return ""

    def _web_address(self):
        """Hook: where the public form is; empty where there is none on the web."""
        return ""

    def _has_blank_form(self):
        """Hook: whether :meth:`_blank_form` gives anything, without making it."""
        return False

    def _blank_form(self, is_fillable=False):
        """Hook: the blank form for the public, in the language of the context.

        Made of what everybody may know: the caller asks for no right.

        :param is_fillable: to be filled in on the screen, not on paper
        :return: ``(name, content, mimetype)``; None where this server prints nothing
        """
        return
