from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [("moved_in", "Moved in from an older register")]


class ComplaintJournal(models.Model):
    """That a case was handled elsewhere before, and who moved it in from which file."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {"acknowledged_on", "closed_on", "digest", "end"}
        return super()._fact_keys() | own

    @api.model
    def _explained_fields(self):
        return {**super()._explained_fields(), "end": ("complaint.case", "state")}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "acknowledged_on": self.env._("Receipt acknowledged"),
            "closed_on": self.env._("Ended on"),
            "digest": self.env._("Fingerprint (SHA-256)"),
            "end": self.env._("How it ended"),
        }
