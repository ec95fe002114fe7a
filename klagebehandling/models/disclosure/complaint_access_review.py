from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...roles import DISCLOSERS
from ..case.complaint_case_part import readers
from ..intake import numbers
from .complaint_access_answered import disclosers

STATES = [("found", "Found"), ("reviewed", "Reviewed"), ("answered", "Answered")]
RESULTS = [
    ("released", "Handed out"),
    ("masked", "Handed out in part"),
    ("refused", "Refused"),
]
# What the reviewer writes by hand until the review is done.
REVIEWED = {"is_refused", "answer", "ground_id", "openness", "outgoing_reason"}
# Each of them says itself what is written of it.
REVIEWED |= {"mask_ids", "document_ids"}


class ComplaintAccessReview(models.Model):
    """One case in a request for documents: reviewed, then handed out or refused.

    Who may read the case reviews it; it is given to its handler, else to who receives
    it. The clerk of the request sees it only where the clerk reads the case.
    """

    _name = "complaint.access.review"
    _inherit = ["complaint.access.answered", "complaint.case.part"]
    _description = "Review of a case that is asked for"
    _order = "due_on, id"
    _words = ("answer", "masked_copy", "openness", "decision_text", "reservation")
    _readers = {**disclosers(), **readers("auditor")}

    case_id = fields.Many2one(readonly=True, ondelete="restrict")
    request_id = fields.Many2one(
        "complaint.access.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    reference = fields.Char(
        string="Request", related="request_id.reference", related_sudo=True
    )
    wish = fields.Text(related="request_id.wish", related_sudo=True, groups=DISCLOSERS)
    reply_to = fields.Text(
        string="The answer goes to",
        compute="_compute_reply_to",
        groups=DISCLOSERS,
        help="Empty where who asked reads it with a code.",
    )
    due_on = fields.Date(
        string="Answer by", related="request_id.due_on", related_sudo=True, store=True
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late")
    deadline_id = fields.Many2one(
        "complaint.deadline",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups=fields.NO_ACCESS,
    )
    reviewer_id = fields.Many2one(
        "res.users",
        string="Given to",
        readonly=True,
        ondelete="restrict",
        help="Anybody who works the case may review it.",
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="found")
    result = fields.Selection(RESULTS, readonly=True)
    is_refused = fields.Boolean(string="Nothing of it is handed out")
    ground_id = fields.Many2one(
        "complaint.law",
        string="Ground for secrecy",
        ondelete="restrict",
        domain="[('id', 'in', fitting_ground_ids)]",
        help="Of a refusal; and of the masks, where you mask all that is suggested.",
    )
    answer = fields.Text(string="Words to who asked", groups=DISCLOSERS)
    openness = fields.Text(
        string="Why not more is handed out",
        groups=DISCLOSERS,
        help="What may be kept back can be handed out all the same: say why it is not.",
    )
    outgoing_reason = fields.Text(
        string="Why it leaves with what was found",
        groups=DISCLOSERS,
        help="Kept with the decision, where something is found in the copy.",
    )
    document_ids = fields.One2many("complaint.access.document", "review_id")
    mask_ids = fields.One2many("complaint.access.mask", "review_id", string="Words")
    masked_copy = fields.Html(string="Masked copy", readonly=True, groups=DISCLOSERS)
    reviewed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    read_by_id = fields.Many2one(
        "res.users", string="Read by", readonly=True, ondelete="restrict"
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True)

    _case_unique = models.UniqueIndex("(request_id, case_id)")
    _refused_ground = models.Constraint(
        "CHECK (result <> 'refused' OR ground_id IS NOT NULL)",
        "A refusal has its ground.",
    )

    @api.depends("case_id", "request_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        self._check_known()
        for review in self:
            review.display_name = self.env._(
                "Request %(reference)s", reference=review.reference or ""
            )

    @api.depends("request_id")
    def _compute_reply_to(self):
        for review in self:
            review.reply_to = review.sudo().request_id.reply_to

    @api.depends("due_on", "answered_on", "sent_on")
    def _compute_is_late(self):
        for review in self:
            today = review._procedure()._today()
            is_past = bool(review.due_on) and review.due_on < today
            review.is_late = is_past and not review._is_out()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A review is answered, not deleted."))

    def _writable(self):
        names = super()._writable()
        is_open = all(review.state == "found" for review in self)
        is_mine = self.sudo().case_id.sudo(False).has_access("write")
        return names | REVIEWED if is_open and is_mine else names

    def _procedure(self):
        return self.sudo().request_id.policy_id

    def _request_sudo(self):
        return self.sudo().request_id

    def _check_may_send(self):
        self._check_act("answered")

    def _enter(self, event, **payload):
        """In the journals of the cases: what is done, never who asked."""
        for review in self.sudo():
            review.case_id._log(event, access_request=review.reference, **payload)

    def _note_sent(self):
        self._enter("access_case_sent")
        self._keep_promise()

    def _note_decision(self, decision=None):
        if decision:
            self._enter("access_case_decided", access_decision=decision)
        else:
            self._enter("access_case_decision_asked")

    # -- what was found

    @api.model
    def _open_for(self, request, cases):
        """Open a review of each case, and give it to who may read it; as superuser.

        What the clerk works is the clerk's own. Nothing of the others is told.
        """
        known = self.search([("request_id", "=", request.id)]).case_id
        clerk, reviews = self.env.user, self
        for case in cases - known:
            numbers.skip(self.env.cr, self._table)
            reviewer = clerk if self._is_worked_by(case, clerk) else case._reviewer()
            review = self.create(
                {
                    "request_id": request.id,
                    "case_id": case.id,
                    "reviewer_id": reviewer.id,
                }
            )
            review.document_ids._gather(review)
            review._suggest()
            review._enter("access_found")
            reviews |= review
        reviews._promise(request.due_on)
        reviews._ask(clerk)

    def _promise(self, day):
        """Give each case the duty to answer by a day; the ladder keeps it (B-29)."""
        rows = [review.case_id._prepare_promise("access", day) for review in self]
        duties = self.env["complaint.deadline"].sudo().create(rows)
        for review, duty in zip(self, duties, strict=True):
            review.deadline_id = duty

    def _keep_promise(self):
        """What is answered, and sent where it was wanted, is done."""
        for review in self.sudo():
            if review._is_out():
                review.deadline_id._meet()
                review.case_id._finish_tasks()

    def _ask(self, clerk):
        """Give each reviewer but the clerk, who has just asked for it, a task."""
        self.env["complaint.deadline"]._plan_promises(
            [
                (review.deadline_id, user, review._say_asked(user), review.due_on)
                for review in self
                for user in review.reviewer_id - clerk
            ]
        )

    def _say_asked(self, user):
        """Hook: what the reviewer is told."""
        return self.deadline_id._say_new(user)

    @api.model
    def _is_worked_by(self, case, user):
        return case.with_user(user).has_access("write")

    def _suggest(self):
        """Note what may be of persons in the documents, for somebody to decide on."""
        Mask = self.env["complaint.access.mask"].sudo()
        for review in self.sudo():
            known = {mask.words.casefold() for mask in review.mask_ids}
            found = Mask._suggestions(review)
            Mask.create(
                [
                    {"review_id": review.id, "words": words, "source": source}
                    for words, source in found.items()
                    if words.casefold() not in known
                ]
            )

    # -- acts

    def _check_act(self, *states):
        """Ask for the right to act in the case, and for the state.

        :raises AccessError: for who does not work the case
        :raises UserError: in another state
        """
        self.check_access("write")
        self.sudo().case_id.sudo(False).check_access("write")
        if any(review.state not in states for review in self):
            raise UserError(self.env._("This is not the next step. Reload the page."))

    def action_mask_all(self):
        """Mask all that is suggested, on the ground of the review.

        :raises UserError: without a ground
        """
        self._check_act("found")
        for review in self:
            if not review.ground_id:
                raise UserError(self.env._("Choose the ground first."))
            open_ones = review.mask_ids.filtered(lambda mask: mask.decision == "open")
            open_ones.sudo().write(
                {"decision": "mask", "ground_id": review.ground_id.id}
            )
        return True

    def action_review(self):
        """Record the review: build the copy, which leaves nothing but what it holds.

        :raises UserError: for what nobody has decided on, or what the guard finds
        """
        self._check_act("found")
        for review in self:
            review._check_decided()
            is_given = not review.is_refused
            review.sudo().masked_copy = is_given and review._build_copy()
            review._check_guard()
            review.sudo().write(
                {
                    "state": "reviewed",
                    "result": review._find_result(),
                    "reviewed_by_id": self.env.uid,
                    "read_by_id": False,
                }
            )
            review._enter("access_reviewed", access_result=review.result)
        return True

    def action_reopen(self):
        """Review it once more, before it is answered."""
        self._check_act("reviewed")
        self.sudo().write(
            {
                "state": "found",
                "result": False,
                "masked_copy": False,
                "read_by_id": False,
            }
        )
        self._enter("access_reopened")
        return True

    def action_read(self):
        """Somebody else has read the copy, and agrees.

        :raises UserError: for who has made the review
        """
        self._check_act("reviewed")
        if self.env.user in self.reviewed_by_id:
            raise UserError(self.env._("Somebody else than who reviewed it reads it."))
        self.sudo().read_by_id = self.env.user
        self._enter("access_read")
        return True

    def action_answer(self):
        """Hand out the copy, or refuse, as reviewed.

        :raises UserError: while the second reader is missing, or the guard finds more
        """
        self._check_act("reviewed")
        for review in self:
            policy = review._procedure()
            if policy.has_second_reader and not review.read_by_id:
                raise UserError(
                    self.env._("A second person reads it before it leaves.")
                )
            review._check_guard()
            today = policy._today()
            values = {
                "state": "answered",
                "answered_on": today,
                "answered_by_id": self.env.uid,
            }
            if review.result != "released" and not policy.has_access_decision:
                values["appeal_until"] = review._appeal_day(today)
            review.sudo().write(values)
            review._enter("access_case_answered", access_result=review.result)
            review._keep_promise()
        return True

    def _find_result(self):
        if self.is_refused:
            return "refused"
        is_masked = any(mask.decision == "mask" for mask in self.mask_ids)
        is_left_out = not all(one.is_included for one in self.document_ids)
        return "masked" if is_masked or is_left_out else "released"

    def _is_decision_possible(self):
        is_refused = self.result in ("masked", "refused")
        return is_refused and super()._is_decision_possible()

    def _decide(self, user):
        """What the authority hands out is reviewed anew, by who works the case."""
        result = super()._decide(user)
        if self.decision == "released":
            self.write(
                {
                    "state": "found",
                    "result": False,
                    "is_refused": False,
                    "masked_copy": False,
                    "answered_on": False,
                }
            )
            policy = self._procedure()
            self._promise(policy._access_due(policy._today()))
            self._ask(user)
        return result

    def _public_part(self):
        """What who asked reads of it: no reference of the case, no name of ours."""
        # Decided on and reviewed anew: nothing of it is out before it is answered.
        is_out = self.state == "answered"
        day = self.answered_on or self.decided_on
        return {
            "on": format_date(self.env, day, date_format="long"),
            "id": self.id,
            "result": is_out and self.result,
            "answer": is_out and self.answer,
            "openness": is_out and self.openness,
            "copy": is_out and self.masked_copy,
            "grounds": is_out and self._grounds().mapped("display_name"),
            # Of what is decided, the decision says it.
            "appeal_until": not self.decided_on and self.appeal_until,
            "decided": self._public_decision(),
            "asked_on": self.decision_asked_on,
        }
