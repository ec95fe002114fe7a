from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("inspection_opened", "Inspection opened"),
    ("inspection_password", "New password for an inspection"),
    ("inspection_ended", "Inspection ended"),
]


class ComplaintCompanyJournal(models.Model):
    """Who let an inspector in, until when, and how to draw the sample anew."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {"inspection", "method", "sample_size", "scope", "seed", "valid_until"}
        return super()._fact_keys() | own

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "inspection": self.env._("Inspection"),
            "method": self.env._("How the sample is drawn"),
            "sample_size": self.env._("Cases in the sample"),
            "scope": self.env._("Units"),
            "seed": self.env._("Seed of the sample"),
            "valid_until": self.env._("Open until"),
        }
