from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("numbered", "Entered in the register"),
    ("register_changed", "What registers say of it changed"),
    ("registration_cancelled", "Row of the register cancelled"),
]


class ComplaintJournal(models.Model):
    """That a case stands in the register; its number only as a mark under our key."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"numbered", "registration_cancelled"}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {
            "external_number",
            "is_register_secret",
            "number_mark",
        }

    @api.model
    def _hidden_keys(self):
        return super()._hidden_keys() | {"number_mark"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "external_number": self.env._("Number in the central register"),
            "is_register_secret": self.env._("Secret in the register"),
        }
