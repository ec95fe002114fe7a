from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("register_extracted", "Extract of the register taken out")]


class ComplaintCompanyJournal(models.Model):
    """Keeps who took out which days of the register, and a digest of the bytes."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"digest", "first", "is_public_journal", "last"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "digest": self.env._("Fingerprint (SHA-256)"),
            "first": self.env._("From"),
            "is_public_journal": self.env._("Public journal"),
            "last": self.env._("To"),
        }
