from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ... import typed_numbers
from ...limits import TEXTS
from ...roles import FACTS, READERS
from ...sealing import keyring, receipt_code
from ...vocabulary import (
    ANONYMITY,
    CASE_STATES,
    CHANNELS,
    KINDS,
    OUTCOMES,
    REPLY_CHANNELS,
    STAGES,
    TRIAGE,
)
from .complaint_case_part import CASE_READERS

OPEN_STATES = ("received", "acknowledged", "investigating", "answered")
# Links by which one case tells of another.
LINKS = {"parent_id", "retaliation_of_id"}
# What who works a case decides; all else is moved by actions, or was told to us.
WRITABLE = {
    "handler_id",
    "unit_id",
    "summary",
    "about_manager",
    "retaliation_of_id",
}
# The same, as long as the case has not ended.
WRITABLE_OPEN = {
    "kind",
    "category_ids",
    "has_external_parties",
    "reply_channel",
    "contact_interval",
    "triage",
    "outcome",
    "remedy",
    "lesson",
}


class ComplaintCase(models.Model):
    """The matter: what happened, to whom it is given and how far it has come.

    Who is in it stands in ``complaint.party`` and nowhere else. Duties, letters, files
    and evidence are rows of their own rooms, which open this model above.
    """

    _name = "complaint.case"
    _inherit = [
        "complaint.guarded",
        "complaint.walled",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Case"
    _order = "received_at desc, id desc"
    _rec_name = "reference"
    _rec_names_search = ["reference", "registry_number"]
    _mail_post_access = "read"
    _case_path = ""
    _company_path = "company_id"
    _words = (*TEXTS, "summary", "heading")
    _readers = CASE_READERS

    # What it is
    reference = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        search=typed_numbers.search_reference,
    )
    drawn_number = fields.Char(
        readonly=True,
        copy=False,
        index="trigram",
        search=typed_numbers.search_drawn_number,
        help="Drawn without order: a gap tells nothing.",
    )
    registry_number = fields.Char(related="drawn_number")
    kind = fields.Selection(KINDS, required=True, default="complaint")
    title = fields.Char(groups=READERS)
    heading = fields.Char(groups=READERS, help="The subject in our words.")
    description = fields.Text(groups=READERS)
    desired_outcome = fields.Text(groups=READERS)
    summary = fields.Text(
        groups=READERS,
        help="The matter in our words. What the person wrote is never edited.",
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)
    event_date = fields.Date(groups=FACTS)
    event_until = fields.Date(groups=FACTS, help="The last day, of more than one.")
    event_words = fields.Char(string="When, in own words", groups=READERS)
    category_ids = fields.Many2many(
        "complaint.category", string="Grounds", groups=FACTS
    )
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
    is_mixed = fields.Boolean(
        compute="_compute_is_mixed",
        help="Some of its grounds belong to another process, others do not.",
        groups=FACTS,
    )
    is_possible_whistleblowing = fields.Boolean(compute="_compute_flags", groups=FACTS)

    # Where it belongs, and under which version of the procedure
    company_id = fields.Many2one("res.company", required=True, index=True)
    unit_id = fields.Many2one(
        "complaint.unit", required=True, ondelete="restrict", index=True
    )
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        ondelete="restrict",
        index=True,
    )
    place_type = fields.Selection(
        [("nav", "NAV place"), ("municipal", "Municipal place")], groups=FACTS
    )
    has_external_parties = fields.Boolean(string="External parties")

    # How it came in
    channel = fields.Selection(CHANNELS, required=True)
    received_at = fields.Datetime(
        required=True, index=True, help="When it truly reached the organisation."
    )
    registered_at = fields.Datetime(required=True, readonly=True)
    submission_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    assisted_by_id = fields.Many2one("res.users", string="Helped by")
    is_read_back = fields.Boolean(string="Read back and confirmed")
    is_copy_given = fields.Boolean(string="Copy given")
    is_informed = fields.Boolean(string="Informed of the routine")
    asked_to_write = fields.Selection(
        [("no", "No, the receiver wrote it down"), ("yes", "Yes, in own words")],
        string="Wanted to write it down",
    )

    # What the complainant wants and may be told, whoever that is
    anonymity = fields.Selection(ANONYMITY, required=True, default="open")
    access_code_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    wants_reply = fields.Boolean(default=True)
    reply_channel = fields.Selection(REPLY_CHANNELS, default="portal")
    lang = fields.Selection("_get_languages", string="Language")
    contact_interval = fields.Integer(
        string="Agreed contact, days",
        help="How often the person hears from us, as agreed with them.",
    )
    invite = fields.Char(
        string="Wanted at the meeting",
        help="Roles, as codes separated by commas.",
        groups=FACTS,
    )
    interpreter_language = fields.Char(groups=READERS)
    authorisation = fields.Char(groups=READERS)

    # Who works it, and who must never notice it
    handler_id = fields.Many2one("res.users", index=True)
    is_restricted = fields.Boolean(
        string="Independent handling",
        readonly=True,
        help="Seen by the independent receiver and whom that person names only.",
    )
    about_manager = fields.Boolean(string="Concerns the nearest manager", groups=FACTS)
    walled_user_ids = fields.Many2many(
        "res.users",
        "complaint_case_wall",
        "case_id",
        "user_id",
        string="Behind the wall",
        copy=False,
        groups="klagebehandling.group_manager,klagebehandling.group_custodian",
    )
    barred_user_ids = fields.Many2many(
        "res.users",
        "complaint_case_barred",
        "case_id",
        "user_id",
        copy=False,
        groups=fields.NO_ACCESS,
        help="Persons of the case who do not handle it.",
    )

    # How far it has come
    state = fields.Selection(
        CASE_STATES,
        required=True,
        default="received",
        index=True,
        group_expand=True,
    )
    stage = fields.Selection(STAGES, required=True, default="1")
    triage = fields.Selection(
        TRIAGE,
        string="First assessment",
        help="Recorded by what is done with the case, where nobody enters it.",
    )
    expected_on = fields.Date(
        string="Expected to be done",
        help="The date the complainant is told. Without a fixed limit it is the limit.",
    )
    last_act_on = fields.Date(
        readonly=True,
        copy=False,
        help="When a person last did something in the case (not the clock).",
    )
    answered_at = fields.Datetime(readonly=True, copy=False)
    days_to_answer = fields.Integer(readonly=True, copy=False, aggregator="avg")
    closed_at = fields.Datetime(readonly=True, copy=False)
    days_to_close = fields.Integer(readonly=True, copy=False, aggregator="avg")

    # What came of it
    outcome = fields.Selection(OUTCOMES)
    remedy = fields.Text(string="How it was put right", groups=READERS)
    lesson = fields.Text(string="What was learned", groups=READERS)

    # Other cases that it tells of
    parent_id = fields.Many2one("complaint.case", string="Split from", index=True)
    child_ids = fields.One2many("complaint.case", "parent_id", string="Split into")
    child_count = fields.Integer(compute="_compute_child_count")
    retaliation_of_id = fields.Many2one(
        "complaint.case",
        string="Alleged retaliation for",
        index=True,
        groups=FACTS,
    )

    _reference_unique = models.Constraint(
        "UNIQUE (reference)", "The reference is taken; try again."
    )
    _drawn_number_unique = models.Constraint(
        "UNIQUE (company_id, drawn_number)", "The number is taken; try again."
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

    @api.depends("category_ids")
    def _compute_is_mixed(self):
        for case in self:
            elsewhere = case.category_ids.filtered("is_out_of_scope")
            case.is_mixed = bool(elsewhere) and elsewhere != case.category_ids

    @api.depends("child_ids")
    @api.depends_context("uid")
    def _compute_child_count(self):
        self._count_parts("complaint.case", "parent_id", "child_count")

    @api.depends("reference", "title")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # The web client reads the names of many2ones as superuser: ask the person.
        readable = self.env.user.has_groups(READERS)
        self._check_known()
        for case in self:
            title = readable and case.title
            case.display_name = f"{case.reference} {title}" if title else case.reference

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.context.get("complaint_intake"):
            raise UserError(
                self.env._("A case is registered through the intake, never created.")
            )
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A case is closed or disposed of, never deleted."))

    @api.model
    def _find_policy(self, code, unit, day):
        """The version of the procedure that binds a case received on a local day.

        :param code: of the procedure; the unit's own, where it is empty
        :return: a policy, empty when there is none
        """
        code = code or unit.sudo().effective_policy_id.code
        return self.env["complaint.policy"]._version_on(code, unit.company_id, day)

    def _facts(self):
        """What the conditions of the procedure's terms ask about."""
        self.ensure_one()
        return self.env["complaint.policy.term"]._case_facts(
            self.kind, self.category_ids, self.wants_reply, self.has_external_parties
        )

    def _writable(self):
        names = super()._writable() | WRITABLE
        if not any(case._has_ended() for case in self):
            names |= WRITABLE_OPEN
        return names

    def _has_ended(self):
        return self.state not in OPEN_STATES

    def _today(self):
        return self.policy_id.sudo()._local(fields.Datetime.now()).date()

    def _received_on(self):
        return self.policy_id.sudo()._local(self.received_at).date()

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

    def _moment(self, moment):
        """An instant as the case may keep it: of an anonymous one, its day (M11)."""
        return self.policy_id._moment(moment, self.anonymity)

    def _count_parts(self, model, link, field):
        groups = self.env[model]._read_group(
            [(link, "in", self.ids)], [link], ["__count"]
        )
        counts = {case.id: count for case, count in groups}
        for case in self:
            case[field] = counts.get(case.id, 0)
