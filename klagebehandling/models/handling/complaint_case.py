from odoo import api, fields, models
from odoo.exceptions import UserError

# The states from which an action may start.
STARTS = {
    "acknowledged": ("received",),
    "investigating": ("received", "acknowledged"),
    "answered": ("received", "acknowledged", "investigating"),
    "closed": ("received", "acknowledged", "investigating", "answered"),
    "redirected": ("received", "acknowledged", "investigating"),
    "withdrawn": ("received", "acknowledged", "investigating", "answered"),
}
ENDS = ("closed", "redirected", "withdrawn")
# Facts that the conditions of the terms ask about.
CONDITIONS = {"category_ids", "has_external_parties", "kind", "wants_reply"}


class ComplaintCase(models.Model):
    """The way of a case from acknowledgement to its end, and back by reopening.

    Each action checks that it may start from the present state, meets or moves the
    duties it is about, writes to the complainant and logs. Nothing else moves a state.
    """

    _inherit = "complaint.case"

    has_staff_duty = fields.Boolean(
        compute="_compute_has_staff_duty",
        compute_sudo=True,
        help="The staff meeting is still to be informed.",
    )

    note_ids = fields.One2many("complaint.note", "case_id", string="Running notes")

    @api.depends("deadline_ids.state")
    def _compute_has_staff_duty(self):
        for case in self:
            case.has_staff_duty = bool(case._deadlines("inform_staff"))

    def write(self, vals):
        if not CONDITIONS & vals.keys():
            return super().write(vals)
        before = {case: case._facts() for case in self}
        result = super().write(vals)
        if vals.get("kind") == "whistleblowing":
            self._route_independently()
        for case in self:
            if not case._has_ended() and case._facts() != before[case]:
                case.sudo()._reassess()
        return result

    def _writable(self):
        return super()._writable() | {"note_ids"}

    def action_acknowledge(self, body=None, medium=None):
        """Confirm receipt to the complainant (A-24, C-01, D-37, E-52).

        :param body: HTML in the person's language; the standard words without it
        :param medium: way of sending; the one the person chose without it
        :raises UserError: where an element the procedure demands is missing
        """
        for case in self:
            case._begin("acknowledged")
            case._check_elements("acknowledge")
            case._write_to_complainant("acknowledgement", body, medium)
            case._deadlines("acknowledge")._meet()
            case._promise_expected_date()
            case._move("acknowledged")
            case._finish_tasks()
        return True

    def action_investigate(self):
        """Start the investigation; an acknowledgement still owed stays owed."""
        for case in self:
            case._begin("investigating")
            case._move("investigating")
        return True

    def action_answer(self, body=None, medium=None, remedy=None):
        """Reply to the complainant; replying does not close the case (B-23).

        :param body: HTML in the person's language, required
        :param remedy: how the matter was put right, where the procedure asks (E-57)
        :raises UserError: without a text or an element the procedure demands
        """
        for case in self:
            case._begin("answered")
            if remedy:
                case.remedy = remedy
            if not body:
                raise UserError(self.env._("Write the reply first."))
            case._check_elements("reply")
            if case._deadlines("acknowledge"):
                case._check_elements("acknowledge")
            case._write_to_complainant("reply", body, medium)
            (case._deadlines("reply") | case._deadlines("acknowledge"))._meet()
            case._move("answered")
            case._finish_tasks()
        return True

    def action_close(self, outcome=None):
        """End the case with an outcome; what still runs is waived.

        :param outcome: one of the outcomes, where the case has none yet
        :raises UserError: without an outcome
        """
        for case in self:
            case._begin("closed")
            if outcome:
                case.outcome = outcome
            if not case.outcome:
                raise UserError(
                    self.env._("Choose an outcome before closing the case.")
                )
            case._deadlines("close")._meet()
            case._move("closed", outcome=case.outcome)
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
            case._write_to_complainant("redirect", body, medium)
            case._deadlines("acknowledge")._meet()
            case._move("redirected")
        return True

    def action_withdraw(self, reason=None):
        """End a case that the complainant takes back.

        :param reason: how the complainant said so
        """
        for case in self:
            case._begin("withdrawn")
            case._move("withdrawn", reason=reason or "")
        return True

    def action_reopen(self, reason=None):
        """Take up an ended case again; its history stays and new limits run.

        :param reason: why, required
        """
        for case in self:
            if not case._has_ended():
                raise UserError(self.env._("Only an ended case can be reopened."))
            if not reason:
                raise UserError(self.env._("Write why the case is taken up again."))
            case.check_access("write")
            case_sudo = case.sudo()
            case_sudo._log("reopened", reason=reason, outcome=case.outcome or "")
            case_sudo.write(
                {"state": "investigating", "closed_at": False, "outcome": False}
            )
            case_sudo._open_deadlines(
                fields.Datetime.now(), ("update", "reply", "close")
            )
        return True

    def action_delay(self, reason, until, milestone=None, send_now=True):
        """Tell the complainant why it takes longer and until when (A-31).

        :param reason: text for the complainant
        :param until: local date (ISO text or date), later than today, within a year
        :param milestone: the duty that is delayed; without it all that are told of
        :param send_now: at once, or on the day it would be late
        :raises UserError: without a reason or a later date, or with nothing to delay
        """
        until = self._read_until(until)
        if not (reason or "").strip():
            raise UserError(self.env._("Write the reason: the complainant is told it."))
        for case in self:
            case.check_access("write")
            deadlines = case._delayable(milestone)
            if not deadlines:
                raise UserError(
                    self.env._("This case has no open deadline that can be moved.")
                )
            deadlines._check_until(until)
            if send_now:
                deadlines._extend(reason, until)
            else:
                deadlines.write({"planned_reason": reason, "planned_on": until})
                case._log("delay_planned", until=str(until), reason=reason)
            case._finish_tasks()
        return True

    def action_update(self, body, medium=None):
        """Tell the complainant how far the case has come (C-14, D-39).

        :param body: HTML in the person's language
        """
        for case in self:
            case.check_access("write")
            if not body:
                raise UserError(self.env._("Write what has happened first."))
            case._write_to_complainant("update", body, medium)
            case._deadlines("update")._meet()
        return True

    def action_waive_acknowledgement(self, reason):
        """Confirm nothing, for a reason that is kept: it would tell who complains.

        :raises UserError: without a reason
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write why receipt is not confirmed."))
        for case in self:
            case._begin("acknowledged")
            case._deadlines("acknowledge")._waive(reason)
            case._move("acknowledged", suppressed=reason)
        return True

    def action_inform_staff(self):
        """Record that the staff meeting was informed (A-26).

        Where somebody behind the wall attends, nothing is told: the duty is waived
        with that in the journal (A-27).
        """
        for case in self:
            case.check_access("write")
            case_sudo = case.sudo()
            deadlines = case_sudo._deadlines("inform_staff")
            if case_sudo._is_staff_walled():
                case_sudo._log("staff_notice_suppressed")
                deadlines._waive(
                    self.env._("Somebody it concerns attends the meeting.")
                )
            else:
                case_sudo._log("staff_informed", notice=case_sudo._staff_notice())
                deadlines._meet()
        return self._show_staff_notice()

    def _begin(self, target):
        """Check that the user may move the case and that it can go there from here."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in STARTS[target]:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The case is “%(state)s”: it cannot become “%(target)s”.",
                    state=states[self.state],
                    target=states[target],
                )
            )

    def _move(self, target, **payload):
        case_sudo = self.sudo()
        values = {"state": target, **case_sudo._measure(target)}
        case_sudo._log(target, **payload)
        case_sudo.write(values)
        if target in ENDS:
            case_sudo.deadline_ids._waive(self.env._("The case has ended."))
            case_sudo._finish_tasks()

    def _measure(self, target):
        """What is measured as the case reaches a state: times (E-36), triage (D-34)."""
        now = fields.Datetime.now()
        days = (self._today() - self._received_on()).days
        values = {}
        if target == "answered":
            values = {"answered_at": now, "days_to_answer": days}
        elif target in ENDS:
            values = {"closed_at": now, "days_to_close": days}
        if target == "investigating" and not self.triage:
            values["triage"] = "handling"
        elif target == "closed" and self.outcome == "resolved_at_once":
            values["triage"] = "at_once"
        return values

    def _check_elements(self, milestone):
        """Refuse a notice that lacks what the procedure demands (A-25, D-38, E-53)."""
        terms = self.policy_id.sudo().term_ids.filtered(
            lambda term: term.milestone == milestone
        )
        missing = []
        if any(terms.mapped("needs_expected_date")) and not self.expected_on:
            missing.append(self.env._("the date when the case is expected to be done"))
        if any(terms.mapped("needs_handler")) and not self.handler_id:
            missing.append(self.env._("who handles the case"))
        if any(terms.mapped("needs_remedy")) and not self.remedy:
            missing.append(self.env._("how the matter was put right"))
        if missing:
            raise UserError(
                self.env._(
                    "The procedure demands that the complainant is told %(missing)s. "
                    "Enter it on the case, then try again.",
                    missing=", ".join(missing),
                )
            )

    def _show_staff_notice(self):
        """Show what may be said, or that nothing may; for one case only."""
        if len(self) != 1:
            return True
        case = self.sudo()
        text = (
            self.env._("Nothing is told: somebody it concerns attends the meeting.")
            if case._is_staff_walled()
            else self.env._("You may say: %(notice)s", notice=case._staff_notice())
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Information at the staff meeting"),
                "message": text,
                "type": "info",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _is_staff_walled(self):
        """Whether anybody at the unit's staff meeting stands behind the wall."""
        return bool(self.unit_id._people() & self.walled_user_ids) or self.is_restricted

    def _staff_notice(self):
        """What may be said at the staff meeting: kind, grounds and unit (A-27)."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        grounds = ", ".join(self.category_ids.mapped("name"))
        return self.env._(
            "%(unit)s has received a case of the kind “%(kind)s”: %(grounds)s.",
            unit=self.unit_id.name,
            kind=kinds[self.kind],
            grounds=grounds or self.env._("no ground given"),
        )

    def _read_until(self, until):
        try:
            return fields.Date.to_date(until) or fields.Date.to_date("0001-01-01")
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("Write the new date like this: 2026-03-16.")
            ) from error

    def _delayable(self, milestone):
        """The running tips of the promises that the complainant knows of."""
        rows = self.sudo().deadline_ids.filtered("is_open")
        told = ("acknowledge", "reply", "close")
        rows = rows.filtered(
            lambda row: (
                row.milestone == milestone if milestone else row.milestone in told
            )
        )
        return rows - self.sudo().deadline_ids.extends_id

    def _reassess(self):
        """Follow a change of the facts: stop what no longer applies, start what does.

        Nothing moves silently: the journal says what, and the complainant is told.
        """
        facts = self._facts()
        terms = self.policy_id.term_ids.filtered(
            lambda term: term.counted_from in ("receipt", "previous")
        )
        applying = terms.filtered(lambda term: term._applies_to(facts))
        rows = self.deadline_ids.filtered("is_open")
        stopped = rows.filtered(lambda row: row.term_id in terms - applying)
        stopped._waive(self.env._("The facts of the case have changed."))
        known = self.deadline_ids.filtered(lambda row: row.state != "waived").term_id
        started = self._start_terms(applying - known)
        if stopped or started:
            self._log(
                "reassessed",
                stopped=stopped.mapped("milestone"),
                started=started.mapped("milestone"),
            )
            self._promise_expected_date()
            told = ("reply", "close")
            if {*stopped.mapped("milestone"), *started.mapped("milestone")} & {*told}:
                self._write_to_complainant("terms")

    def _send_message(self, body=None, medium=None):
        """Write to the complainant without moving the case."""
        self.ensure_one()
        self.check_access("write")
        return self._write_to_complainant("message", body, medium)
