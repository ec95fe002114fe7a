from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("checkback_asked", "Asked how it has gone since"),
    ("checkback_answered", "The person said how it has gone since"),
]


class ComplaintJournal(models.Model):
    """That a person was asked again, and what the answer was; never its words."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {code for code, _label in OWN_MILESTONES}
        return super()._fact_keys() | {"answered"} | own

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "answered": ("complaint.checkback", "answer"),
        }

    @api.model
    def _key_labels(self):
        return {**super()._key_labels(), "answered": self.env._("Answer")}

    @api.model
    def _timeline_letters(self):
        return {
            **super()._timeline_letters(),
            "checkback": self.env._("We asked you how it has gone since."),
        }
