from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("conduct_recorded", "What happened in the contact was recorded"),
    ("limit_proposed", "Limit of contact proposed"),
    ("limit_decided", "Limit of contact decided"),
    ("limit_refused", "Limit of contact not decided"),
    ("limit_lifted", "Limit of contact lifted"),
    ("limit_ended", "Limit of contact ended"),
    ("limit_objected", "Objection to a limit of contact"),
    ("limit_reviewed", "Objection to a limit of contact answered"),
]


class ComplaintJournal(models.Model):
    """That contact was limited, by whom, until when; never what happened."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {code for code, _label in OWN_MILESTONES}
        keys = {"contact", "decision", "happened_on"}
        return super()._fact_keys() | keys | own

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "contact": ("complaint.conduct.limit", "kind"),
            "decision": ("complaint.conduct.limit", "state"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "contact": self.env._("Contact"),
            "decision": self.env._("Decision"),
            "happened_on": self.env._("Day"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "limit_objected": self.env._("You objected to how we keep in contact."),
            "limit_lifted": self.env._("We no longer limit how we keep in contact."),
            "limit_ended": self.env._("We no longer limit how we keep in contact."),
        }

    @api.model
    def _timeline_letters(self):
        return {
            **super()._timeline_letters(),
            "limit": self.env._("We told you how we keep in contact for a while."),
            "limit_review": self.env._("We answered your objection."),
        }
