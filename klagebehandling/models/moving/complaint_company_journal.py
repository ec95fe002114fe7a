from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("import_started", "Moving in of older complaints approved"),
    ("import_ended", "Moving in of older complaints ended"),
]


class ComplaintCompanyJournal(models.Model):
    """Who moved in which file, and how much of it; not a word of what it held."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {"closed_count", "left_out", "moved_count", "open_count"}
        return super()._fact_keys() | own

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "closed_count": self.env._("Ended cases"),
            "left_out": self.env._("Left out"),
            "moved_count": self.env._("Moved in"),
            "open_count": self.env._("Open cases"),
        }
