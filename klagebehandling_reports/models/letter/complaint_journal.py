from odoo import api, fields, models

from odoo.addons.klagebehandling.models.journal.complaint_chain import kept

EVENTS = [("printed", "Letter printed")]


class ComplaintJournal(models.Model):
    """What is printed."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"digest"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "digest": self.env._("Fingerprint (SHA-256)"),
            "is_draft": self.env._("A draft"),
            "is_reprint": self.env._("The same bytes again"),
            "is_screen": self.env._("From the screen"),
        }
