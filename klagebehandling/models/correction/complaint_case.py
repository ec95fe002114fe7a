from odoo import api, fields, models

from ...roles import FACTS, READERS
from .complaint_correction import ROUTED_BY


class ComplaintCase(models.Model):
    """Adds the subject in our words, and enters what is changed by hand.

    A ground that nobody has entered yet, and a kind that is undecided, are entered in
    the form; what is wrong is corrected, with a reason (``action_correct``).
    """

    _name = "complaint.case"
    # The mixins first: what they do goes before what the rooms below do.
    _inherit = ["complaint.correction", "complaint.joining", "complaint.case"]

    subject = fields.Char(
        compute="_compute_subject",
        groups=READERS,
        help="In our words where we have found some, else as it was written.",
    )
    is_kind_open = fields.Boolean(
        compute="_compute_is_kind_open", help="The kind was not decided yet."
    )
    is_ground_open = fields.Boolean(
        compute="_compute_is_ground_open",
        groups=FACTS,
        help="No ground was entered yet.",
    )

    _outcome_closed = models.Constraint(
        "CHECK (state <> 'closed' OR outcome IS NOT NULL OR is_repeat)",
        "A closed case has an outcome, or goes on in another one.",
    )

    @api.depends("heading", "title")
    def _compute_subject(self):
        for case in self:
            case.subject = case.heading or case.title

    # As it is stored: in the form it stays open until it is saved.
    @api.depends("kind")
    def _compute_is_kind_open(self):
        for case in self:
            case.is_kind_open = case._origin.kind == "undecided"

    @api.depends("category_ids")
    def _compute_is_ground_open(self):
        for case in self:
            case.is_ground_open = not case._origin.category_ids

    @api.depends("heading")
    def _compute_display_name(self):
        super()._compute_display_name()
        if self.env.user.has_groups(READERS):
            for case in self.filtered("heading"):
                case.display_name = f"{case.reference} {case.heading}"

    def write(self, vals):
        """Enter what somebody changes by hand of where a case goes: past the act."""
        names = ROUTED_BY & vals.keys()
        if self.env.su or not names:
            return super().write(vals)
        before = {case: {name: case._stands(name) for name in names} for case in self}
        result = super().write(vals)
        for case in self.sudo():
            case._log_by_hand(before[case])
        return result

    def action_reopen(self, reason=None):
        """What is taken up again goes on by itself."""
        result = super().action_reopen(reason)
        self._go_on(reason)
        return result

    def _log_by_hand(self, before):
        now = {name: self._stands(name) for name in before}
        changed = {name: now[name] for name in now if now[name] != before[name]}
        if changed:
            told = {}
            for name in changed:
                told |= self._tell_sides(name, before[name], now[name])
            self._log("entered_by_hand", **told)
