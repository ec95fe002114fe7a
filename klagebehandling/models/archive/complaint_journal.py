from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("bundled", "Taken out as an archive bundle")]


class ComplaintJournal(models.Model):
    """Who took a case out as a bundle; by its digest it is known again."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"bundled"}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"digest"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "digest": self.env._("Fingerprint (SHA-256)"),
        }
