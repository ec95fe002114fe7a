from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("access_disposed", "Request disposed of")]


class ComplaintCompanyJournal(models.Model):
    """That a request is disposed of, and by which decision; its number remains."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"basis", "decision"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "basis": self.env._("Legal basis"),
            "decision": self.env._("Disposal decision"),
        }
