from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("rights_asked", "The person asks about own data"),
    ("rights_given", "What the person asked about own data is done"),
    ("rights_refused", "What the person asked about own data is refused"),
    ("rights_ended", "Restriction of data lifted"),
]


class ComplaintJournal(models.Model):
    """What became of what a person asked about the own data."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {event for event, _label in EVENTS}

    @api.model
    def _fact_keys(self):
        own = {code for code, _label in OWN_MILESTONES}
        return super()._fact_keys() | {"right_asked"} | own

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "right_asked": ("complaint.access.request", "right"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "right_asked": self.env._("What the person asks for"),
        }

    @api.model
    def _timeline_letters(self):
        return {
            **super()._timeline_letters(),
            "rights_answer": self.env._("We answered what you asked about your data."),
            "rights_extended": self.env._(
                "We told you that we need more time for your request about your data."
            ),
            "rights_ended": self.env._("We told you that your data are used again."),
        }
