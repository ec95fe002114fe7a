import hashlib

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint_referral import INSIDE


class ComplaintReferral(models.Model):
    """The acts of handing on: each is checked, entered and refused with what to do."""

    _inherit = "complaint.referral"

    def action_consent(self, reason=None):
        """Record that the person agrees, or has chosen this way (A-14, A-15).

        :param reason: how and when the person said so, in words
        :raises UserError: without it, or where nothing is to be sent any more
        """
        return self._answer_consent("given", reason)

    def action_withdraw_consent(self, reason=None):
        """Record that the person does not agree, or not any more.

        What was sent cannot be called back; that it was withdrawn stays recorded.

        :param reason: how and when the person said so, in words
        """
        return self._answer_consent("withdrawn", reason)

    def action_demanded(self, ground=None):
        """Record that an authority demands it: nobody is asked for consent (C-28).

        :param ground: which authority, by which letter and rule
        :raises UserError: where it is no authority that it goes to
        """
        if any(referral.kind not in ("body", "appeal", "report") for referral in self):
            raise UserError(
                self.env._("Here the person chooses. Record what the person said.")
            )
        return self._answer_consent("demanded", ground)

    def action_send(self, medium=None, proof=None, sent_on=None):
        """Record that it was handed on, once everything that belongs to it is there.

        :param medium: how it was sent, in words
        :param proof: what shows it, such as a number of the post
        :param sent_on: local day; today without it
        :raises UserError: with what is missing, and what to do
        """
        for referral in self:
            referral._begin()
            referral._check_complete(medium, proof)
            if referral.kind in INSIDE:
                referral.sudo()._hand_to_management()
            else:
                referral.sudo()._write_sent_package(
                    medium, proof, referral._read_sent_on(sent_on), self.env.user
                )
        return True

    def action_answer(self, text=None):
        """Record what came of it; the follow-up is done by that.

        :param text: what the other side said, or that it said nothing
        """
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write what came of it."))
        for referral in self:
            referral.check_access("write")
            if referral.state != "sent":
                raise UserError(self.env._("Only what was sent can be answered."))
            referral_sudo = referral.sudo()
            referral_sudo.write({"state": "answered", "reply": text})
            referral_sudo.case_id._log(
                "referral_answered", row=referral.id, answer=text
            )
            referral_sudo.review_id._meet()
            referral_sudo.case_id._finish_tasks()
        return True

    def action_follow_up(self, until, reason=None):
        """Move the day on which we ask what has become of it.

        :param until: local day, later than today, within a year
        :param reason: why
        """
        for referral in self:
            referral.check_access("write")
            row = referral.sudo().review_id
            if referral.state != "sent" or not row.is_open:
                raise UserError(self.env._("Nothing is followed up here any more."))
            if not until or not (reason or "").strip():
                raise UserError(
                    self.env._("Write why it is followed up later, and until when.")
                )
            day = fields.Date.to_date(until)
            row._check_until(day)
            row.write({"state": "extended", "reason": reason, "next_at": False})
            referral.sudo().write(
                {
                    "review_id": row.create(row._prepare_extension(day)).id,
                    "follow_up_on": day,
                }
            )
            referral.sudo().case_id._finish_tasks()
        return True

    def action_stop(self, reason=None):
        """Record that it is not sent, and why.

        :param reason: why, in words
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why it is not sent."))
        for referral in self:
            referral._begin()
            referral_sudo = referral.sudo()
            referral_sudo.write({"state": "stopped", "stop_reason": reason})
            referral_sudo.case_id._log(
                "referral_stopped",
                row=referral.id,
                referral=referral.kind,
                reason=reason,
            )
            referral_sudo.deadline_id._waive(reason)
            referral_sudo.case_id._finish_tasks()
        return True

    def action_accept_findings(self, reason=None):
        """Decide that the documents leave with what was found in them (N12).

        :param reason: why, in words
        """
        for referral in self:
            referral._begin()
            outgoing = self.env["complaint.outgoing"]
            outgoing._accept(referral.case_id, referral.document_ids._pieces(), reason)
        return True

    def _answer_consent(self, answer, how):
        how = (how or "").strip()
        if not how:
            raise UserError(self.env._("Write how and when it was said."))
        for referral in self:
            referral.check_access("write")
            if referral.kind == "second":
                raise UserError(self.env._("Nobody is asked for a reason here."))
            if referral.state == "stopped":
                raise UserError(self.env._("This is not sent any more."))
            if answer != "withdrawn" and referral.state != "draft":
                raise UserError(self.env._("This has been sent already."))
            referral_sudo = referral.sudo()
            day = referral_sudo.case_id._today()
            referral_sudo.write(
                {"consent": answer, "consent_on": day, "consent_how": how}
            )
            referral_sudo.case_id._log(
                "referral_consent",
                row=referral.id,
                referral=referral.kind,
                consent=answer,
                reason=how,
            )
        return True

    def _begin(self):
        self.check_access("write")
        if self.state != "draft":
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "This is “%(state)s” already. Begin a new one for what else is to "
                    "be handed on.",
                    state=states[self.state],
                )
            )

    def _check_complete(self, medium, proof):
        """Refuse what lacks something, with what to do."""
        self._check_consent()
        if self.kind in INSIDE:
            return
        self._check_package()
        if not (self.body_id or self.recipient or self.party_id or self.role_id):
            raise UserError(self.env._("Say to whom it goes."))
        if not (medium or "").strip() or not (proof or "").strip():
            raise UserError(self.env._("Write how it was sent, and what shows that."))
        pieces = self.document_ids._pieces()
        self.env["complaint.outgoing"]._check(self.case_id, pieces)

    def _check_consent(self):
        if self.consent == "withdrawn":
            raise UserError(
                self.env._(
                    "The person has withdrawn the consent: nothing is sent. Ask anew "
                    "and record the answer, or record why it is not sent."
                )
            )
        if self.consent == "asked":
            raise UserError(
                self.env._(
                    "Ask the person first, and record what the person said: it is the "
                    "person's choice."
                )
            )
        if self.kind == "nav" and not self.case_id._may_go_to_nav():
            raise UserError(self.env._("This is a municipal place: NAV has no part."))

    def _check_package(self):
        documents = self.document_ids
        if self.has_own_attachment and not any(documents.mapped("is_own")):
            raise UserError(
                self.env._(
                    "The person has an own attachment, and it is not in the package. "
                    "Add it and mark it as the person's own, then send both together."
                )
            )
        if not documents:
            raise UserError(self.env._("Choose the documents of the package first."))

    def _read_sent_on(self, sent_on):
        case_sudo = self.case_id.sudo()
        today = case_sudo._today()
        try:
            day = fields.Date.to_date(sent_on or today)
        except ValueError as error:
            raise ValidationError(
                self.env._("Write the day like this: 2026-03-16.")
            ) from error
        if not case_sudo._received_on() <= day <= today:
            raise ValidationError(
                self.env._("It was sent between the day of receipt and today.")
            )
        return day

    def _write_sent_package(self, medium, proof, day, user):
        """Keep what was sent, and have it followed up."""
        case = self.case_id
        digests = self.document_ids.mapped("digest")
        whole = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        follow_on = max(
            self.follow_up_on
            or fields.Date.add(day, days=case.policy_id.follow_up_days),
            case._today(),
        )
        self.write(
            {
                "state": "sent",
                "medium": medium.strip(),
                "proof": proof.strip(),
                "sent_on": day,
                "sent_by_id": user.id,
                "package_digest": whole,
                "follow_up_on": follow_on,
            }
        )
        case._log(
            "referral_sent",
            row=self.id,
            referral=self.kind,
            consent=self.consent,
            sent_on=str(day),
            documents=len(digests),
            digests=digests,
            recipient=self._say_recipient(),
            party=self.party_id.id,
            medium_text=medium.strip(),
            proof=proof.strip(),
        )
        self.deadline_id._meet()
        self.review_id = case._promise_day("review", follow_on)
        if self.kind in ("nav", "body"):
            case.stage = "external"
        case._finish_tasks()

    def _hand_to_management(self):
        """The person takes it to the management: who leads there takes it up (A-15)."""
        case = self.case_id
        user = case._find_management()
        if not user:
            raise UserError(
                self.env._(
                    "Nobody in the management may take it up: each has handled it, or "
                    "it is about them. Choose an external body with the person."
                )
            )
        self.write(
            {
                "state": "sent",
                "sent_on": case._today(),
                # Who complains does it with the code, as nobody here.
                "sent_by_id": not self.env.user.share and self.env.uid,
                "user_id": user.id,
            }
        )
        case._log(
            "referral_sent",
            row=self.id,
            referral=self.kind,
            consent=self.consent,
            documents=0,
        )
        self.deadline_id._meet()
        case._begin_second_stage(user)
        case._finish_tasks()
