import re
import unicodedata

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o"})


class ComplaintPolicyChoose(models.TransientModel):
    """The first step in an empty database: whose procedure, and who receives."""

    _name = "complaint.policy.choose"
    _inherit = ["complaint.dialog"]
    _description = "Choose your procedure"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    preset_id = fields.Many2one(
        "complaint.policy",
        string="Start from",
        domain="[('company_id', '=', False), ('state', '=', 'in_force')]",
        help="It becomes your own copy: you can change it until it is used.",
    )
    has_presets = fields.Boolean(compute="_compute_has_presets")
    unit_name = fields.Char(
        string="Name of the organisation",
        compute="_compute_unit_name",
        store=True,
        readonly=False,
        help="The topmost unit; add the units below it afterwards.",
    )
    slug = fields.Char(
        string="Public address", compute="_compute_slug", store=True, readonly=False
    )
    manager_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Answers for the complaints that nobody below receives.",
    )
    independent_id = fields.Many2one(
        "res.users",
        string="Independent receiver",
        domain="[('share', '=', False), ('id', '!=', manager_id)]",
        help="Receives whistleblowing reports and what the line of management may not "
        "see. Choose somebody outside that line.",
    )
    fallback_id = fields.Many2one(
        "res.users",
        string="Fallback receiver",
        domain="[('share', '=', False), ('id', '!=', manager_id), "
        "('id', '!=', independent_id)]",
        help="Receives what concerns the independent receiver.",
    )

    @api.depends("company_id")
    def _compute_has_presets(self):
        for choice in self:
            choice.has_presets = bool(self._presets())

    @api.depends("company_id")
    def _compute_unit_name(self):
        for choice in self:
            choice.unit_name = choice.company_id.name

    @api.depends("unit_name")
    def _compute_slug(self):
        for choice in self:
            plain = (choice.unit_name or "").lower().translate(LETTERS)
            plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore")
            words = re.findall(r"[a-z0-9]+", plain.decode())
            choice.slug = "-".join(words)[:40].strip("-")

    def action_confirm(self):
        """Copy the procedure for the organisation, put it in force, make the top unit.

        :return: the action that opens the units
        :raises ValidationError: where a person or a name is missing
        :raises UserError: where the organisation has the procedure already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_choice()
        self._grant(self.manager_id, "group_manager")
        self._grant(self.independent_id, "group_independent")
        self._grant_fallback()
        policy = self.preset_id.copy(
            {
                "company_id": self.company_id.id,
                "independent_id": self.independent_id.id,
                "fallback_id": self.fallback_id.id,
            }
        )
        policy.action_put_in_force()
        self.env["complaint.unit"].create(
            {
                "name": self.unit_name,
                "company_id": self.company_id.id,
                "policy_id": policy.id,
                "manager_id": self.manager_id.id,
                "slug": self.slug,
                "function": "management",
            }
        )
        return {"type": "ir.actions.client", "tag": "klagebehandling.open_units"}

    @api.model
    def _presets(self):
        # Also for who may not read them: an administrator sees that there are some.
        return (
            self.env["complaint.policy"]
            .sudo()
            .search_count(
                [("company_id", "=", False), ("state", "=", "in_force")], limit=1
            )
        )

    def _check_choice(self):
        given = ("preset_id", "unit_name", "slug", "manager_id", "independent_id")
        missing = [
            self._fields[name]._description_string(self.env)
            for name in given
            if not self._is_given(name)
        ]
        if missing:
            raise ValidationError(
                self.env._("Please fill in: %(fields)s.", fields=", ".join(missing))
            )
        if self.manager_id and self.independent_id == self.manager_id:
            raise ValidationError(
                self.env._(
                    "The independent receiver stands outside the line of management. "
                    "Choose two different persons."
                )
            )
        if self.fallback_id and self.fallback_id in (
            self.manager_id | self.independent_id
        ):
            raise ValidationError(
                self.env._(
                    "The fallback receiver stands in where the other two may not see a "
                    "complaint. Choose a third person."
                )
            )
        if self.preset_id.company_id:
            raise ValidationError(self.env._("Choose one of the shared procedures."))
        own = self.env["complaint.policy"]._versions(
            self.preset_id.code, self.company_id
        )
        if own.filtered("company_id"):
            raise UserError(
                self.env._(
                    "The organisation has this procedure already: change it under "
                    "Procedures, or choose another one."
                )
            )

    def _is_given(self, name):
        """Whether the dialog says what a field is to hold (hook)."""
        return bool(self[name])

    def _grant_fallback(self):
        """Let the fallback receiver read what is received: no other restricted case."""
        user = self.fallback_id
        if user and not user.has_group("klagebehandling.group_independent"):
            self._grant(user, "group_handler")

    def _grant(self, user, group):
        """Give a user the right the task needs, where one may give rights at all."""
        if user.has_group(f"klagebehandling.{group}"):
            return
        group = self.env.ref(f"klagebehandling.{group}")
        if not self.env.user.has_group("base.group_erp_manager"):
            raise UserError(
                self.env._(
                    "The person chosen lacks the right “%(right)s”. Ask an "
                    "administrator to give it, then try again.",
                    right=group.sudo().name,
                )
            )
        user.write({"group_ids": [Command.link(group.id)]})
