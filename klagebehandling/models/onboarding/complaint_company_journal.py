from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("key_backed_up", "The key was backed up")]


class ComplaintCompanyJournal(models.Model):
    """Keeps who said when that the key is backed up, and which ring it was."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"ring"}

    @api.model
    def _key_labels(self):
        return {**super()._key_labels(), "ring": self.env._("Mark of the key ring")}
