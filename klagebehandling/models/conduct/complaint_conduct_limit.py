from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ...roles import LEADERS

KINDS = [
    ("writing", "Contact in writing only"),
    ("person", "One contact person"),
    ("times", "At set times"),
]
PROPOSED = {"kind", "how", "contact_id", "reason", "until"}
# What somebody writes before an act that needs it.
NOTED = {"note"}


class ComplaintConductLimit(models.Model):
    """A limit of how we keep in contact with a person in one case (M56).

    Proposed by who works the case and decided by somebody else, who leads. The person
    is told why, until when, and how to object; an objection goes to somebody who has
    decided nothing of it. It ends by itself. It never limits the right to complain:
    nothing that receives, shows or answers a case asks for it.
    """

    _name = "complaint.conduct.limit"
    _inherit = ["complaint.case.part"]
    _description = "Limit of contact"
    _order = "id desc"
    _rec_name = "kind"
    _words = ("how", "reason", "note", "objection", "review")

    kind = fields.Selection(KINDS, required=True, default="writing")
    how = fields.Text(
        string="How we keep in contact",
        help="As the person reads it: when, where and with whom.",
    )
    contact_id = fields.Many2one(
        "res.users",
        string="Contact person",
        domain="[('share', '=', False)]",
        ondelete="restrict",
        index="btree_not_null",
    )
    reason = fields.Text(string="Why", help="The person reads it. Facts, no judgement.")
    until = fields.Date(required=True, help="Its last day.")
    proposed_by_id = fields.Many2one(
        "res.users",
        string="Proposed by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("decided", "Decided"),
            ("refused", "Not decided"),
            ("lifted", "Lifted"),
            ("ended", "Ended"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    decided_on = fields.Date(readonly=True, copy=False)
    note = fields.Text(
        string="Why not, or what was said",
        copy=False,
        help="Needed to refuse, to lift, to enter an objection and to answer one.",
    )
    letter_id = fields.Many2one(
        "complaint.correspondence",
        string="Told by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    objected_on = fields.Date(readonly=True, copy=False)
    objection = fields.Text(readonly=True, copy=False)
    reviewer_id = fields.Many2one(
        "res.users",
        string="Objection looked at by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    review_deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    reviewed_on = fields.Date(readonly=True, copy=False)
    review = fields.Text(string="Answer to the objection", readonly=True, copy=False)
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _decided_state = models.Constraint(
        "CHECK ((state IN ('proposed', 'refused')) = (decided_on IS NULL))",
        "A limit is decided exactly when it carries the day it was.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        limits = super().create(vals_list)
        for limit in limits.sudo():
            limit._log_row("limit_proposed", until=str(limit.until))
        return limits

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        for vals in vals_list:
            cases = self.case_id.browse(vals.get("case_id") or []) or self.case_id
            for case in cases:
                self._check_proposed(case, vals, operation == "create")

    def _check_proposed(self, case, vals, is_new):
        if is_new and case.has_access("read") and not case.conduct_ids:
            raise UserError(
                self.env._("First record what happened, with its day and who saw it.")
            )
        facts = self.env["complaint.conduct"]
        for name in ("how", "reason"):
            if (is_new or name in vals) and not facts._read_words(vals.get(name)):
                raise UserError(
                    self.env._("Write how we keep in contact, and why: both are told.")
                )
        words = facts._judging(vals.get("reason") or "")
        if words:
            raise UserError(
                self.env._(
                    "Write what was said or done, not what it was like: %(words)s.",
                    words=", ".join(sorted(words)),
                )
            )
        if vals.get("until"):
            case._check_limit_until(facts._read_day(vals["until"]))
        if vals.get("contact_id"):
            if not isinstance(vals["contact_id"], int):
                raise ValidationError(self.env._("Choose one of your colleagues."))
            case._check_works_there(vals["contact_id"])

    def _writable(self):
        names = super()._writable()
        if all(limit.state == "proposed" for limit in self):
            return names | PROPOSED | NOTED
        is_decided = all(limit.state == "decided" for limit in self)
        return names | NOTED if is_decided else names

    @api.model
    def _creatable(self):
        return {"case_id", *PROPOSED}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A limit stays. Lift it, and say why."))

    def action_decide(self):
        """Decide the limit, and tell the person by a letter how to object.

        :raises AccessError: for who does not lead, has proposed it or has the case
        """
        for limit in self:
            limit._begin("proposed")
            limit._check_decides()
            case = limit.case_id
            case._check_limit_until(limit.until)
            if not (limit.how or "").strip() or not (limit.reason or "").strip():
                raise UserError(
                    self.env._("Write how we keep in contact, and why: both are told.")
                )
            letter = case._write_to_complainant("limit", limit._letter_body("limit"))
            limit_sudo = limit.sudo()
            limit_sudo.write(
                {
                    "state": "decided",
                    "decided_by_id": self.env.uid,
                    "decided_on": case._today(),
                    "letter_id": letter.id,
                    "deadline_id": limit_sudo._promise_end().id,
                    "note": False,
                }
            )
            limit_sudo._log_row("limit_decided", until=str(limit.until))
        return True

    def action_refuse(self, note=None):
        """Record that the limit is not decided.

        :param note: why, where it has not been written yet
        """
        for limit in self:
            limit._begin("proposed")
            limit._check_decides()
            limit.sudo()._settle("refused", limit._read_note(note))
        return True

    def action_lift(self, note=None):
        """End the limit before its day; whoever leads may.

        :param note: why, where it has not been written yet
        """
        for limit in self:
            limit._begin("decided")
            limit._check_leads()
            limit.sudo()._settle("lifted", limit._read_note(note))
        return True

    def action_object(self, note=None):
        """Enter that the person objects, as it was said by phone or in a meeting.

        :param note: in what words, where they have not been written yet
        """
        for limit in self:
            limit._begin("decided")
            text = limit._read_note(note)
            if not limit.sudo()._object(text):
                raise UserError(self.env._("An objection is being looked at already."))
        return True

    def action_keep(self, note=None):
        """Answer an objection: the limit stays, and the person is told why."""
        return self._review("decided", note)

    def action_give_way(self, note=None):
        """Answer an objection: the limit is lifted, and the person is told."""
        return self._review("lifted", note)

    # -- hooks of the acts

    def _begin(self, *states):
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            raise UserError(
                self.env._("This limit stands otherwise by now. Look at it again.")
            )

    def _read_note(self, note):
        text = self.env["complaint.conduct"]._read_words(note or self.note)
        if not text:
            raise UserError(self.env._("Write why, or what was said."))
        return text

    def _check_leads(self):
        if not self.env.su and not self.env.user.has_groups(LEADERS):
            raise AccessError(self.env._("A limit is decided by who leads."))

    def _check_decides(self):
        self._check_leads()
        limit = self.sudo()
        if self.env.user in (limit.proposed_by_id | limit.case_id.handler_id):
            raise AccessError(
                self.env._(
                    "Somebody else than who proposes it or has the case decides."
                )
            )

    def _letter_body(self, purpose):
        """The standard words, in the language of the person."""
        case_sudo = self.sudo().case_id
        lang = case_sudo.policy_id._spoken(case_sudo.lang)
        letters = self.env["complaint.correspondence"].sudo()
        limit = self.sudo().with_context(lang=lang)
        kinds = dict(limit._fields["kind"]._description_selection(limit.env))
        return letters._default_body(
            case_sudo, purpose, limit=limit, kind=kinds[self.kind]
        )

    def _promise_end(self):
        """Have the clock end it after its last day; nobody is asked before."""
        row = self.case_id._prepare_promise("limit", self.until)
        rows = self.env["complaint.deadline"].sudo()
        return rows.create(dict(row, next_at=row["due_at"]))

    def _settle(self, state, note):
        """End it, whoever says so; what was still to be looked at is not any more."""
        self.write({"state": state, "note": note})
        self.deadline_id._waive(note)
        if not self.reviewed_on:
            self.review_deadline_id._waive(note)
        if state == "lifted":
            self._log_row("limit_lifted", reason=note)
        else:
            self._log_row("limit_refused", reason=note)

    def _object(self, text):
        """Have somebody who has decided nothing of it look at it.

        :return: whether nobody looks at an objection yet
        """
        if self.objected_on and not self.reviewed_on:
            return False
        case, reviewer = self.case_id, self._find_reviewer()
        self.write(
            {
                "objected_on": case._today(),
                "objection": text,
                "reviewer_id": reviewer.id,
                "reviewed_on": False,
                "review": False,
                "note": False,
            }
        )
        self._log_row("limit_objected")
        if reviewer:
            self._ask_reviewer()
        else:
            # What nobody else can look at does not hold against the person.
            self._settle("lifted", self.env._("Nobody else could look at it."))
        return True

    def _ask_reviewer(self):
        case = self.case_id
        days = case.policy_id.objection_days
        day = fields.Date.add(case._today(), days=days)
        self.review_deadline_id = case._promise_day("objection", day)
        env = self.with_context(lang=self.reviewer_id.lang).env
        said = env._("Look at an objection to a limit of contact")
        case._plan_tasks("notice", [(case, self.reviewer_id, said, day)])

    def _find_reviewer(self):
        """Who looks at an objection: reads the case, and has decided nothing of it."""
        case = self.case_id
        concerned = self.decided_by_id | self.proposed_by_id | case._have_handled()
        out = case._kept_out() | concerned
        candidates = [case._find_second_look()]
        candidates += [unit._responsible(out) for unit in case._units_above(concerned)]
        for user in candidates:
            if user - concerned and case.with_user(user).has_access("write"):
                return user
        return self.env["res.users"]

    def _review(self, state, note):
        for limit in self:
            limit._begin("decided")
            limit_sudo = limit.sudo()
            if not limit.objected_on or limit.reviewed_on:
                raise UserError(self.env._("Nobody objects to this limit now."))
            limit._check_reviews()
            text = limit._read_note(note)
            limit_sudo.write(
                {"reviewed_on": limit.case_id._today(), "review": text, "note": False}
            )
            limit_sudo._log_row("limit_reviewed", decision=state, reason=text)
            if state == "lifted":
                limit_sudo._settle("lifted", text)
            limit.case_id._write_to_complainant(
                "limit_review",
                limit._letter_body("limit_review"),
                meets=limit_sudo.review_deadline_id,
            )
        return True

    def _check_reviews(self):
        limit = self.sudo()
        case = limit.case_id
        concerned = limit.decided_by_id | limit.proposed_by_id | case.handler_id
        is_reviewer = self.env.user == limit.reviewer_id
        if not is_reviewer:
            self._check_leads()
        if not self.env.su and self.env.user in concerned - limit.reviewer_id:
            raise AccessError(
                self.env._(
                    "Somebody who has decided nothing of it answers the objection."
                )
            )

    def _end_by_clock(self):
        """Its last day is over."""
        for limit in self.filtered(lambda one: one.state == "decided"):
            limit.state = "ended"
            limit.review_deadline_id._waive(self.env._("The limit has ended."))
            limit._log_row("limit_ended")

    def _log_row(self, event, **payload):
        self.case_id._log(event, row=self.id, contact=self.kind, **payload)

    def _say(self):
        """What it is and until when, for who reads the case."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(kind)s, until %(day)s",
            kind=kinds[self.kind],
            day=format_date(self.env, self.until),
        )
