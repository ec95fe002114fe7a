from odoo import api, fields, models

from ..journal.complaint_chain import kept

# Of what is found across cases: no work on any of them.
ACROSS = [
    ("pattern_accepted", "A pattern with this case was accepted"),
    ("pattern_dismissed", "A pattern with this case was dismissed"),
    ("issue_closed", "A systemic issue with this case was closed"),
    ("lesson_released", "A lesson from this and other cases went out"),
]


class ComplaintJournal(models.Model):
    """What was found across cases, and what came of that."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=ACROSS, ondelete=kept(ACROSS))

    @api.model
    def _idle_events(self):
        across = {code for code, _label in ACROSS}
        return super()._idle_events() | across | {"measure_late"}
