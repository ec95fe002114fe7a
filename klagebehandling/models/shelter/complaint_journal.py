from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("protection_set", "Level of protection set"),
    ("address_removed", "Address removed"),
    ("words_masked", "Words taken out"),
    ("original_emptied", "Content of an original removed"),
    ("envelopes_printed", "Envelopes printed"),
]


class ComplaintJournal(models.Model):
    """That somebody was protected, and what was taken out; no word of it."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"places", "protection"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "places": self.env._("Texts"),
            "protection": self.env._("Level of protection"),
        }
