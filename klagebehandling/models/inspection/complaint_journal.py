from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("inspected", "Opened by an inspector")]


class ComplaintJournal(models.Model):
    """That an inspector has opened a case, and in which inspection."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"inspection"}

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"inspected"}

    @api.model
    def _key_labels(self):
        return {**super()._key_labels(), "inspection": self.env._("Inspection")}
