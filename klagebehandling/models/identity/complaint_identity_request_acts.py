import re
from datetime import datetime, timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...roles import CUSTODIAN
from .complaint_party import IDENTITY_FIELDS

DAYS = 7
MOST_DAYS = 30
TEXT_LIMIT = 4000
# Shorter words occur in any sentence.
TELLING = 4


class ComplaintIdentityRequest(models.Model):
    """What is done with a request: granted, refused, seen; each leaves a trace."""

    _inherit = "complaint.identity.request"

    def action_grant(self, answer=None, expires_at=None, days=None):
        """Let the asker see the identity for a while.

        :param answer: what the asker is told, required
        :param expires_at: until when, ISO 8601 in UTC, at most 30 days ahead
        :param days: instead of it, a whole number of days; 7 without both
        :raises AccessError: for who is no custodian of the case
        :raises UserError: where it is answered already, or asked by the same person
        """
        until = self._read_expiry(expires_at, days)
        self._answer("granted", answer, expires_at=until)
        return True

    def action_refuse(self, answer=None):
        """Keep the identity closed, and tell the asker why.

        :param answer: the reason, required; the asker reads it
        :raises AccessError: for who is no custodian of the case
        :raises UserError: where it is answered already, or asked by the same person
        """
        self._answer("refused", answer)
        return True

    def action_reveal(self):
        """Show the identity to who may see it, and enter that in the journal.

        :return: the action that shows it, for ten minutes at most
        :raises UserError: where it is not granted, or no longer
        """
        if len(self) != 1:
            raise ValidationError(self.env._("One identity is opened at a time."))
        self.check_access("read")
        self._check_open()
        party_sudo = self.sudo().party_id
        self.case_id._log("identity_revealed", request=self.id, party=party_sudo.id)
        self.case_id._finish_identity_tasks(self.env.user)
        shown = (
            self.env["complaint.identity.reveal"].sudo().create({"request_id": self.id})
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Protected identity"),
            "res_model": shown._name,
            "res_id": shown.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_open(self):
        """Say why an identity cannot be seen."""
        if self.status == "expired":
            raise UserError(
                self.env._(
                    "The permission has expired. Ask again if you still need it."
                )
            )
        if not self._is_open():
            raise UserError(
                self.env._("The custodian has not opened this identity to you.")
            )
        known, is_lost = self.sudo().party_id._open_identity()
        if is_lost:
            raise UserError(
                self.env._(
                    "The key that sealed this identity is missing. An administrator "
                    "puts it back into the key ring."
                )
            )
        if not known:
            raise UserError(self.env._("No identity of this person is kept."))

    def _answer(self, state, answer, **values):
        for request in self:
            request._check_custodian()
            request._check_answer(answer)
            request.sudo().write(
                {
                    "state": state,
                    "answer": answer.strip(),
                    "answered_by_id": self.env.uid,
                    "answered_at": fields.Datetime.now(),
                    **values,
                }
            )
            case_sudo = request.sudo().case_id
            party_id = request.sudo().party_id.id
            case_sudo._log(f"identity_{state}", request=request.id, party=party_id)
            request._tell_asker()

    def _check_custodian(self):
        self.check_access("read")
        if not self.env.user.has_group(CUSTODIAN):
            raise AccessError(self.env._("Only a custodian answers requests."))
        if self.asker_id == self.env.user:
            raise UserError(
                self.env._("Nobody answers their own request. Ask another custodian.")
            )
        if self.state != "requested":
            raise UserError(
                self.env._("This request is answered. A new need is a new request.")
            )

    def _check_answer(self, answer):
        """Refuse an answer that is none, or that itself tells who it is."""
        if not isinstance(answer, str) or not answer.strip():
            raise ValidationError(
                self.env._("Write the reason: whoever asked reads it.")
            )
        if len(answer) > TEXT_LIMIT:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        if self._tells_identity(answer):
            raise ValidationError(
                self.env._(
                    "This text holds a part of the protected identity. Write it "
                    "without: the text is kept as it is."
                )
            )

    def _tells_identity(self, text):
        known, _lost = self.sudo().party_id._open_identity()
        told = self._words(text)
        digits = re.sub(r"\D", "", text)
        phone = re.sub(r"\D", "", known.get("phone", ""))[-8:]
        if len(phone) >= TELLING and phone in digits:
            return True
        return any(
            len(word) >= TELLING and word in told
            for name in IDENTITY_FIELDS
            if name not in ("phone", "city")
            for word in self._words(known.get(name, ""))
        )

    def _words(self, text):
        return set(re.findall(r"[\w@.+'-]*\w", text.casefold()))

    def _read_expiry(self, expires_at, days):
        """The instant at which a permission ends, naive UTC."""
        now = fields.Datetime.now()
        if expires_at is None:
            days = DAYS if days is None else days
            if type(days) is not int or not 0 < days <= MOST_DAYS:
                self._refuse_expiry()
            return now + timedelta(days=days)
        if days is not None:
            self._refuse_expiry()
        until = self._read_moment(expires_at)
        if not now < until <= now + timedelta(days=MOST_DAYS):
            self._refuse_expiry()
        return until

    def _read_moment(self, value):
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
            offset = moment.utcoffset() or timedelta()
            return (moment.replace(tzinfo=None) - offset).replace(microsecond=0)
        except (TypeError, ValueError, OverflowError):
            return self._refuse_expiry()

    def _refuse_expiry(self):
        raise ValidationError(
            self.env._(
                "Say until when the identity is open: a time to come, at most "
                "%(days)s days ahead.",
                days=MOST_DAYS,
            )
        )

    def _tell_asker(self):
        """A task on the case, without a word of the answer or of who it is."""
        asker = self.asker_id
        case = self.sudo().case_id
        if case.with_user(asker).has_access("read"):
            env = self.with_context(lang=asker.lang).env
            summary = env._("The custodian has answered: see the people of the case")
            today = fields.Date.context_today(self)
            case._plan_tasks("identity", [(case, asker, summary, today)])
