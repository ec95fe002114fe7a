from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("selfcheck_closed", "Self-check of a quarter closed")]


class ComplaintCompanyJournal(models.Model):
    """That the organisation has looked through a quarter."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _key_labels(self):
        return {**super()._key_labels(), "first_on": self.env._("Quarter from")}
