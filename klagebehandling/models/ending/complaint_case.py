from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...vocabulary import TO_OTHERS, TO_PERSON

ENDS = ("closed", "redirected", "withdrawn")
END_LETTERS = ("closing", "redirect", "withdrawal")


class ComplaintCase(models.Model):
    """How a case ends: by a letter, which keeps what was still promised to the person.

    Duties to others outlive the end: each is done, or waived by a person who says why.
    """

    _inherit = "complaint.case"

    has_duty_to_others = fields.Boolean(
        compute="_compute_has_duty_to_others",
        compute_sudo=True,
        help="Somebody else than the complainant is still to be told or asked.",
    )

    @api.depends("deadline_ids.state")
    def _compute_has_duty_to_others(self):
        for case in self:
            case.has_duty_to_others = bool(case._owed(TO_OTHERS))

    def action_close(
        self,
        outcome=None,
        body=None,
        medium=None,
        reason=None,
        told_on=None,
        user_id=None,
    ):
        """End the case with an outcome, and tell the complainant in a letter (C-12).

        The letter meets what was still promised to the person, once it has left. Who
        wants no reply reads it on the status page. What was told in person is recorded
        in its place.

        :param outcome: one of the outcomes, where the case has none yet
        :param body: HTML in the person's language; the standard words without it
        :param medium: way of sending, or of telling: ``phone`` or ``meeting``
        :param reason: what was found and why, for the standard words
        :param told_on: local day on which it was told in person, in place of a letter
        :param user_id: id of the colleague who told it; the user without it
        :raises UserError: without what the procedure demands of a closing
        """
        for case in self:
            case._begin("closed")
            if outcome:
                case._check_outcome(outcome)
                case.outcome = outcome
            case._check_closing()
            body_of_case = body or case._say_closing(reason)
            told = case._read_told(told_on, medium, user_id)
            case._end("closed", "closing", body_of_case, medium, told)
        return True

    def action_redirect(self, body=None, medium=None):
        """Send on what belongs to another process, telling where and by when (E-21).

        The date of receipt is kept: a time limit is counted from it (D-51, E-20).

        :param body: HTML explanation; the words of the grounds without it
        """
        for case in self:
            case._begin("redirected")
            elsewhere = case.category_ids.filtered("is_out_of_scope")
            if elsewhere and elsewhere != case.category_ids:
                raise UserError(
                    self.env._(
                        "Part of this case belongs here. Split off what belongs "
                        "elsewhere, then redirect that."
                    )
                )
            if not body and not any(case.category_ids.mapped("redirect_text")):
                raise UserError(
                    self.env._(
                        "Explain where the matter belongs and what happens next."
                    )
                )
            case._end("redirected", "redirect", body, medium)
        return True

    def action_withdraw(self, reason=None, body=None, medium=None):
        """End a case that the complainant takes back, and confirm that in a letter.

        :param reason: how the complainant said so
        :param body: HTML in the person's language; the standard words without it
        """
        for case in self:
            case._begin("withdrawn")
            case._end("withdrawn", "withdrawal", body, medium, reason=reason or "")
        return True

    def action_reopen(self, reason=None):
        """Take up an ended case again; its history stays and new limits run.

        A letter that tells of the end and has not left is not sent any more. What it
        was to keep runs on.

        :param reason: why, required
        """
        for case in self:
            if not case._has_ended():
                raise UserError(self.env._("Only an ended case can be reopened."))
            if not reason:
                raise UserError(self.env._("Write why the case is taken up again."))
            case.check_access("write")
            case_sudo = case.sudo()
            case_sudo._recall_end()
            case_sudo._log("reopened", reason=reason, outcome=case.outcome or "")
            case_sudo.write(
                {"state": "investigating", "closed_at": False, "outcome": False}
            )
            running = case_sudo._owed(TO_PERSON).mapped("milestone")
            case_sudo._open_deadlines(
                fields.Datetime.now(), {"update", "reply", "close"} - {*running}
            )
            case_sudo._open_agreed_update()
        return True

    def action_meet_duty(self, milestone):
        """Record that a duty to others is done, also after the case has ended.

        :param milestone: ``inform_staff``, ``refer`` or ``review``
        :raises UserError: where no such duty runs
        """
        for case in self:
            duties = case._find_duties(milestone)
            if milestone == "inform_staff":
                case.action_inform_staff()
            else:
                duties._meet()
                case._finish_tasks()
        return True

    def action_waive_duty(self, milestone, reason):
        """Let a duty to others fall away, for a reason that a person gives.

        :param milestone: ``inform_staff``, ``refer`` or ``review``
        :raises UserError: without a reason, or where no such duty runs
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write why it is not done."))
        for case in self:
            case._find_duties(milestone)._waive(reason)
            case._finish_tasks()
        return True

    def _miss(self, answer, message):
        """Demand an answer of who closes on a screen.

        Where nobody is there to ask, by a program, at once or by the clock, the case
        closes all the same and the journal has what was not answered.

        :param answer: what is missing, as the journal names it
        :raises UserError: with the message, on a screen
        """
        if self.env.context.get("complaint_on_screen"):
            raise UserError(message)
        self.sudo()._log("closed_unanswered", missing=answer)

    def _check_closing(self):
        """Hook: refuse to close a case that lacks what is demanded of a closing.

        Here an outcome, the lesson (C-17), and how it was put right where that has not
        been told (E-57). A room above that demands more calls super first.

        :raises UserError: that says what to enter
        """
        self.ensure_one()
        if not self.outcome:
            raise UserError(self.env._("Choose an outcome before closing the case."))
        case_sudo, missing = self.sudo(), []
        if case_sudo.policy_id.is_lesson_required and not case_sudo.lesson:
            missing.append(self.env._("what was learned"))
        unanswered = case_sudo._deadlines("reply").term_id
        if any(unanswered.mapped("needs_remedy")) and not case_sudo.remedy:
            missing.append(self.env._("how the matter was put right"))
        if missing:
            raise UserError(
                self.env._(
                    "Before the case is closed, enter %(missing)s.",
                    missing=", ".join(missing),
                )
            )

    def _check_outcome(self, outcome):
        if outcome not in dict(self._fields["outcome"].selection):
            raise ValidationError(self.env._("There is no such outcome."))

    def _end(self, target, purpose, body, medium, told=None, **payload):
        """Move the case to an end, by the letter that tells of it.

        :param told: values of what was told in person, in place of the letter
        """
        owed = self.sudo()._owed(TO_PERSON)
        if not medium and not self.wants_reply:
            medium = "portal"
        if target == "closed":
            payload["outcome"] = self.outcome
        self._move(target, **payload)
        if told:
            self._record_told(purpose, body, medium, owed, **told)
        else:
            self._write_to_complainant(purpose, body, medium, meets=owed)

    def _say_closing(self, reason=None, lesson=None, case=None):
        """The standard words of a closing.

        :param reason: what was found and why
        :param lesson: what was learned; without it, where the procedure wants one
        :param case: the case as it will be, where that is not stored yet
        """
        case_sudo = (case or self).sudo()
        if lesson is None and case_sudo.policy_id.is_lesson_required:
            lesson = case_sudo.lesson
        return (
            self.env["complaint.correspondence"]
            .sudo()
            ._default_body(
                case_sudo,
                "closing",
                reason=reason,
                lesson=lesson,
                is_first=bool(self.sudo()._deadlines("acknowledge")),
            )
        )

    def _owed(self, milestones):
        """The duties that run, of some milestones."""
        return self.deadline_ids.filtered(
            lambda row: row.is_open and row.milestone in milestones
        )

    def _find_duties(self, milestone):
        self.check_access("write")
        duties = (
            self.sudo()
            ._owed(TO_OTHERS)
            .filtered_domain([("milestone", "=", milestone)])
        )
        if not duties:
            raise UserError(self.env._("This case has no such duty to others."))
        return duties

    def _recall_end(self):
        """Stop the letters that tell of an end which is none any more."""
        waiting = self.correspondence_ids.filtered(
            lambda one: one.purpose in END_LETTERS and one.state == "queued"
        )
        waiting._recall(self.env._("The case was taken up again."))

    def _measure(self, target):
        """Measure the time to an end (E-36), and that it was put right at once."""
        values = super()._measure(target)
        if target in ENDS:
            days = (self._today() - self._received_on()).days
            values |= {"closed_at": fields.Datetime.now(), "days_to_close": days}
        if target == "closed" and self.outcome == "resolved_at_once":
            values["triage"] = "at_once"
        return values
