from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# Facts that the conditions of the terms ask about.
CONDITIONS = {"category_ids", "has_external_parties", "kind", "wants_reply"}


class ComplaintCase(models.Model):
    """The promises of a case when its facts change, and those made to colleagues."""

    _inherit = "complaint.case"

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

    def action_delay(self, reason, until, milestone=None, send_now=True):
        """Tell the complainant why it takes longer and until when (A-31).

        :param reason: text for the complainant
        :param until: local date (ISO text or date), later than today
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
            if until <= max(case._today(), max(deadlines.mapped("due_on"))):
                raise UserError(
                    self.env._("The new date must be later than the old one and today.")
                )
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

    def _today(self):
        return self.policy_id.sudo()._local(fields.Datetime.now()).date()

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

    def _start_terms(self, terms):
        """Open terms that now apply: from receipt, or from now where that is past."""
        Deadline = self.env["complaint.deadline"]
        now = fields.Datetime.now()
        rows = []
        for term in terms:
            day = self.policy_id._local(now).date()
            self.policy_id._ensure_calendar(self._received_on(), term._horizon(day))
            row = Deadline._prepare_row(term, self.received_at)
            if row["due_at"] <= now:
                row = Deadline._prepare_row(term, self._moment(now))
            rows.append(
                dict(
                    row,
                    term_id=term.id,
                    case_id=self.id,
                    company_id=self.company_id.id,
                )
            )
        return Deadline.create(rows)

    def _received_on(self):
        return self.policy_id._local(self.received_at).date()

    def _promise_expected_date(self):
        """Make the expected date a promise where no fixed limit closes it (A-30)."""
        case = self.sudo()
        limited = case.policy_id.term_ids.filtered(
            lambda term: term.milestone == "close"
        )
        if not case.expected_on or not limited or case._deadlines("close"):
            return
        policy = case.policy_id
        policy._ensure_calendar(case.expected_on, case.expected_on)
        due_at = policy._day_start(case.expected_on + timedelta(days=1))
        row = {
            "counted_from": fields.Datetime.now(),
            "due_on": case.expected_on,
            "due_at": due_at,
            "remind_on": policy.calendar_id._last_work_day(case.expected_on, policy.tz),
        }
        self.env["complaint.deadline"].sudo().create(
            dict(
                row,
                case_id=case.id,
                company_id=case.company_id.id,
                milestone="close",
                next_at=self.env["complaint.deadline"]._first_step_at(limited[0], row),
            )
        )
