from odoo import api, fields, models
from odoo.exceptions import UserError

from ..letter.complaint_case import WRITTEN_TO


class ComplaintAccessReview(models.Model):
    """Adds whose data are asked about, and by when the person hears of this case."""

    _inherit = "complaint.access.review"

    right = fields.Selection(related="request_id.right", related_sudo=True)
    is_by_code = fields.Boolean(related="request_id.is_by_code", related_sudo=True)
    party_id = fields.Many2one(
        "complaint.party",
        string="Person",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="klagebehandling.group_caseworker",
    )
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    person_right_id = fields.Many2one(
        "complaint.right", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    result = fields.Selection(
        selection_add=[("granted", "Granted")], ondelete={"granted": "set null"}
    )

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        for review in reviews.sudo().filtered("right"):
            review._start_clock()
        return reviews

    def _start_clock(self):
        """Whose data they are, and the duty to answer: that of the ledger, where the
        person is complained about."""
        case, request = self.case_id, self.request_id
        self.party_id = request._parties_meant(case)[:1]
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

    def _say_asked(self):
        if not self.right:
            return super()._say_asked()
        return self.env._("A person asks about the own data in the case")

    def _enter(self, event, **payload):
        own = {"access_found": "rights_asked"}
        own["access_case_answered"] = (
            "rights_refused" if self.is_refused else "rights_given"
        )
        for review in self:
            told, more = event, {}
            if review.right:
                told, more = own.get(event, event), {"right_asked": review.right}
            super(ComplaintAccessReview, review)._enter(told, **payload, **more)

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
            self._check_erasable()

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

    def _check_erasable(self):
        """Only the retention room erases, by a rule, after the end of the case.

        :raises UserError: where no rule lets this case be disposed of
        """
        rule = self.sudo().case_id._retention_rule()
        if not rule or rule.is_preserved or rule.lacks:
            raise UserError(
                self.env._(
                    "No retention rule lets this case be disposed of. Refuse it, and "
                    "the letter says why it must be kept."
                )
            )
