from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...roles import REGISTRAR
from ...sealing import keyring, receipt_code
from ..intake import numbers

RIGHTS = [
    ("access", "See all that is kept"),
    ("correction", "Have something added or put right"),
    ("restriction", "Have the use of it restricted"),
    ("erasure", "Have it erased"),
]
IDENTIFYING = {"person", "identity_check"}
numbers.burn("complaint_access_request")
numbers.burn("complaint_access_review")


class ComplaintAccessRequest(models.Model):
    """Adds that a person asks about the own data, at any organisation (M37).

    By name a colleague registers it, and notes how it was made sure who asks. By the
    code of a case it is about that case alone, names nobody, and is read by nobody but
    who reads the case: a request that the registrar saw would tell that there is one.
    """

    _inherit = "complaint.access.request"
    _sealed_fields = ("reply_to", "person")
    _outlives = ("reference",)

    right = fields.Selection(RIGHTS, string="About own data", copy=False)
    is_by_code = fields.Boolean(readonly=True, copy=False)
    person = fields.Text(
        string="Who asks",
        compute="_compute_person",
        readonly=False,
        groups=REGISTRAR,
        help="A line for each: the name, an e-mail address, a phone number. Cases with "
        "somebody who has one of them are found.",
    )
    identity_check = fields.Text(
        string="How it was made sure who asks",
        groups=REGISTRAR,
        copy=False,
        help="Such as a document that was shown, or called back on a known number. "
        "Keep no copy of it.",
    )
    extended_until = fields.Date(string="Extended until", readonly=True, copy=False)
    extension_reason = fields.Text(
        string="Why it takes longer",
        groups=REGISTRAR,
        copy=False,
        help="The person reads it.",
    )

    @api.depends("contact_sealed")
    def _compute_person(self):
        for one in self:
            one.person = one._open_typed().get("person", False)

    @api.depends("extended_until")
    def _compute_is_late(self):
        super()._compute_is_late()
        for one in self.sudo().filtered("extended_until"):
            today = one.policy_id._today()
            one.is_late = not one._is_out() and one.extended_until < today

    def _search_is_late(self, operator, value):
        late = super()._search_is_late(operator, value)
        if late is NotImplemented:
            return late
        moved = Domain("extended_until", ">=", fields.Date.context_today(self))
        return late & ~moved if True in value else late | moved

    @api.model
    def _seal(self, given):
        words = {name: (given.get(name) or "").strip() for name in self._sealed_fields}
        known = {name: text for name, text in words.items() if text}
        sealed = bool(known) and keyring.encrypt(known)
        return {"contact_sealed": sealed, "is_to_send": bool(words["reply_to"])}

    def _change_sealed(self, given):
        for one in self.sudo():
            one.write(self._seal({**one._open_typed(), **given}))

    @api.model
    def _prepare_promise(self, vals):
        if not vals.get("right"):
            return super()._prepare_promise(vals)
        unit = self.env["complaint.unit"].sudo().browse(vals.get("unit_id"))
        day = self._read_day(vals["received_on"])
        policy = self._find_procedure(unit, day)
        self._check_come(day, policy)
        return {
            "reference": receipt_code.random_reference(),
            "policy_id": policy.id,
            "due_on": policy._rights_due(day),
            "lang": vals.get("lang") or policy.lang,
        }

    @api.model
    def _creatable(self):
        return super()._creatable() | {"right"} | IDENTIFYING

    def _writable(self):
        names = super()._writable()
        is_open = all(one.right and one.state != "answered" for one in self)
        if is_open and self.env.user.has_group(REGISTRAR):
            names |= IDENTIFYING | {"extension_reason"}
        return names

    def _is_decision_possible(self):
        return not self.right and super()._is_decision_possible()

    @api.model
    def _waiting(self):
        """What was asked by a code waits for who reads the case, on its ladder."""
        return super()._waiting() & Domain("is_by_code", "!=", True)

    @api.model
    def _past(self, rule):
        """What was asked by the code of a case goes with the case."""
        return super()._past(rule) & Domain("is_by_code", "!=", True)

    # -- searching

    def action_search(self):
        """As for documents; first it is noted how it was made sure who asks.

        :raises UserError: without a name, or without that note
        """
        for one in self.filtered("right"):
            if not (one.person or "").strip():
                raise UserError(self.env._("Write who asks."))
            if not (one.identity_check or "").strip():
                raise UserError(self.env._("Write how it was made sure who asks."))
        return super().action_search()

    def _find_cases(self):
        """All cases with somebody who is meant; of those disposed of nothing is left.

        Who is protected is found by nobody: that person asks by the code of the case.
        """
        if not self.right:
            return super()._find_cases()
        lines = filter(None, map(str.strip, (self.person or "").splitlines()))
        people = self.env["complaint.party"]
        meant = Domain.OR([people._found_by(line) for line in lines])
        left = Domain("disposed_on", "=", False)
        cases = self.env["complaint.case"].with_context(active_test=False)
        return cases.search(
            self._own_domain() & left & Domain("party_ids", "any", meant)
        )

    def _parties_meant(self, case):
        """Who of a case asks: by the code who complained; as superuser."""
        if self.is_by_code:
            return case.party_ids.filtered(lambda one: one.role == "complainant")[:1]
        people = self.env["complaint.party"].with_context(active_test=False)
        lines = filter(None, map(str.strip, (self.person or "").splitlines()))
        meant = Domain.OR([people._found_by(line) for line in lines])
        return people.search(Domain("case_id", "=", case.id) & meant, order="id")

    def _standard_answer(self):
        if not self.right:
            return super()._standard_answer()
        words = self.with_context(lang=self.lang or self.policy_id.lang).env
        return words._(
            "We have searched all our cases for you. Whoever answers for a case writes "
            "to you about it. If you have been anonymous or protected in a case, ask "
            "with its code on the status page: we do not find it by your name. You can "
            "complain about how we keep your data to the supervisory authority."
        )

    # -- more time

    def action_extend(self, reason=None):
        """Take more time, once, and tell the person why while there is still time.

        Who complained reads it in the case. To others, and where the clerk sees no
        case, the clerk tells it.

        :param reason: as the person reads it, where it has not been written yet
        :raises UserError: without a reason, too late, or twice
        """
        self._check_clerk()
        for one in self:
            text = (reason or one.extension_reason or "").strip()
            if not text:
                raise UserError(self.env._("Write why it takes longer."))
            request_sudo = one.sudo()
            request_sudo._check_extendable()
            policy = request_sudo.policy_id
            until = policy._rights_due(one.received_on, policy.rights_more_months)
            request_sudo.write({"extended_until": until, "extension_reason": text})
            one._enter("rights_extended", right_asked=one.right, until=str(until))
            request_sudo.review_ids._extend_clock(until, text)
        return True

    def _check_extendable(self):
        today = self.policy_id._today()
        if not self.right or self.answered_on or self.extended_until:
            raise UserError(self.env._("This cannot be extended, or not again."))
        if not self.policy_id.rights_more_months or self.due_on < today:
            raise UserError(
                self.env._("It is too late: the month in which to say so is over.")
            )

    @api.model
    def _say_right(self, case, right):
        field = self._fields["right"]
        env = self.with_context(lang=case.policy_id._spoken()).env
        return dict(field._description_selection(env))[right]

    # -- by the code

    def _of_disposed(self):
        """Asked of a complaint in parts, it goes with the last of them."""
        return self.filtered(
            lambda one: all(one.review_ids.case_id.mapped("disposed_on"))
        )

    @api.model
    def _ask_by_code(self, case, right, words):
        """Take in what the person of a case asks for with its code; as superuser.

        Asked twice it is one request, until it is answered. Nothing is entered in the
        journal of the organisation, which would tell that there is a case.
        """
        asked = case._rights_asked(right)
        if asked:
            return asked
        numbers.skip(self.env.cr, self._table)
        request = self.sudo().create(
            {
                "unit_id": case.unit_id.id,
                "right": right,
                "is_by_code": True,
                "channel": "web",
                "wish": words or self._say_right(case, right),
                "lang": case.policy_id._spoken(case.lang),
                "received_on": case._today(),
                "state": "searched",
            }
        )
        cases = case._submission()
        self.env["complaint.access.review"].sudo()._open_for(request, cases)
        return request.review_ids
