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
    _words = (*Investigated._words, "no_measure_reason")

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

    def _compute_action_count(self):
        self._count_parts("complaint.action", "case_id", "action_count")

    def _writable(self):
        names = super()._writable() | {"action_ids"}
        if not any(case._has_ended() for case in self):
            names |= {"no_measure_reason"}
        return names

    def _check_closing(self):
        """Demand a measure, or the reason for none, where the procedure does (B-07).

        What was done for the person counts as one, wherever it is written.
        """
        super()._check_closing()
        case_sudo = self.sudo()
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
