import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...roles import DISCLOSERS
from ..letter.complaint_case import WRITTEN_TO


class ComplaintAccessReview(models.Model):
    """Adds whose data are asked about, and the letter that answers the person.

    What is handed out is built from the masked text and nothing else: the letter, and
    the same for machines, which goes with it as a file.
    """

    _inherit = "complaint.access.review"
    _words = (
        *("answer", "masked_copy", "openness", "decision_text", "reservation"),
        "machine_copy",
    )

    right = fields.Selection(related="request_id.right", related_sudo=True)
    is_by_code = fields.Boolean(related="request_id.is_by_code", related_sudo=True)
    is_by_hand = fields.Boolean(
        compute="_compute_is_by_hand",
        help="No letter of the case goes to this person: a witness, for one.",
    )
    party_id = fields.Many2one(
        "complaint.party",
        string="Person",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="klagebehandling.group_caseworker",
    )
    person_right_id = fields.Many2one(
        "complaint.right",
        string="Right of the other side",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    result = fields.Selection(
        selection_add=[("granted", "Granted")], ondelete={"granted": "set null"}
    )

    machine_copy = fields.Text(
        string="Copy for machines", readonly=True, groups=DISCLOSERS
    )
    machine_file = fields.Binary(
        string="File for machines",
        compute="_compute_machine_file",
        attachment=False,
        groups=DISCLOSERS,
    )
    letter_id = fields.Many2one(
        "complaint.correspondence",
        string="Answered by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    @api.depends("right", "is_by_code", "party_id.role")
    def _compute_is_by_hand(self):
        for review in self:
            is_written = review.sudo().person_right_id or review._is_to_who_complains()
            review.is_by_hand = bool(review.right) and not is_written

    @api.depends("right")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        super()._compute_display_name()
        for review in self.filtered("right"):
            review.display_name = self.env._(
                "Own data, request %(reference)s", reference=review.reference or ""
            )

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        for review in reviews.sudo().filtered("right"):
            meant = review.request_id._parties_meant(review.case_id)
            review.party_id = meant[:1]
        return reviews

    def _promise(self, day):
        own = self.filtered("right")
        super(ComplaintAccessReview, self - own)._promise(day)
        for review in own:
            review._start_clock()

    def _keep_promise(self):
        """The duty about own data is met by the letter, once it has left."""
        others = self.filtered(lambda one: not one.right or one.is_by_hand)
        super(ComplaintAccessReview, others)._keep_promise()

    def _is_to_send(self):
        return self.is_by_hand if self.right else super()._is_to_send()

    def _start_clock(self):
        """The duty to answer: that of the ledger for who is complained about."""
        case, request = self.case_id, self.request_id
        if self.party_id.role == "subject":
            self.person_right_id = self.env["complaint.right"].create(
                {
                    "case_id": case.id,
                    "party_id": self.party_id.id,
                    "kind": "access",
                    "asked_on": request.received_on,
                }
            )
            self.deadline_id = self.person_right_id.deadline_id
        else:
            self.deadline_id = case._promise_day("rights", request.due_on)

    def _extend_clock(self, until, reason):
        """Move the duties, and tell who complained; as superuser."""
        for review in self.filtered(lambda one: not one.answered_on):
            if review.person_right_id:
                review.person_right_id._postpone(reason, until)
                review.deadline_id = review.person_right_id.deadline_id
                continue
            old, case = review.deadline_id, review.case_id
            old.write({"state": "extended", "reason": reason, "next_at": False})
            review.deadline_id = old.create(old._prepare_extension(until))
            if review._is_to_who_complains():
                body = review._render_letter("extended", reason=reason, until=until)
                case._write_to_complainant("rights_extended", body)

    def _is_to_who_complains(self):
        """Whether the person reads the letters of the case: who complained, by name or
        without one."""
        role = self.sudo().party_id.role
        return role in WRITTEN_TO or (self.is_by_code and not role)

    def _say_asked(self, user):
        if not self.right:
            return super()._say_asked(user)
        spoken = self.with_context(lang=user.lang).env
        return spoken._("A person asks about the own data in the case")

    def _enter(self, event, **payload):
        own = self.filtered("right")
        super(ComplaintAccessReview, self - own)._enter(event, **payload)
        for review in own:
            log = super(ComplaintAccessReview, review)
            asked = {"right_asked": review.right, **payload}
            if event == "access_found":
                log._enter("rights_asked", **asked)
            elif event != "access_case_answered":
                log._enter(event, **asked)
            elif review.is_refused:
                log._enter("rights_refused", **asked)
            else:
                log._enter("rights_given", **asked)

    def _is_decision_possible(self):
        return not self.right and super()._is_decision_possible()

    def _appeal_day(self, day):
        """Of the own data one complains to the supervisory authority, without a day."""
        return not self.right and super()._appeal_day(day)

    def _weighs_openness(self):
        return not self.right and super()._weighs_openness()

    def _find_result(self):
        if self.right in (False, "access") or self.is_refused:
            return super()._find_result()
        return "granted"

    def _check_decided(self):
        """Of what is no access, nothing is handed out: it is granted or refused."""
        if self.right in (False, "access") or self.is_refused:
            super()._check_decided()
            return
        self._check_person()
        if self.right == "erasure":
            self.sudo().case_id._check_erasable()

    def _check_person(self):
        """Who holds a code that one of us has seen may be somebody else.

        :raises UserError: that says what the person does first
        """
        case = self.sudo().case_id
        if self.right == "correction" or not self.is_by_code or case._is_code_own():
            return
        raise UserError(
            self.env._(
                "One of us has seen the code with which this was asked. The person "
                "draws a new one on the status page first; or refuse it, and say that."
            )
        )

    # -- the answer

    @api.depends("machine_copy", "answered_on")
    def _compute_machine_file(self):
        for review in self:
            is_out = review.machine_copy and review.state == "answered"
            content = is_out and review._machine_bytes()
            review.machine_file = bool(content) and base64.b64encode(content)

    def action_answer(self):
        """As for documents; where the person asks about own data, do it and tell it.

        :raises UserError: for what the guard finds in the letter
        """
        result = super().action_answer()
        for review in self.filtered("right"):
            if not review.is_refused:
                review.sudo()._grant()
            review._write_answer()
            review.sudo()._end_request()
        return result

    def _grant(self):
        """Do what was asked: nothing that was written is changed or deleted by it."""
        kinds = {"correction": "addition", "restriction": "restriction"}
        if self.right in kinds:
            self.env["complaint.person.mark"].create(
                {
                    "case_id": self.case_id.id,
                    "review_id": self.id,
                    "party_id": self.party_id.id,
                    "kind": kinds[self.right],
                    "words": self.request_id.wish,
                    "since_on": self.case_id._today(),
                }
            )

    def _end_request(self):
        """Of what was asked by code there is no clerk: this was all of it."""
        request = self.request_id
        if request.is_by_code and all(one.answered_on for one in request.review_ids):
            request.write({"state": "answered", "answered_on": self.answered_on})

    def _write_answer(self):
        """Send the letter that meets the duty. To others than these it is handed over,
        as said in the form, and that meets it."""
        case, body = self.sudo().case_id.sudo(False), self._render_letter("answer")
        self._check_letter(case, body)
        right_sudo = self.sudo().person_right_id
        if right_sudo:
            self._check_names_nobody(body)
            letters = self.env["complaint.correspondence"].sudo()
            letter = letters.create(right_sudo._prepare_letter(body, "letter"))._send()
        elif self._is_to_who_complains():
            duty = self.sudo().deadline_id
            letter = case._write_to_complainant("rights_answer", body, meets=duty)
        else:
            return
        self.sudo().letter_id = letter
        letter.sudo()._put_files(self.sudo()._machine_file())

    def _check_letter(self, case, body):
        """Letter and file pass the guard together, with what was decided on.

        :raises UserError: with each place that nobody has decided on
        """
        outgoing = self.env["complaint.outgoing"]
        pieces = [outgoing._text_piece(body)]
        if self.machine_copy:
            pieces.append(outgoing._piece(self._machine_name(), self._machine_bytes()))
        if (self.outgoing_reason or "").strip() and outgoing._undecided(case, pieces):
            outgoing._accept(case, pieces, self.outgoing_reason)
        outgoing._check(case, pieces)

    def _check_names_nobody(self, body):
        case = self.sudo().case_id.sudo(False)
        if case._names_complainant(body, self.party_id):
            raise UserError(
                self.env._(
                    "The text names who complained. Take the name out: the person "
                    "complained about is not told it here."
                )
            )

    def _render_letter(self, name, **values):
        """A letter in the language in which this person is written to."""
        case = self.sudo().case_id
        lang = case.policy_id._spoken(case.lang)
        review = self.sudo().with_context(lang=lang)
        told = {"review": review, "day": review.case_id._say_day, **values}
        if name == "answer":
            told |= {"facts": review.case_id._told_facts(), "copy": review.masked_copy}
            told["bodies"] = review.case_id._privacy_bodies()
            told["erasure_text"] = review.case_id.policy_id.erasure_text
        qweb = self.env["ir.qweb"].sudo().with_context(lang=lang)
        return qweb._render(f"klagebehandling.correspondence_rights_{name}", told)

    def _copy_values(self):
        """What is handed over on paper is the whole letter."""
        values = super()._copy_values()
        if self.right:
            values |= {"answer": False, "copy": self._render_letter("answer")}
        return values

    def action_open_machine_copy(self):
        """Download what was handed out, for machines.

        :raises UserError: before it is answered, or where nothing was handed out
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "answered" or not self.machine_copy:
            raise UserError(self.env._("Nothing is handed out yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/machine_file"
            f"?download=true&filename={self._machine_name()}",
            "target": "download",
        }

    # -- the same for machines

    def _build_copy(self):
        copy = super()._build_copy()
        if self.right == "access":
            self.sudo().machine_copy = self._build_machine_copy()
        return copy

    def _build_machine_copy(self):
        """The masked documents and what is told with them, as JSON."""
        masks = self.mask_ids.filtered(lambda mask: mask.decision == "mask")
        words = masks.mapped("words")
        grounds = masks.sudo().mapped("ground_id.display_name")
        case = self.sudo().case_id
        spoken = case.with_context(lang=case.policy_id._spoken(case.lang))
        content = {
            "organisation": case.company_id.name,
            "reference": self.reference,
            "case": case.reference,
            "told": [
                {"question": asked, "answer": said}
                for asked, said in spoken._told_facts()
            ],
            "supervisory_authorities": [
                {"name": name, "takes": takes or "", "url": url or ""}
                for name, takes, url in spoken._privacy_bodies()
            ],
            "masked_by": sorted(set(grounds)),
            "documents": [
                {
                    "name": one.name,
                    "left_out": not one.is_included,
                    "note": one.note or "",
                    "text": "".join(
                        piece.text if piece.mask is None else "[…]"
                        for piece in one._cut(words)
                    ),
                }
                for one in self.document_ids
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=2)

    def _machine_name(self):
        return f"{self.reference}.json"

    def _machine_bytes(self):
        return self.machine_copy.encode()

    def _machine_file(self):
        """The file that goes with the letter; none where nothing is handed out."""
        files = self.env["ir.attachment"]
        if not self.machine_copy:
            return files
        return files.create(
            {
                "name": self._machine_name(),
                "mimetype": "application/json",
                "raw": self._machine_bytes(),
            }
        )
