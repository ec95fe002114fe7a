from datetime import timedelta

from odoo import api, fields, models

from ...sealing import keyring
from ...vocabulary import ANONYMITY, CHANNELS, KINDS, PARTY_KINDS

BY_STAFF = ("phone", "meeting", "letter", "paper_form", "email", "social_media")
SPOKEN = ("phone", "meeting")
COMPLAINANT = ("name", "email", "phone", "street", "zip", "city", "service_user_name")
SEALED = (*COMPLAINANT, "subject_name")


class ComplaintCaseRegister(models.TransientModel):
    """What an employee writes down for somebody else: by phone, on paper, in person.

    Identity is sealed here too, and removed as soon as the case is registered.
    """

    _name = "complaint.case.register"
    _inherit = ["complaint.dialog", "complaint.sealed", "complaint.day"]
    _description = "Register a complaint"
    # An upload for a complaint is evidence: it is not made smaller.
    _keeps_uploads_as_they_are = True

    identity_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    state = fields.Selection(
        [("form", "To be registered"), ("receipt", "Registered")],
        default="form",
        required=True,
        readonly=True,
    )
    channel = fields.Selection(
        [(code, dict(CHANNELS)[code]) for code in BY_STAFF],
        string="How it came in",
        default="phone",
        required=True,
    )
    received_at = fields.Datetime(
        string="Received",
        required=True,
        default=fields.Datetime.now,
        help="When it truly reached the organisation, also if that was days ago: time "
        "limits are counted from it.",
    )
    unit_id = fields.Many2one(
        "complaint.unit",
        string="Where it happened",
        required=True,
        default=lambda self: self._default_unit(),
    )
    kind = fields.Selection(KINDS, default="complaint", required=True)
    kind_definition = fields.Text(compute="_compute_procedure")
    kind_codes = fields.Json(compute="_compute_procedure")
    category_ids = fields.Many2many(
        "complaint.category",
        string="Grounds",
        domain="[('id', 'in', allowed_category_ids)]",
    )
    allowed_category_ids = fields.Many2many(
        "complaint.category", compute="_compute_procedure"
    )
    title = fields.Char(string="Subject")
    description = fields.Text(string="What happened")
    desired_outcome = fields.Text()
    event_date = fields.Date(string="When it happened")
    event_until = fields.Date(string="Until")
    event_words = fields.Char(
        string="Or in words", help="As the person says it: last spring, many times."
    )
    lang = fields.Selection(
        "_get_languages",
        string="Language",
        compute="_compute_lang",
        readonly=False,
        store=True,
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Attachments")

    about_manager = fields.Boolean(string="It concerns the nearest manager")
    subject_user_id = fields.Many2one(
        "res.users",
        string="Employee complained about",
        domain="[('share', '=', False)]",
        help="This person, and everybody who answers to this person, sees nothing of "
        "it in this program.",
    )
    subject_name = fields.Char(
        string="Or the name as told", compute="_compute_identity", readonly=False
    )

    anonymity = fields.Selection(ANONYMITY, default="open", required=True)
    anonymity_codes = fields.Json(compute="_compute_anonymity")
    is_anonymity_refused = fields.Boolean(compute="_compute_anonymity")
    complainant_kind = fields.Selection(PARTY_KINDS, string="Who complains")
    complainant_codes = fields.Json(compute="_compute_procedure")
    name = fields.Char(compute="_compute_identity", readonly=False)
    email = fields.Char(string="E-mail", compute="_compute_identity", readonly=False)
    phone = fields.Char(compute="_compute_identity", readonly=False)
    street = fields.Char(compute="_compute_identity", readonly=False)
    zip = fields.Char(string="Postcode", compute="_compute_identity", readonly=False)
    city = fields.Char(string="Town", compute="_compute_identity", readonly=False)
    service_user_name = fields.Char(
        string="On behalf of", compute="_compute_identity", readonly=False
    )
    authorisation = fields.Char(help="What gives the right to speak for the other.")

    wants_reply = fields.Boolean(string="Wants a reply", default=True)
    reply_channel = fields.Selection("_get_replies", string="Preferred channel")
    is_nav_partner = fields.Boolean(compute="_compute_procedure")
    place_type = fields.Selection(
        [("nav", "NAV place"), ("municipal", "Municipal place")], string="Kind of place"
    )
    is_supervisor_invited = fields.Boolean(string="Wants the supervisor at the meeting")
    is_nav_invited = fields.Boolean(string="Wants the NAV caseworker at the meeting")
    has_external_parties = fields.Boolean(string="External parties take part")
    is_interpreter_wanted = fields.Boolean(string="Needs an interpreter")
    interpreter_language = fields.Char(string="Which language")
    is_advocate_wanted = fields.Boolean(string="Wants somebody who speaks for them")
    is_helper_wanted = fields.Boolean(string="Wants somebody who helps")

    is_assisted = fields.Boolean(
        string="I wrote it down for the person",
        compute="_compute_is_assisted",
        readonly=False,
        store=True,
    )
    is_informed = fields.Boolean(string="Informed of how complaints are handled")
    asked_to_write = fields.Selection(
        [("no", "No, I wrote it down"), ("yes", "Yes, in own words")],
        string="Wanted to write it down",
    )
    is_read_back = fields.Boolean(string="Read back and confirmed")
    is_copy_given = fields.Boolean(string="Copy given")
    is_remedied = fields.Boolean(
        string="Put right at once",
        help="Somebody who may handle the case also closes it with this.",
    )
    remedy = fields.Text(string="How it was put right")
    lesson = fields.Text(
        string="What was learned", help="What changes for those who come after."
    )
    is_lesson_required = fields.Boolean(compute="_compute_procedure")
    is_told = fields.Boolean(
        string="I have told the person",
        help="By phone or face to face, in the place of a letter.",
    )

    @api.model
    def _get_languages(self):
        return self.env["complaint.policy"].sudo()._get_languages()

    @api.model
    def _get_replies(self):
        ways = self.env["complaint.case"]._fields["reply_channel"]
        return ways._description_selection(self.env)

    @api.model
    def _default_unit(self):
        """The employee's own unit, else the one that receives for the organisation."""
        Unit = self.env["complaint.unit"]
        own = Unit.search([("member_ids", "in", self.env.uid)], limit=2)
        return own if len(own) == 1 else Unit.browse(Unit._front_unit().ids)

    @api.depends("state", "reference")
    def _compute_display_name(self):
        for form in self:
            form.display_name = form.reference or self.env._("Register a complaint")

    @api.depends("unit_id", "kind")
    def _compute_procedure(self):
        for form in self:
            policy_sudo = form.unit_id.sudo().effective_policy_id
            kinds = policy_sudo._choices("kind")
            senders = policy_sudo._choices("complainant").mapped("value")
            chosen = kinds.filtered(lambda choice, kind=form.kind: choice.value == kind)
            form.kind_codes = policy_sudo._kinds_to_choose()
            form.kind_definition = chosen.definition
            form.complainant_codes = senders or list(dict(PARTY_KINDS))
            form.is_nav_partner = policy_sudo.is_nav_partner
            form.is_lesson_required = policy_sudo.is_lesson_required
            form.allowed_category_ids = policy_sudo._grounds_to_choose(
                form.unit_id.company_id
            )

    @api.depends("unit_id")
    def _compute_lang(self):
        for form in self:
            form.lang = form.unit_id.sudo().effective_policy_id.lang or form.lang

    @api.depends("unit_id", "channel")
    def _compute_anonymity(self):
        for form in self:
            policy_sudo = form.unit_id.sudo().effective_policy_id
            refused = policy_sudo and not policy_sudo._allows_anonymity(form.channel)
            form.is_anonymity_refused = refused
            form.anonymity_codes = [
                code for code, _label in ANONYMITY if code != "anonymous" or not refused
            ]

    @api.depends("channel")
    def _compute_is_assisted(self):
        for form in self:
            form.is_assisted = form.channel in SPOKEN

    @api.depends("identity_sealed")
    def _compute_identity(self):
        for form in self:
            known = form._open_typed()
            for name in SEALED:
                form[name] = known.get(name, False)

    @api.model_create_multi
    def create(self, vals_list):
        plain = [self._without_identity(vals) for vals in vals_list]
        forms = super().create(plain)
        for form, vals in zip(forms, vals_list, strict=True):
            form._seal(vals)
        return forms

    def write(self, vals):
        result = super().write(self._without_identity(vals))
        if {*SEALED, "anonymity"} & vals.keys():
            for form in self:
                form._seal(vals)
        return result

    def _without_identity(self, vals):
        return {key: value for key, value in vals.items() if key not in SEALED}

    def _seal(self, vals):
        """Keep what identifies in the sealed column; of who is anonymous, nothing."""
        given = {key: vals[key] for key in SEALED if key in vals}
        known = {**self._open_typed(), **given}
        if self.anonymity == "anonymous":
            known = {key: known[key] for key in known if key not in COMPLAINANT}
        known = {key: text for key, text in known.items() if text}
        self.sudo().identity_sealed = known and keyring.encrypt(known)

    @api.autovacuum
    def _gc_attachments(self):
        """Remove what was uploaded for a complaint that nobody registered."""
        forgotten = fields.Datetime.now() - timedelta(days=1)
        self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("create_date", "<", forgotten)]
        ).unlink()
