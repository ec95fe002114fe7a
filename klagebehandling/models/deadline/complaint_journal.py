from odoo import api, fields, models

from ...vocabulary import MILESTONES
from ..journal.complaint_chain import kept

EVENTS = [
    ("deadlines_opened", "Time limits started"),
    ("deadline_extended", "New date for a duty"),
    ("deadline_late", "Duty is late"),
    ("deadline_met", "Duty done"),
    ("deadline_waived", "Duty fell away"),
    ("deadline_warned", "Asked to do a duty in time"),
]
FACTS = {
    *(code for code, _label in MILESTONES),
    "due_on",
    "level",
    "milestone",
    "until",
}


class ComplaintJournal(models.Model):
    """What becomes of the duties; a duty is also the key of its own date."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"deadline_late", "deadline_warned"}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | FACTS

    @api.model
    def _bound_labels(self):
        return {**super()._bound_labels(), "promises": self.env._("the date of a duty")}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "level": ("complaint.deadline", "warned"),
            "milestone": ("complaint.deadline", "milestone"),
        }

    @api.model
    def _key_labels(self):
        milestones = self.env["complaint.deadline"]._fields["milestone"]
        return {
            **super()._key_labels(),
            **dict(milestones._description_selection(self.env)),
            "due_on": self.env._("Due"),
            "is_late": self.env._("Late"),
            "level": self.env._("Asked"),
            "milestone": self.env._("Duty"),
            "until": self.env._("New date"),
        }
