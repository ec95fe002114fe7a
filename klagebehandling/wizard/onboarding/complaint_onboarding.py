from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import email_normalize, format_date

from ...models.procedure.res_company import OWNER

RELOAD = {"type": "ir.actions.client", "tag": "reload"}


class ComplaintOnboarding(models.TransientModel):
    """The guided page of an empty database, from the procedure to what is missing.

    It keeps nothing of its own: what is done is read off the facts each time, so that
    it can be left and opened again. Its second file makes the people, its third tries
    a complaint.
    """

    _name = "complaint.onboarding"
    _inherit = ["complaint.policy.choose"]
    _description = "Set up complaint handling"

    company_id = fields.Many2one(
        domain=lambda self: [("id", "in", self.env.companies.ids)]
    )
    owner_id = fields.Many2one(
        "res.users",
        string="Owner of the procedure",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Writes procedures, units and grounds, and sees no case.",
    )
    may_appoint = fields.Boolean(compute="_compute_may")
    may_choose = fields.Boolean(compute="_compute_may")
    may_create_users = fields.Boolean(compute="_compute_may")
    may_write_company = fields.Boolean(compute="_compute_may")
    owner_names = fields.Char(string="Owners", compute="_compute_may")
    lang = fields.Selection(related="preset_id.lang", string="Language of the letters")
    units_below = fields.Text(
        string="Units below",
        help="One on each line. They get no manager of their own yet: the top one "
        "answers for them.",
    )
    sender = fields.Char(
        string="E-mail of the organisation",
        compute="_compute_sender",
        store=True,
        readonly=False,
        help="The sender of invitations and notices.",
    )
    alias_domain = fields.Char(compute="_compute_alias_domain")
    alias_name = fields.Char(string="Address for complaints")
    unit_id = fields.Many2one(
        "complaint.unit", string="Topmost unit", compute="_compute_setup"
    )
    policy_id = fields.Many2one(
        "complaint.policy", string="Procedure in force", compute="_compute_setup"
    )
    address = fields.Char(string="Public form", compute="_compute_setup")
    loud_settings = fields.Char(compute="_compute_setup")
    backup = fields.Char(string="Backup of the key", compute="_compute_setup")
    missing_count = fields.Integer(compute="_compute_setup")
    has_owner = fields.Boolean(
        string="Owner of the procedure", compute="_compute_setup"
    )
    has_procedure = fields.Boolean(
        string="Procedure in force, with a unit", compute="_compute_setup"
    )
    has_second_person = fields.Boolean(
        string="A manager, and somebody outside the line", compute="_compute_setup"
    )
    has_everybody_signed_in = fields.Boolean(
        string="All of them have signed in", compute="_compute_setup"
    )
    has_alias = fields.Boolean(
        string="E-mail address for complaints", compute="_compute_setup"
    )
    has_mail_server = fields.Boolean(
        string="Server for outgoing e-mail", compute="_compute_setup"
    )
    has_key_backup = fields.Boolean(string="Key backed up", compute="_compute_setup")
    has_holidays = fields.Boolean(
        string="Working days and public holidays", compute="_compute_setup"
    )
    has_quiet_log = fields.Boolean(
        string="Log of the database", compute="_compute_setup"
    )
    has_address = fields.Boolean(
        string="Address that the public reaches", compute="_compute_setup"
    )

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_may(self):
        user = self.env.user
        for page in self:
            owners = page._company()._complaint_owners()
            page.may_appoint = page._company()._may_appoint_complaint_owner()
            page.may_choose = user.has_group(OWNER)
            page.may_create_users = self._may_create_users()
            page.may_write_company = page._company().has_access("write")
            page.owner_names = ", ".join(owners.mapped("name"))

    @api.depends("company_id")
    def _compute_sender(self):
        for page in self:
            page.sender = page._company().email

    @api.depends("company_id")
    def _compute_alias_domain(self):
        for page in self:
            page.alias_domain = page._company().sudo().alias_domain_id.name

    @api.depends("company_id")
    def _compute_setup(self):
        for page in self:
            company = page._company()
            done = company._complaint_setup()
            for name, is_done in done.items():
                page[name] = is_done
            page.missing_count = len([one for one in done.values() if not one])
            unit = company._complaint_top()
            page.unit_id, page.policy_id = unit, unit.policy_id
            page.address = unit.slug and f"{company.get_base_url()}/klage/{unit.slug}"
            settings = self.env["res.config.settings"]
            page.loud_settings = settings._loud_complaint_settings()
            page.backup = page._say_backup(company._key_backup())

    @api.model
    def _may_create_users(self):
        """Whether Odoo lets the user make users, and the contacts behind them."""
        models = ("res.users", "res.partner")
        return all(self.env[name].has_access("create") for name in models)

    def action_appoint(self):
        """Give the procedure its first owner.

        :raises AccessError: but for an administrator of access rights, while there is
            no active owner
        """
        self._begin()
        self.company_id._appoint_complaint_owner(self.owner_id)
        return RELOAD

    def action_confirm(self):
        """Put a copy of the procedure in force, with its people, units and addresses.

        The people who are new are made, and invited when all else has worked.

        :raises AccessError: for who does not own the procedure, or makes a user
            without administering access rights
        :raises ValidationError: where something is missing, or one person would be two
        """
        self._begin()
        if not self.env.user.has_group(OWNER):
            raise AccessError(
                self.env._("The owner of the procedure chooses it, and nobody else.")
            )
        self._name_sender()
        newcomers = self._find_people()
        super().action_confirm()
        # The address is the unit's alone.
        units = self.env["complaint.unit"]
        self._open_to_the_world(units.search([("slug", "=", self.slug)]))
        self._invite(newcomers)
        return RELOAD

    def action_note_key_backup(self):
        """Enter who says, and when, that the key of today is backed up."""
        self._begin()
        self.company_id._note_key_backup()
        return True

    def _begin(self):
        """What each act asks first: a page of one's own, on a company of one's own."""
        self.ensure_one()
        self.check_access("write")
        self._check_own_company()

    def _check_own_company(self):
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("Choose a company that you work in."))

    def _company(self):
        """The company that the page may tell of: never one that is not the user's."""
        return (self.company_id & self.env.user.company_ids) or self.env.company

    def _name_sender(self):
        """Give the organisation the address that it writes from.

        :raises AccessError: for who may not change the organisation
        :raises ValidationError: for what is no address
        """
        if not self.sender or self.sender == self.company_id.email:
            return
        if not email_normalize(self.sender):
            raise ValidationError(
                self.env._("The e-mail of the organisation is no address.")
            )
        self.company_id.email = self.sender

    def _open_to_the_world(self, unit):
        """Give the new topmost unit its addresses, the units below and their days."""
        if self.alias_name:
            unit.alias_name = self.alias_name
        names = [line.strip() for line in (self.units_below or "").splitlines()]
        unit.create(
            [
                {"name": name, "parent_id": unit.id, "company_id": unit.company_id.id}
                for name in dict.fromkeys(filter(None, names))
            ]
        )
        policy = unit.policy_id.sudo()
        policy._ensure_calendar(policy._today(), policy._today())

    def _say_backup(self, backup):
        """Who said so and when, and whether the keys are others by now."""
        if not backup:
            return False
        said = {
            "name": backup["name"],
            "day": format_date(self.env, backup["day"], date_format="long"),
        }
        if self.has_key_backup:
            return self.env._("Backed up, says %(name)s on %(day)s.", **said)
        return self.env._(
            "The keys have changed since %(name)s backed them up on %(day)s.", **said
        )
