from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("rights_extended", "More time for a request about own data")]


class ComplaintCompanyJournal(models.Model):
    """That the answer to a person takes longer, and why; never who it is."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"right_asked", "until"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "right_asked": self.env._("What the person asks for"),
            "until": self.env._("Until"),
        }
