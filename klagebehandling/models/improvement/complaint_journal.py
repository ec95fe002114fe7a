from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("measure_opened", "Measure decided"),
    ("measure_given", "Measure given to another owner"),
    ("measure_moved", "Measure is done later"),
    ("measure_done", "Measure done"),
    ("measure_dropped", "Measure is not done"),
    ("measure_checked", "Effect of a measure checked"),
]
# Of what is found across cases: no work on any of them.
ACROSS = [
    ("pattern_accepted", "A pattern with this case was accepted"),
    ("pattern_dismissed", "A pattern with this case was dismissed"),
    ("issue_closed", "A systemic issue with this case was closed"),
    ("lesson_released", "A lesson from this and other cases went out"),
]


class ComplaintJournal(models.Model):
    """That measures of a case were decided and done, and what it was a part of."""

    _inherit = "complaint.journal"

    event = fields.Selection(
        selection_add=EVENTS + ACROSS, ondelete=kept(EVENTS + ACROSS)
    )

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {code for code, _label in ACROSS}
