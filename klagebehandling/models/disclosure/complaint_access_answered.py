from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...roles import DELEGATE, DISCLOSERS
from ..case.complaint_case_part import WORKERS, readers

DECISIONS = [
    ("released", "To be handed out"),
    ("upheld", "Refused"),
]
# What the delegate writes of a decision.
DECIDED = {"decision", "decision_text", "reservation"}


def disclosers(path=""):
    """What a part of a review declares in ``_readers``.

    :param path: the way to the review, with its dot
    """
    asked = f"('{path}decision_asked_on', '!=', False)"
    return {**readers(*WORKERS), "delegate": asked}


class ComplaintAccessAnswered(models.AbstractModel):
    """What is answered to who asked, and decided by the authority where asked for.

    The base of the request, which the clerk answers, and of each review, which is
    answered by who may read its case. The model says where its procedure is, and what
    it enters in which journal.
    """

    _name = "complaint.access.answered"
    _description = "Answered, and decided on request"

    answered_on = fields.Date(readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    sent_on = fields.Date(
        string="Sent",
        readonly=True,
        copy=False,
        help="To where who asked wanted it; without such a place it is read by code.",
    )
    is_unsent = fields.Boolean(string="Waits to be sent", compute="_compute_is_unsent")
    decision_asked_on = fields.Date(
        string="Decision asked for", readonly=True, copy=False
    )
    decision = fields.Selection(DECISIONS, copy=False)
    decision_text = fields.Text(
        string="Reasons of the decision", copy=False, groups=DISCLOSERS
    )
    reservation = fields.Text(
        copy=False,
        groups=DISCLOSERS,
        help="What who gets the documents must not do with them.",
    )
    decided_on = fields.Date(readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    appeal_until = fields.Date(
        string="Appeal until, at the earliest", readonly=True, copy=False
    )

    @api.depends("answered_on", "sent_on")
    def _compute_is_unsent(self):
        for one in self:
            one.is_unsent = one._is_unsent()

    def _procedure(self):
        """Hook: the procedure of the row, as the superuser."""

    def _request_sudo(self):
        """Hook: the request of the row, as the superuser."""

    def _check_may_send(self):
        """Hook: refuse who does not answer it."""

    def _note_sent(self):
        """Hook: enter that the answer was sent."""

    def _note_decision(self, decision=None):
        """Hook: enter that a decision was asked for, or made.

        :param decision: which one was made; None where it was asked for
        """

    def _is_to_send(self):
        """Hook: whether somebody sends the answer by hand."""
        return self._request_sudo().is_to_send

    def _is_unsent(self):
        """Whether it is answered, and somebody has to send it yet."""
        return bool(self.answered_on) and not self.sent_on and self._is_to_send()

    def _is_out(self):
        """Whether it is answered, and sent where who asked wanted it."""
        return bool(self.answered_on) and not self._is_unsent()

    def _is_settled(self):
        """Whether nothing waits here: neither the answer nor a decision."""
        return self._is_out() and bool(self.decided_on or not self.decision_asked_on)

    def action_sent(self):
        """Record that the answer was sent to where who asked wanted it.

        :raises UserError: before it is answered, or where it is read with a code
        """
        self._check_may_send()
        for one in self:
            if not one.answered_on or one.sent_on:
                raise UserError(self.env._("There is nothing to send here."))
            if not one._is_to_send():
                raise UserError(
                    self.env._("Who asked gave no address, and reads it with a code.")
                )
            one.sudo().sent_on = one._procedure()._today()
            one._note_sent()
        return True

    def _is_decided_by_user(self):
        is_open = all(one.decision_asked_on and not one.decided_on for one in self)
        return is_open and self.env.user.has_group(DELEGATE)

    def _writable(self):
        names = super()._writable()
        return names | DECIDED if self._is_decided_by_user() else names

    def _ask_decision(self):
        """Who asked wants the decision of the authority; as the superuser.

        What is not refused, or not answered yet, has nothing to decide on.
        """
        for one in self.filtered(lambda one: one._is_decision_possible()):
            one.decision_asked_on = one._procedure()._today()
            one._note_decision()

    def _is_decision_possible(self):
        is_open = bool(self.answered_on) and not self.decision_asked_on
        return is_open and self._procedure().has_access_decision

    def action_decide(self):
        """Make what is written the decision of the authority.

        :raises AccessError: for who has no delegation
        :raises UserError: without a decision or its reasons, or where none is asked for
        """
        self.check_access("write")
        if not self.env.user.has_group(DELEGATE):
            raise AccessError(
                self.env._("The authority decides by who has the delegation for it.")
            )
        for one in self:
            if not one.decision_asked_on or one.decided_on:
                raise UserError(self.env._("There is no decision to make here."))
            if not one.decision or not (one.decision_text or "").strip():
                raise UserError(
                    self.env._("Choose the decision, and write the reasons for it.")
                )
            one.sudo()._decide(self.env.user)
        return True

    def _decide(self, user):
        today = self._procedure()._today()
        # The decision is sent where the answer was.
        values = {"decided_on": today, "decided_by_id": user.id, "sent_on": False}
        if self.decision == "upheld":
            values["appeal_until"] = self._appeal_day(today)
        self.write(values)
        self.with_user(user).sudo()._note_decision(self.decision)

    def _appeal_day(self, day):
        return day + timedelta(days=self._procedure().access_appeal_days)

    def _public_decision(self):
        """What who asked reads of the decision; false before there is one."""
        if not self.decided_on:
            return False
        return {
            "on": self.decided_on,
            "is_refused": self.decision == "upheld",
            "text": self.decision_text,
            "reservation": self.reservation,
            "appeal_until": self.appeal_until,
        }
