from odoo import fields, models
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


class ComplaintCase(models.Model):
    """The way of a case: each action meets its deadlines, tells the complainant and
    writes to the journal."""

    _inherit = "complaint.case"

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

    def _write_to_complainant(self, purpose, body=None, medium=None):
        """Queue a document to the complainant in the channel the person chose."""
        letter_sudo = self.env["complaint.correspondence"].sudo()
        body = body or letter_sudo._default_body(self.sudo(), purpose)
        return letter_sudo.create(
            {
                "case_id": self.id,
                "purpose": purpose,
                "medium": medium or self.reply_channel or "portal",
                "lang": self.lang or self.policy_id.lang,
                "body": body,
                "state": "queued",
            }
        )._send()

    def _open_deadlines(self, start, milestones=None):
        """Open the rows of the procedure that apply, counted from an instant."""
        Deadline = self.env["complaint.deadline"].sudo()
        for case in self.sudo():
            day = case.policy_id._local(start).date()
            horizon = max(
                (term._horizon(day) for term in case.policy_id.term_ids), default=day
            )
            case.policy_id._ensure_calendar(day, horizon)
            rows = Deadline._prepare(
                case.policy_id, case._facts(), case._moment(start), milestones
            )
            Deadline.create(
                [
                    dict(row, case_id=case.id, company_id=case.company_id.id)
                    for row in rows
                ]
            )
