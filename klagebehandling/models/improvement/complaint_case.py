from odoo import fields, models
from odoo.exceptions import UserError

from ...roles import READERS
from ..investigation.complaint_case import ComplaintCase as Investigated
from .complaint_deadline import OWN_MILESTONES


class ComplaintCase(models.Model):
    """Adds the measures of a case: what was put right, and what changes (B-02).

    A case may close while they run; who looks after them does so afterwards (M39).
    """

    _inherit = "complaint.case"
    _words = (*Investigated._words, "no_measure_reason", "dialogue_attempt")

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )
    action_ids = fields.One2many("complaint.action", "case_id", string="Measures")
    action_count = fields.Integer(compute="_compute_action_count")
    no_measure_reason = fields.Text(
        string="Why there is no measure",
        groups=READERS,
        help="Where nothing was done and nothing will be.",
    )

    dialogue_attempt = fields.Text(
        string="How it was tried in dialogue",
        groups=READERS,
        help="With the person, where it happened: what was tried, and what came of it.",
    )
    is_dialogue_told = fields.Boolean(
        string="Tell the person how it was tried", default=True, groups=READERS
    )

    def _compute_action_count(self):
        self._count_parts("complaint.action", "case_id", "action_count")

    def _writable(self):
        names = super()._writable() | {"action_ids"}
        if not any(case._has_ended() for case in self):
            names |= {"no_measure_reason", "dialogue_attempt", "is_dialogue_told"}
        return names

    def _check_closing(self):
        """Demand a measure, or the reason for none, where the procedure does (B-07).

        What was done for the person counts as one, wherever it is written.
        """
        super()._check_closing()
        case_sudo = self.sudo()
        case_sudo._check_three_answers()
        if not case_sudo.policy_id.is_measure_required or case_sudo.remedy:
            return
        if case_sudo._measures() or (case_sudo.no_measure_reason or "").strip():
            return
        raise UserError(
            self.env._(
                "Before the case is closed, enter a measure or how it was put right, "
                "or write why there is none."
            )
        )

    def _check_three_answers(self):
        """Demand dialogue, put right and learned, where the procedure does (D-10)."""
        if not self.policy_id.is_dialogue_required or self.kind == "praise":
            return
        answers = {
            self.env._("how it was tried in dialogue"): self.dialogue_attempt,
            self.env._("how it was put right, or why nothing is"): self.remedy
            or self.no_measure_reason
            or self._measures(),
            self.env._("what was learned"): self.lesson,
        }
        missing = [label for label, answer in answers.items() if not answer]
        if missing:
            self._miss(
                "three_answers",
                self.env._(
                    "Before the case is closed, enter %(missing)s.",
                    missing=", ".join(missing),
                ),
            )

    def _say_closing(self, reason=None, lesson=None, case=None):
        """What was learned is told where it is one of the three answers."""
        case_sudo = (case or self).sudo()
        if lesson is None and case_sudo.policy_id.is_dialogue_required:
            lesson = case_sudo.lesson
        return super()._say_closing(reason, lesson, case)

    def _measures(self):
        """The measures that answer for a closing: done, or still to be done."""
        return self.action_ids.filtered(lambda one: one.state != "dropped")

    def _write_to_complainant(self, purpose, body=None, medium=None, meets=None):
        letter = super()._write_to_complainant(purpose, body, medium, meets)
        if purpose in ("reply", "closing"):
            self.sudo()._tell_remedies(letter)
        return letter

    def _record_told(self, purpose, body, medium, meets, told_on, told_by):
        letter = super()._record_told(purpose, body, medium, meets, told_on, told_by)
        self.sudo()._tell_remedies(letter)
        return letter

    def _tell_remedies(self, letter):
        """What was put right for the person is told by an answer that leaves (D-47)."""
        done = self.action_ids.filtered(
            lambda one: one.is_remedy and one.done_on and not one.letter_id
        )
        done.letter_id = letter

    def _revoke(self):
        super()._revoke()
        for case in self.sudo():
            issues = self.env["complaint.issue"].sudo()
            issues = issues.search([("case_ids", "in", case.ids)])
            actions = case.action_ids | issues.action_ids
            actions._take_from(case._kept_out())
