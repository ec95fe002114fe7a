from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("report_published", "Yearly report published")]


class ComplaintCompanyJournal(models.Model):
    """Keeps when a report was published, and the fingerprints of its files."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"digests", "is_public", "revision"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "digests": self.env._("Fingerprints (SHA-256)"),
            "is_public": self.env._("Public"),
            "revision": self.env._("Version"),
        }
