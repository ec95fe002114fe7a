import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ...sealing import receipt_code

INSPECTORS = "klagebehandling.group_inspector"
# What the owner of the procedure says of it; all else follows.
OWN = {
    *("authority", "ground", "login", "inspector", "unit_ids", "company_id"),
    *("received_from", "received_until", "valid_until", "sample_size"),
}
# Days that an account is open at most, where no system parameter says fewer or more.
MOST_DAYS = 30
PARAMETER = "klagebehandling.inspection_days"
# Named in the journal, so that anybody can draw the same sample again.
METHOD = "sha256(seed + reference), the smallest first"
QUIET = {"no_reset_password": True, "mail_create_nolog": True}


class ComplaintInspection(models.Model):
    """An authority looks at the cases of some units and time: who, until when (M38).

    The owner of the procedure says what it is about and sees no case by it; who may
    make users opens the account. It comes to its own pages and to nothing else at all
    (``ir_http.py``), until the moment that was said: each request compares it with now.
    """

    _name = "complaint.inspection"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Inspection"
    _order = "valid_until desc, id desc"
    _rec_name = "authority"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    authority = fields.Char(required=True)
    ground = fields.Text(
        string="By which right", required=True, help="The provision or the decision."
    )
    inspector = fields.Char(required=True, help="Who inspects, by name.")
    login = fields.Char(
        required=True, help="The inspector signs in with it: an e-mail address."
    )
    unit_ids = fields.Many2many(
        "complaint.unit",
        string="Units",
        domain="[('company_id', '=', company_id)]",
        help="With the units below them. Without any: the whole organisation.",
    )
    received_from = fields.Date(string="Received from", required=True)
    received_until = fields.Date(string="Received until", required=True)
    valid_until = fields.Datetime(string="Open until", required=True)
    sample_size = fields.Integer(
        string="Cases in the sample", required=True, default=20
    )
    seed = fields.Char(string="Seed of the sample", readonly=True, copy=False)
    method = fields.Char(string="How the sample is drawn", compute="_compute_method")
    state = fields.Selection(
        [("draft", "Being prepared"), ("open", "Account open"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
    )
    line_ids = fields.One2many(
        "complaint.inspection.line", "inspection_id", groups=INSPECTORS
    )

    _period = models.Constraint(
        "CHECK (received_from <= received_until)",
        "The first day lies before the last one.",
    )
    _open_account = models.Constraint(
        "CHECK (state <> 'open' OR (user_id IS NOT NULL AND seed IS NOT NULL))",
        "An open inspection has an account and a sample.",
    )
    _size = models.Constraint(
        "CHECK (sample_size BETWEEN 0 AND 1000)", "Draw at most a thousand cases."
    )

    def _compute_method(self):
        self.method = self.env._(
            "SHA-256 of the seed followed by the reference; the smallest first"
        )

    def _writable(self):
        is_draft = {*self.mapped("state")} <= {"draft"}
        return super()._writable() | (OWN - {"company_id"} if is_draft else set())

    @api.model
    def _creatable(self):
        return OWN

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("That somebody inspected is kept."))

    # -- acts

    def action_open(self):
        """Open the account: enter a seed, draw the sample by it, list the cases.

        The seed is drawn here and in the journal before any case is looked at: nobody
        chooses it, and who opens another inspection for a better sample leaves both.

        :return: shows the password, once
        :raises AccessError: for who may make no users
        :raises UserError: for an end that is past or too far ahead
        """
        self._check_account()
        self._check_end()
        inspection_sudo = self.sudo().try_lock_for_update()
        if not inspection_sudo or inspection_sudo.state != "draft":
            raise UserError(self.env._("This inspection has been opened already."))
        inspection_sudo.write(
            {
                "user_id": self._ensure_account().id,
                "seed": secrets.token_hex(16),
                "state": "open",
            }
        )
        self._enter(
            "inspection_opened",
            method=METHOD,
            sample_size=self.sample_size,
            scope=self.unit_ids.ids,
            seed=inspection_sudo.seed,
            valid_until=str(self.valid_until),
        )
        self.env["complaint.inspection.line"].sudo()._list_cases(inspection_sudo)
        return inspection_sudo._show_password()

    def action_password(self):
        """Draw another password, which ends the sessions of the one before.

        :return: shows it, once
        :raises AccessError: for who may make no users
        :raises UserError: where the account is not open
        """
        self._check_account()
        if self.state != "open":
            raise UserError(self.env._("This inspection is not open."))
        self._enter("inspection_password")
        return self.sudo()._show_password()

    def action_end(self):
        """End it before its time."""
        self.ensure_one()
        self.check_access("write")
        self.filtered(lambda one: one.state == "open").sudo()._end()
        return True

    def _check_account(self):
        self.ensure_one()
        self.check_access("write")
        self.env["res.users"].check_access("create")

    def _show_password(self):
        """A new password: told here, and kept nowhere but as Odoo keeps passwords."""
        password = receipt_code.make()
        self.user_id.password = password
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("The account is open"),
                "message": self.env._(
                    "Sign-in: %(login)s. Password: %(password)s. It is shown only now: "
                    "hand it to the inspector, and write it down nowhere.",
                    login=self.user_id.login,
                    password=password,
                ),
                "type": "success",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_end(self):
        now = fields.Datetime.now()
        parameters = self.env["ir.config_parameter"].sudo()
        days = int(parameters.get_param(PARAMETER, MOST_DAYS))
        if not now < self.valid_until <= now + timedelta(days=days):
            raise UserError(
                self.env._(
                    "An inspection is open for at most %(days)s days from now. Enter "
                    "an earlier end; it can be prepared anew.",
                    days=days,
                )
            )

    def _ensure_account(self):
        """The account with that login, which is an inspector's and nothing else.

        :raises ValidationError: where a colleague has that login
        """
        users = self.env["res.users"].sudo().with_context(**QUIET, active_test=False)
        group = self.env.ref(INSPECTORS)
        known = users.search([("login", "=ilike", self.login.strip())])
        if known and group not in known.group_ids:
            raise ValidationError(
                self.env._("Somebody else has this login. Enter another one.")
            )
        values = {
            "name": self.inspector,
            "lang": self._account_lang(),
            "tz": self.env.user.tz or self.company_id.resource_calendar_id.tz,
            "active": True,
            "company_id": self.company_id.id,
            "company_ids": [Command.set(self.company_id.ids)],
            "group_ids": [Command.set(group.ids)],
        }
        if known:
            known.write(values)
            return known
        return users.create({**values, "login": self.login.strip()})

    def _account_lang(self):
        """The language of the procedure; that of the organisation without one."""
        company = self.company_id
        every = (
            self.env["complaint.unit"].sudo().search([("company_id", "=", company.id)])
        )
        policies = (self.unit_ids.sudo() or every).effective_policy_id
        return policies[0]._spoken() if policies else company.partner_id.lang

    def _end(self):
        """Nothing is read by it any more; the account ends with its last inspection."""
        self.write({"state": "ended"})
        for one in self:
            one._enter("inspection_ended")
        others = self.search(
            [("user_id", "in", self.user_id.ids), ("state", "=", "open")]
        )
        (self.user_id - others.user_id).active = False

    def _enter(self, event, **payload):
        self.env["complaint.journal"]._log_company(
            self.company_id, event, inspection=self.id, user=self.user_id.id, **payload
        )

    @api.model
    def _cron_end(self):
        """Close the accounts of what is over; it has been shut since its moment."""
        over = Domain("state", "=", "open")
        over &= Domain("valid_until", "<=", fields.Datetime.now())
        self.search(over)._end()

    # -- whether it is open now

    @api.model
    def _live(self, user=None):
        """What an inspector may read by now: a domain of inspections."""
        return (
            Domain("user_id", "=", (user or self.env.user).id)
            & Domain("state", "=", "open")
            & Domain("valid_until", ">", fields.Datetime.now())
        )

    @api.model
    def _is_open_for(self, user):
        """Whether somebody has an inspection whose time is not over."""
        return bool(self.sudo().search_count(self._live(user), limit=1))

    # -- the sample

    def _cases(self):
        """The cases that were received in the units and the time of the inspection.

        Those too that are hidden from somebody here. One that the inspector stands
        behind the wall of is not among them: a sample with a gap would tell of it.
        """
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("walled_user_ids", "not in", self.user_id.ids)
        if self.unit_ids:
            domain &= Domain("unit_id", "child_of", self.unit_ids.ids)
        first = fields.Datetime.to_datetime(self.received_from) - timedelta(days=1)
        last = fields.Datetime.to_datetime(self.received_until) + timedelta(days=2)
        domain &= Domain("received_at", ">=", first) & Domain("received_at", "<", last)
        found = self.env["complaint.case"].sudo().search(domain, order="id")
        return found.filtered(
            lambda case: (
                self.received_from <= case._received_on() <= self.received_until
            )
        )

    def _draw(self, cases):
        """A sample that whoever knows the seed draws again: see ``METHOD``."""

        def place(case):
            return hashlib.sha256((self.seed + case.reference).encode()).hexdigest()

        return cases.sorted(place)[: self.sample_size]
