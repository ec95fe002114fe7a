import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...roles import DISCLOSERS, READERS, REGISTRAR
from ...sealing import keyring, receipt_code
from ...vocabulary import CHANNELS

# What is typed in to find cases: shorter stands in too many.
SHORTEST = 4
# No organisation answers for a request that came before this year.
EARLIEST = 1900
NUMBER = re.compile(r"(?<![\w-])\d{4}-\d{1,8}(?![\w-])")
STATES = [("received", "Received"), ("searched", "Searched"), ("answered", "Answered")]
SEARCHED_BY = {"search_words", "search_from", "search_until"}


class ComplaintAccessRequest(models.Model):
    """Somebody asks a public body for documents, perhaps without a name (B-27, M34).

    Anybody may, and need not say why. Of an asker who gives nothing, nothing is kept:
    no user, no moment, only the day. The program searches all cases; the clerk hears
    of those that the clerk may read, and answers the request as if there were no more.
    """

    _name = "complaint.access.request"
    _inherit = [
        "complaint.access.answered",
        "complaint.access.clock",
        "complaint.guarded",
        "complaint.unseen",
        "complaint.sealed",
    ]
    _description = "Request for documents"
    _order = "due_on, id"
    _rec_name = "reference"
    _log_access = False
    _sealed_fields = ("reply_to",)
    _sealed_column = "contact_sealed"

    reference = fields.Char(required=True, readonly=True, copy=False)
    unit_id = fields.Many2one(
        "complaint.unit",
        string="Asked of",
        required=True,
        ondelete="restrict",
        domain="[('company_id', 'in', allowed_company_ids)]",
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    policy_id = fields.Many2one(
        "complaint.policy", required=True, ondelete="restrict", groups=fields.NO_ACCESS
    )
    lang = fields.Char(readonly=True)
    channel = fields.Selection(CHANNELS, required=True, default="email")
    wish = fields.Text(string="What is asked for", required=True, groups=DISCLOSERS)
    reply_to = fields.Text(
        string="The answer goes to",
        compute="_compute_reply_to",
        readonly=False,
        groups=REGISTRAR,
        help="A name, an address: what the person gave. Nobody has to give any.",
    )
    contact_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    is_to_send = fields.Boolean(
        string="To be sent", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    access_code_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    received_on = fields.Date(
        string="Received", required=True, default=fields.Date.context_today
    )
    due_on = fields.Date(string="Answer by", readonly=True, required=True)
    silent_until = fields.Date(readonly=True)
    is_late = fields.Boolean(
        string="Late", compute="_compute_is_late", search="_search_is_late"
    )
    is_refused_by_silence = fields.Boolean(
        string="Counts as refused",
        compute="_compute_is_late",
        help="No answer in time is a refusal here, which can be appealed.",
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="received")
    clerk_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    search_words = fields.Text(
        string="Words to search for",
        groups=DISCLOSERS,
        help="A line for each: a number, a name, or words that all stand in the case. "
        "Numbers in what is asked for are searched for too.",
    )
    search_from = fields.Date(string="Received from")
    search_until = fields.Date(string="Received until")
    review_ids = fields.One2many(
        "complaint.access.review", "request_id", groups=fields.NO_ACCESS
    )
    own_review_ids = fields.Many2many(
        "complaint.access.review",
        string="Cases that you may read",
        compute="_compute_own_review_ids",
        compute_sudo=False,
        groups=READERS,
    )
    answer = fields.Text(groups=DISCLOSERS)

    _code_unique = models.UniqueIndex("(access_code_hash)")

    @api.depends("review_ids")
    @api.depends_context("uid")
    def _compute_own_review_ids(self):
        for one in self:
            found = one.sudo().review_ids.sudo(False)
            one.own_review_ids = found._filtered_access("read")

    @api.depends("contact_sealed")
    def _compute_reply_to(self):
        for one in self:
            one.reply_to = one._open_typed().get("reply_to", False)

    @api.depends("due_on", "silent_until", "answered_on", "sent_on", "is_to_send")
    def _compute_is_late(self):
        for one in self.sudo():
            # A form that is being filled in has no procedure yet, and no day.
            today = bool(one.policy_id) and one.policy_id._today()
            one.is_late = bool(today) and not one._is_out() and one.due_on < today
            is_silent = bool(today and one.silent_until) and not one.answered_on
            one.is_refused_by_silence = is_silent and one.silent_until < today

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("answered_on", "=", False)
        late |= Domain("sent_on", "=", False) & Domain("is_to_send", "=", True)
        late &= Domain("due_on", "<", fields.Date.context_today(self))
        return late if True in value else ~late

    def _prepare_create_values(self, vals_list):
        return [
            {**vals, **self._prepare_promise(vals)}
            for vals in super()._prepare_create_values(vals_list)
        ]

    @api.model
    def _prepare_promise(self, vals):
        """Which procedure binds a request, and until when it is answered.

        :raises ValidationError: where the unit is no part of a public body, or the
            day has not come yet
        """
        unit = self.env["complaint.unit"].sudo().browse(vals.get("unit_id"))
        day = self._read_day(vals["received_on"])
        policy = self._find_procedure(unit, day)
        if not policy.is_public_body:
            raise ValidationError(
                self.env._("Documents are asked for at public bodies only.")
            )
        self._check_come(day, policy)
        return {
            "reference": receipt_code.random_reference(),
            "policy_id": policy.id,
            "due_on": policy._access_due(day),
            "silent_until": policy._silent_until(day),
            "lang": vals.get("lang") or policy.lang,
        }

    @api.model
    def _read_day(self, received_on):
        """The day on which a request came.

        :raises ValidationError: without one
        """
        day = fields.Date.to_date(received_on)
        if not day or day.year < EARLIEST:
            raise ValidationError(self.env._("Write the day on which it came."))
        return day

    @api.model
    def _find_procedure(self, unit, day):
        """The procedure that binds what is asked of a unit, as the superuser.

        :raises ValidationError: where none applies to it
        """
        policy = self.env["complaint.case"].sudo()._find_policy(None, unit, day)
        if not policy:
            raise ValidationError(
                self.env._("No procedure applies to this unit. Choose one below it.")
            )
        return policy

    @api.model
    def _check_come(self, day, policy):
        if day > policy._today():
            raise ValidationError(self.env._("This day has not come yet."))

    @api.model
    def _seal(self, given):
        words = (given.get("reply_to") or "").strip()
        sealed = words and keyring.encrypt({"reply_to": words})
        return {"contact_sealed": sealed, "is_to_send": bool(words)}

    def _change_sealed(self, given):
        for one in self.sudo():
            one.write(self._seal(given))

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        if not self.env.su:
            for one in requests.sudo():
                one._enter("access_received", channel=one.channel)
        return requests

    @api.model
    def _creatable(self):
        given = {"unit_id", "channel", "wish", "reply_to", "received_on"}
        return given | SEARCHED_BY

    def _writable(self):
        names = super()._writable()
        is_open = all(one.state != "answered" for one in self)
        if is_open and self.env.user.has_group(REGISTRAR):
            names |= SEARCHED_BY | {"answer", "reply_to"}
        return names

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A request for documents is answered, not deleted."))

    def _procedure(self):
        return self.sudo().policy_id

    def _request_sudo(self):
        return self.sudo()

    def _check_may_send(self):
        self._check_clerk()

    def _enter(self, event, **payload):
        """In the journal of the organisation: what is done, never who asked."""
        for one in self.sudo():
            payload = {"access_request": one.reference, **payload}
            self.env["complaint.journal"]._log_company(one.company_id, event, **payload)

    def _note_sent(self):
        self._enter("access_sent")

    def _note_decision(self, decision=None):
        if decision:
            self._enter("access_decided", access_decision=decision)
        else:
            self._enter("access_decision_asked")

    def _check_clerk(self):
        """Refuse who only decides for the authority, or reads.

        :raises AccessError: for who is not the registrar
        """
        self.check_access("write")
        if not self.env.user.has_group(REGISTRAR):
            raise AccessError(self.env._("The registrar answers such a request."))

    # -- searching

    def action_search(self):
        """Search all cases for what is asked for, and give each to who may read it.

        :return: True, whatever was found and by whom it is answered
        :raises UserError: where it is answered already, or is being searched for
        """
        self._check_clerk()
        held_sudo = self.sudo().try_lock_for_update()
        if len(held_sudo) < len(self):
            # Whatever is found: a second search at once would run into what it is.
            raise UserError(
                self.env._("It is being searched for already. Reload the page.")
            )
        for one in self:
            if one.state == "answered":
                raise UserError(self.env._("This is answered already."))
            request_sudo = one.sudo()
            cases = request_sudo._find_cases()
            self.env["complaint.access.review"].sudo()._open_for(request_sudo, cases)
            is_first = not request_sudo.clerk_id
            request_sudo.write(
                {
                    "state": "searched",
                    "clerk_id": self.env.uid,
                    "answer": request_sudo.answer or request_sudo._standard_answer(),
                }
            )
            received = {"received_on": str(one.received_on)} if is_first else {}
            one._enter("access_searched", **received)
        return True

    def _standard_answer(self):
        """The same words whatever was found: they deny nothing and promise nothing."""
        words = self.with_context(lang=self.lang or self.policy_id.lang).env
        return words._(
            "We have searched all our cases for what you asked for. Whoever answers "
            "for a case decides what can be handed out of it, and you read that here."
        )

    def _find_cases(self):
        """The cases of the organisation that are asked for; as the superuser.

        :raises UserError: for a word that stands in too many
        """
        cases = self.env["complaint.case"].with_context(active_test=False)
        found = cases.search(self._number_domain(self.wish))
        lines = [line.strip() for line in (self.search_words or "").splitlines()]
        for line in filter(None, lines):
            if len(line) < SHORTEST:
                raise UserError(
                    self.env._("Search for words of at least four letters.")
                )
            found |= cases.search(self._number_domain(line) | self._word_domain(line))
        return found

    def _own_domain(self):
        return Domain("company_id", "=", self.company_id.id)

    def _number_domain(self, text):
        """Cases by a number of theirs that stands in a text."""
        numbers = NUMBER.findall(text)
        references = receipt_code.find_references(text, is_certain=True)
        rows = self.env["complaint.registration"].search(
            [("company_id", "=", self.company_id.id)]
            + [("registry_number", "in", numbers)]
        )
        known = Domain("id", "in", rows.case_id.ids)
        known |= Domain("drawn_number", "in", numbers)
        known |= Domain("external_number", "in", [*numbers, text.strip()])
        known |= Domain("reference", "in", references)
        return self._own_domain() & known

    def _word_domain(self, line):
        """Cases with somebody of a name, or with all of some words, in the period."""
        words = Domain.AND(
            Domain("title", "ilike", word) | Domain("description", "ilike", word)
            for word in line.split()
        )
        words |= Domain("party_ids", "any", self.env["complaint.party"]._found_by(line))
        if self.search_from:
            words &= Domain("received_at", ">=", self._midnight_of(self.search_from))
        if self.search_until:
            after = fields.Date.add(self.search_until, days=1)
            words &= Domain("received_at", "<", self._midnight_of(after))
        return self._own_domain() & words

    def _midnight_of(self, day):
        return self.policy_id._day_start(day)

    # -- answering

    def action_answer(self):
        """Answer the request, as far as the clerk answers for it.

        :raises UserError: before the search, without words, or while a case that the
            clerk may read is not answered
        """
        self._check_clerk()
        for one in self:
            if one.state != "searched":
                raise UserError(self.env._("Search for it first, and answer it once."))
            if not (one.answer or "").strip():
                raise UserError(self.env._("Write the answer."))
            # Of those that the clerk may read: the others are not asked about.
            seen = one.sudo().review_ids.sudo(False)._filtered_access("write")
            if seen.filtered(lambda review: not review.answered_on):
                raise UserError(
                    self.env._("Answer each of the cases that you may read first.")
                )
            one.sudo().write(
                {
                    "state": "answered",
                    "answered_on": one._procedure()._today(),
                    "answered_by_id": self.env.uid,
                }
            )
            one._enter("access_answered")
        return True

    def _decide(self, user):
        """Where the authority hands out more, the clerk searches and answers anew."""
        result = super()._decide(user)
        if self.decision == "released":
            self.write({"state": "searched", "answered_on": False})
        return result
