from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...roles import FACTS, READERS
from ...sealing import keyring, receipt_code
from ...vocabulary import ANONYMITY, CHANNELS, KINDS, REPLY_CHANNELS

OPEN_STATES = ("received", "acknowledged", "investigating", "answered")
# Links by which one case tells of another.
LINKS = {"parent_id", "retaliation_of_id"}
# Set by the door and moved by actions: never by a plain write.
GUARDED = {
    "state",
    "reference",
    "registry_number",
    "policy_id",
    "company_id",
    "received_at",
    "registered_at",
    "anonymity",
    "access_code_hash",
    "submission_hash",
    "walled_user_ids",
    "is_restricted",
    "journal_head",
    "journal_count",
}


class ComplaintCase(models.Model):
    """The matter. Who is in it lives in ``complaint.party`` and nowhere else."""

    _name = "complaint.case"
    _inherit = ["complaint.walled", "mail.thread", "mail.activity.mixin"]
    _description = "Case"
    _order = "received_at desc, id desc"
    _rec_name = "reference"
    _mail_post_access = "read"
    _case_path = ""

    reference = fields.Char(required=True, readonly=True, copy=False)
    registry_number = fields.Char(
        readonly=True, copy=False, help="Drawn without order: a gap tells nothing."
    )
    title = fields.Char(groups=READERS)
    description = fields.Text(groups=READERS)
    desired_outcome = fields.Text(groups=READERS)
    kind = fields.Selection(KINDS, required=True, default="complaint")
    state = fields.Selection(
        [
            ("received", "Received"),
            ("acknowledged", "Acknowledged"),
            ("investigating", "Under investigation"),
            ("answered", "Answered"),
            ("closed", "Closed"),
            ("redirected", "Redirected"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="received",
        index=True,
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("upheld", "Upheld"),
            ("partly_upheld", "Partly upheld"),
            ("not_upheld", "Not upheld"),
            ("resolved", "Resolved"),
            ("unresolved", "Unresolved"),
            ("resolved_at_once", "Resolved at once"),
            ("no_finding", "No finding"),
        ]
    )
    stage = fields.Selection(
        [("1", "Stage 1"), ("2", "Stage 2"), ("external", "External")],
        required=True,
        default="1",
    )
    channel = fields.Selection(CHANNELS, required=True)
    anonymity = fields.Selection(ANONYMITY, required=True, default="open")
    category_ids = fields.Many2many(
        "complaint.category", string="Grounds", groups=FACTS
    )
    unit_id = fields.Many2one(
        "complaint.unit", required=True, ondelete="restrict", index=True
    )
    handler_id = fields.Many2one("res.users", index=True)
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    received_at = fields.Datetime(
        required=True, index=True, help="When it truly reached the organisation."
    )
    registered_at = fields.Datetime(required=True, readonly=True)
    expected_on = fields.Date(
        string="Expected to be done",
        help="The date the complainant is told. Without a fixed limit it is the limit.",
    )
    last_act_on = fields.Date(
        readonly=True,
        copy=False,
        help="When a person last did something in the case (not the clock).",
    )
    triage = fields.Selection(
        [
            ("at_once", "Can be put right at once"),
            ("handling", "Needs handling"),
        ],
        string="First assessment",
        help="Recorded by what is done with the case, where nobody enters it.",
    )
    contact_interval = fields.Integer(
        string="Agreed contact, days",
        help="How often the person hears from us, as agreed with them.",
    )
    answered_at = fields.Datetime(readonly=True, copy=False)
    days_to_answer = fields.Integer(readonly=True, copy=False, aggregator="avg")
    days_to_close = fields.Integer(readonly=True, copy=False, aggregator="avg")
    closed_at = fields.Datetime(readonly=True, copy=False)
    event_date = fields.Date(groups=FACTS)
    wants_reply = fields.Boolean(default=True)
    reply_channel = fields.Selection(REPLY_CHANNELS, default="portal")
    lang = fields.Selection("_get_languages", string="Language")
    has_external_parties = fields.Boolean(string="External parties")
    place_type = fields.Selection(
        [("nav", "NAV place"), ("municipal", "Municipal place")], groups=FACTS
    )
    invite = fields.Char(
        string="Wanted at the meeting",
        help="Roles, as codes separated by commas.",
        groups=FACTS,
    )
    about_manager = fields.Boolean(string="Concerns the nearest manager", groups=FACTS)
    authorisation = fields.Char(groups=READERS)
    remedy = fields.Text(string="How it was put right", groups=READERS)
    lesson = fields.Text(string="What was learned", groups=READERS)
    assisted_by_id = fields.Many2one("res.users", string="Helped by")
    is_read_back = fields.Boolean(string="Read back and confirmed")
    is_copy_given = fields.Boolean(string="Copy given")
    is_informed = fields.Boolean(string="Informed of the routine")
    asked_to_write = fields.Selection(
        [("no", "No, the receiver wrote it down"), ("yes", "Yes, in own words")],
        string="Wanted to write it down",
    )
    parent_id = fields.Many2one("complaint.case", string="Split from", index=True)
    child_ids = fields.One2many("complaint.case", "parent_id", string="Split into")
    retaliation_of_id = fields.Many2one(
        "complaint.case",
        string="Alleged retaliation for",
        index=True,
        groups=FACTS,
    )
    walled_user_ids = fields.Many2many(
        "res.users",
        "complaint_case_wall",
        "case_id",
        "user_id",
        string="Behind the wall",
        copy=False,
        groups="klagebehandling.group_manager,klagebehandling.group_custodian",
    )
    is_restricted = fields.Boolean(
        string="Independent handling",
        readonly=True,
        help="Seen by the independent receiver and whom that person names only.",
    )
    access_code_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    submission_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    journal_head = fields.Char(groups=fields.NO_ACCESS, copy=False)
    journal_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)
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
    child_count = fields.Integer(compute="_compute_child_count")
    is_mixed = fields.Boolean(
        compute="_compute_is_mixed",
        help="Some of its grounds belong to another process, others do not.",
        groups=FACTS,
    )

    _reference_unique = models.Constraint(
        "UNIQUE (reference)", "The reference is taken; try again."
    )
    _registry_number_unique = models.Constraint(
        "UNIQUE (company_id, registry_number)", "The number is taken; try again."
    )
    _submission_unique = models.UniqueIndex(
        "(submission_hash) WHERE submission_hash IS NOT NULL",
        "This has been registered already.",
    )
    _access_code_unique = models.UniqueIndex(
        "(access_code_hash) WHERE access_code_hash IS NOT NULL", "Try again."
    )
    _open_unit = models.Index(
        "(unit_id, state) WHERE state NOT IN ('closed', 'redirected', 'withdrawn')"
    )
    _closed_at_state = models.Constraint(
        "CHECK ((state IN ('closed', 'redirected', 'withdrawn')) = "
        "(closed_at IS NOT NULL))",
        "A case is ended exactly when it carries the time it ended.",
    )
    _outcome_closed = models.Constraint(
        "CHECK (state <> 'closed' OR outcome IS NOT NULL)",
        "A closed case has an outcome.",
    )

    @api.model
    def _get_languages(self):
        return self.env["complaint.policy"]._get_languages()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.context.get("complaint_intake"):
            raise UserError(
                self.env._("A case is registered through the intake, never created.")
            )
        return super().create(vals_list)

    def write(self, vals):
        guarded = GUARDED & vals.keys()
        if guarded and not self.env.su:
            raise UserError(
                self.env._(
                    "These facts are moved by the buttons of the case, not edited."
                )
            )
        if "handler_id" in vals and not self.env.su:
            self._check_handler(vals["handler_id"])
        if "unit_id" in vals:
            self._check_movable()
        result = super().write(vals)
        if "handler_id" in vals:
            for case in self.sudo():
                case._log("handler_assigned", handler=case.handler_id.id)
        if {"about_manager", "unit_id", *LINKS} & vals.keys():
            self._update_wall()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A case is closed or disposed of, never deleted."))

    def _check_handler(self, user_id):
        """Refuse a handler behind the wall in the words of any wrong choice."""
        for case in self.sudo():
            if user_id in case.walled_user_ids.ids:
                case._log_apart("assignment_refused", handler=user_id)
                raise UserError(
                    self.env._("This person cannot handle the case. Choose another.")
                )

    def _has_ended(self):
        return self.state not in OPEN_STATES

    def _facts(self):
        """What the conditions of the procedure's terms ask about."""
        self.ensure_one()
        return {
            "wants_reply": self.wants_reply,
            "has_external_parties": self.has_external_parties,
            "is_acknowledged_only": self.kind == "praise" or self.is_out_of_scope,
        }

    @api.model
    def _find_policy(self, code, unit, day):
        """The version of the procedure that binds a case received on a local day.

        :param code: of the procedure; the unit's own, where it is empty
        :return: a policy, empty when there is none
        """
        code = code or unit.sudo().effective_policy_id.code
        versions = self.env["complaint.policy"]._versions(code, unit.company_id)
        return versions._in_force_on(day)

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

    @api.depends("reference", "title")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # The web client reads the names of many2ones as superuser: ask the person.
        readable = self.env.user.has_groups(READERS)
        self._check_known()
        for case in self:
            title = readable and case.title
            case.display_name = f"{case.reference} {title}" if title else case.reference

    @api.depends("child_ids")
    @api.depends_context("uid")
    def _compute_child_count(self):
        self._count_parts("complaint.case", "parent_id", "child_count")

    @api.depends("category_ids")
    def _compute_is_mixed(self):
        for case in self:
            elsewhere = case.category_ids.filtered("is_out_of_scope")
            case.is_mixed = bool(elsewhere) and elsewhere != case.category_ids

    def _count_parts(self, model, link, field):
        groups = self.env[model]._read_group(
            [(link, "in", self.ids)], [link], ["__count"]
        )
        counts = {case.id: count for case, count in groups}
        for case in self:
            case[field] = counts.get(case.id, 0)

    @api.model
    def get_empty_list_help(self, help_message):
        """What an empty list of cases says: set up first, or nothing came in yet."""
        return super().get_empty_list_help(
            self.env["complaint.unit"]._setup_help() or help_message
        )

    def _today(self):
        return self.policy_id.sudo()._local(fields.Datetime.now()).date()

    def _received_on(self):
        return self.policy_id._local(self.received_at).date()

    @api.model
    def _mask_codes(self, text):
        """A text that colleagues will read, without receipt codes (M10)."""
        return receipt_code.mask(
            text, self._find_codes(text), self.env._("[receipt code removed]")
        )

    @api.model
    def _find_codes(self, text):
        """The receipt codes in a text: spelt as we show them, or known to open a case.

        A group of signs that passes the check part by chance is no code of a case.
        """
        places = receipt_code.find(text)
        certain = {code for _start, _end, code, is_certain in places if is_certain}
        maybe = {place[2] for place in places} - certain
        return certain | self._codes_of_cases(maybe)

    @api.model
    def _codes_of_cases(self, codes):
        hashes = {keyring.keyed_hash("access code", code): code for code in codes}
        if not hashes:
            return set()
        found = self.sudo().search([("access_code_hash", "in", list(hashes))])
        return {hashes[case.access_code_hash] for case in found}
