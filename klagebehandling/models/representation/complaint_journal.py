from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("authorisation_shown", "An authorisation was shown"),
    ("authorisation_copied", "A copy of an authorisation was sealed"),
    ("authorisation_ended", "An authorisation has ended"),
    ("unauthorised_written", "Written although no authorisation was shown"),
    ("own_view_recorded", "What the person it is about says was recorded"),
]


class ComplaintJournal(models.Model):
    """By what right somebody spoke for another; never what the person says."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {code for code, _label in OWN_MILESTONES}
        keys = {"authority", "shown", "ended_by", "own_view"}
        return super()._fact_keys() | keys | own

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "authority": ("complaint.authorisation", "kind"),
            "shown": ("complaint.authorisation", "shown"),
            "ended_by": ("complaint.authorisation", "ended_by"),
            "own_view": ("complaint.case", "own_view_how"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "authority": self.env._("Authorisation"),
            "shown": self.env._("How it was shown"),
            "ended_by": self.env._("Ended by"),
            "own_view": self.env._("The person it is about"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "authorisation_ended": self.env._("Somebody no longer speaks for you."),
        }
