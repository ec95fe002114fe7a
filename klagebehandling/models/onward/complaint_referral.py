from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...roles import READERS
from ..intake import numbers

# To whom, and whether the person has to agree, or has chosen it.
KINDS = [
    ("second", "Somebody else here"),
    ("management", "The management"),
    ("nav", "The caseworker at NAV"),
    ("report", "Report to NAV"),
    ("body", "An external body"),
    ("appeal", "Who decides on the appeal"),
]
# Taken up within the organisation: no documents leave.
INSIDE = ("second", "management")
# What a person enters of one that is not sent yet.
WRITTEN = {
    "body_id",
    "recipient",
    "role_id",
    "party_id",
    "has_own_attachment",
    "note",
    "follow_up_on",
    "document_ids",
}

# Appeals whose duty to pass them on is not opened yet.
TO_PASS_ON = [
    ("kind", "=", "appeal"),
    ("state", "=", "draft"),
    ("deadline_id", "=", False),
    ("opened_on", "!=", False),
]
# In one pass; more of them are taken by the next.
BATCH = 500

numbers.burn("complaint_referral")


class ComplaintReferral(models.Model):
    """A case, or a package of its documents, is handed on (A-14…A-18, C-26…C-29).

    Nothing leaves before the person has agreed or an authority demands it, nor without
    what belongs to it. What was sent stays as it was, with the digest of each document
    and what proves the sending.
    """

    _name = "complaint.referral"
    _inherit = ["complaint.case.part"]
    _description = "Handing on of a case"
    _order = "id desc"
    _rec_name = "kind"
    _words = ("consent_how", "note", "reply", "stop_reason")

    kind = fields.Selection(KINDS, string="To", required=True, default="body")
    body_id = fields.Many2one(
        "complaint.body",
        string="External body",
        index="btree_not_null",
        ondelete="restrict",
    )
    party_id = fields.Many2one(
        "complaint.party",
        string="Caseworker",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('case_id', '=', case_id), ('role', '=', 'external_caseworker')]",
    )
    to_whom = fields.Char(string="To whom", compute="_compute_to_whom")
    recipient = fields.Char(
        string="Office", help="The office or unit. Persons stand under Persons."
    )
    role_id = fields.Many2one(
        "complaint.role",
        index="btree_not_null",
        ondelete="restrict",
        help="Whoever holds it outside, in place of an office.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Taken up by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    state = fields.Selection(
        [
            ("draft", "Being prepared"),
            ("sent", "Sent"),
            ("answered", "Answered"),
            ("stopped", "Not sent"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    consent = fields.Selection(
        [
            ("asked", "Not answered yet"),
            ("given", "Given"),
            ("withdrawn", "Withdrawn"),
            ("demanded", "Not needed: demanded by an authority"),
        ],
        string="Consent of the person",
        required=True,
        default="asked",
        readonly=True,
        copy=False,
    )
    consent_on = fields.Date(string="Consent answered on", readonly=True, copy=False)
    consent_how = fields.Text(
        string="How it was said", readonly=True, copy=False, groups=READERS
    )
    has_own_attachment = fields.Boolean(
        string="The person has an own attachment",
        help="It goes with it, or nothing does.",
    )
    note = fields.Text(groups=READERS)
    document_ids = fields.One2many(
        "complaint.referral.document", "referral_id", string="Package"
    )
    document_count = fields.Integer(compute="_compute_document_count")
    package_digest = fields.Char(
        readonly=True,
        copy=False,
        help="SHA-256 over the digests of the documents, in their order.",
    )
    medium = fields.Char(string="How it was sent", readonly=True, copy=False)
    sent_on = fields.Date(readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users",
        string="Entered by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    proof = fields.Char(readonly=True, copy=False, help="What shows that it was sent.")
    follow_up_on = fields.Date(
        string="Follow up on", help="The day on which we ask what has become of it."
    )
    deadline_id = fields.Many2one(
        "complaint.deadline",
        string="Duty to send it",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    opened_on = fields.Date(readonly=True, copy=False)
    due_on = fields.Date(
        string="To be sent by",
        compute="_compute_due_on",
        help="An appeal is passed on the day it is found to be one: the person's time "
        "limit runs.",
    )
    review_id = fields.Many2one(
        "complaint.deadline",
        string="Duty to follow it up",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    reply = fields.Text(
        string="What came of it", readonly=True, copy=False, groups=READERS
    )
    stop_reason = fields.Text(
        string="Why it is not sent", readonly=True, copy=False, groups=READERS
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _sent_state = models.Constraint(
        "CHECK ((state IN ('sent', 'answered')) = (sent_on IS NOT NULL))",
        "What was handed on carries the day on which it was.",
    )
    _sent_consent = models.Constraint(
        "CHECK (state = 'draft' OR state = 'stopped' OR consent <> 'asked')",
        "Nothing is handed on before the person has answered.",
    )

    @api.depends("user_id", "body_id", "recipient", "party_id")
    @api.depends_context("lang")
    def _compute_to_whom(self):
        for referral in self:
            body, user = referral.body_id.display_name, referral.user_id.name
            named = (user, body, referral.recipient, referral.party_id.display_name)
            referral.to_whom = ", ".join(filter(None, named))

    @api.depends("document_ids")
    def _compute_document_count(self):
        counts = dict(
            self.env["complaint.referral.document"]._read_group(
                [("referral_id", "in", self.ids)], ["referral_id"], ["__count"]
            )
        )
        for referral in self:
            referral.document_count = counts.get(referral._origin, 0)

    @api.depends("kind", "body_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        self._check_known()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for referral in self:
            label = labels.get(referral.kind, "")
            referral.display_name = referral.body_id.display_name or label

    @api.constrains("party_id", "case_id")
    def _check_party_id(self):
        for referral in self.sudo():
            party = referral.party_id
            if party and (
                party.case_id != referral.case_id or party.role != "external_caseworker"
            ):
                raise ValidationError(
                    self.env._("Choose a caseworker who stands under Persons.")
                )

    @api.constrains("follow_up_on")
    def _check_follow_up_on(self):
        for referral in self.sudo().filtered("follow_up_on"):
            referral.case_id._check_meant(referral.follow_up_on)

    @api.constrains("role_id", "case_id")
    def _check_role_id(self):
        roles = self.env["complaint.role"]
        for referral in self.filtered("role_id"):
            if referral.role_id.sudo() not in roles._for_case(referral.case_id):
                raise ValidationError(
                    self.env._(
                        "Nobody holds this role for the case now. Choose another."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        referrals = super().create(vals_list)
        referrals.sudo()._start()
        return referrals

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su or operation != "create":
            return
        cases = self.env["complaint.case"]
        for vals in vals_list:
            case = cases.browse(vals.get("case_id"))
            kind = vals.get("kind", "body")
            if kind == "second":
                raise UserError(
                    self.env._("Use the button “Somebody else looks at it”.")
                )
            if kind in ("nav", "report") and not case._may_go_to_nav():
                raise UserError(
                    self.env._(
                        "This is a municipal place: NAV has no part in it. Choose the "
                        "management or another body."
                    )
                )

    def _writable(self):
        names = super()._writable()
        is_draft = all(referral.state == "draft" for referral in self)
        return names | WRITTEN if is_draft else names

    @api.model
    def _creatable(self):
        return {"case_id", "kind", *WRITTEN}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What was begun stays. Record why it is not sent instead.")
        )

    def _start(self):
        """Give each its clock; that of an appeal is opened by the clock itself."""
        for referral in self:
            case = referral.case_id
            referral.opened_on = case._today()
            case._log("referral_opened", row=referral.id, referral=referral.kind)
            if referral.kind not in ("second", "appeal"):
                day = referral.opened_on + timedelta(days=case.policy_id.referral_days)
                referral.deadline_id = case._promise_day("refer", day)

    @api.model
    def _cron_open_clocks(self):
        """Make each appeal a duty of the day it was found to be one (E-21, M24).

        The door plans nothing: this does, every few minutes. The duty stays in the
        work list until the appeal is passed on, and goes up the line.
        """
        batch = self.search(TO_PASS_ON, order="id", limit=BATCH)
        for referral in batch.try_lock_for_update().filtered_domain(TO_PASS_ON):
            case = referral.case_id
            referral.deadline_id = case._promise_day("refer", referral.opened_on)

    @api.depends("deadline_id.due_on", "opened_on", "kind")
    def _compute_due_on(self):
        for referral in self:
            day = referral.kind == "appeal" and referral.opened_on
            referral.due_on = referral.sudo().deadline_id.due_on or day

    def _say_recipient(self):
        """To whom it goes, without a person: who that is stands among the persons."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        named = (
            self.body_id.display_name,
            self.role_id.sudo().display_name,
            self.recipient,
        )
        return ", ".join(filter(None, named)) or labels[self.kind]
