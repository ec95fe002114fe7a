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
# Facts that the conditions of the terms ask about.
CONDITIONS = {"category_ids", "has_external_parties", "kind", "wants_reply"}


class ComplaintCase(models.Model):
    """The way of a case from acknowledgement to its answer.

    Each action checks that it may start from the present state, writes to the
    complainant, moves the state and logs. The letter meets the duties that it is about,
    once it has left. Nothing but an action moves a state.
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
            owed = case.sudo()._deadlines("acknowledge")
            case._write_to_complainant("acknowledgement", body, medium, meets=owed)
            case._promise_expected_date()
            case._move("acknowledged")
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
            owed = case.sudo()._deadlines("acknowledge")
            if owed:
                case._check_elements("acknowledge")
            owed |= case.sudo()._deadlines("reply")
            case._write_to_complainant("reply", body, medium, meets=owed)
            case._move("answered")
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
            owed = case.sudo()._deadlines("update")
            case._write_to_complainant("update", body, medium, meets=owed)
        return True

    def action_waive_acknowledgement(self, reason):
        """Confirm nothing, for a reason that is kept: it would tell who complains.

        :param reason: the complainant reads it on the status page
        :raises UserError: without a reason
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write why receipt is not confirmed."))
        for case in self:
            case._begin("acknowledged")
            case._deadlines("acknowledge")._waive(reason)
            case._move("acknowledged", is_suppressed=True)
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
                    self.env._("Somebody it concerns attends the meeting."),
                    rule="walled_meeting",
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

    def _measure(self, target):
        """Hook: what is measured as the case reaches a state (D-34)."""
        if target == "investigating" and not self.triage:
            return {"triage": "handling"}
        return {}

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
        stopped._waive(
            self.env._("The facts of the case have changed."), rule="facts_changed"
        )
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
