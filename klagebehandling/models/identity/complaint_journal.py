from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("party_added", "Person added"),
    ("party_changed", "Person changed"),
    ("identity_corrected", "Identity corrected"),
    ("identity_requested", "Asked to see a protected identity"),
    ("identity_granted", "Protected identity opened to who asked"),
    ("identity_refused", "Protected identity kept closed"),
    ("identity_revealed", "Protected identity seen by who asked"),
    ("identity_read", "Protected identity read by a custodian"),
    ("identity_erased", "Identity erased"),
]


class ComplaintJournal(models.Model):
    """What is done with persons and their identities."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"identity_read"}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"field", "role"}

    @api.model
    def _hidden_keys(self):
        return super()._hidden_keys() | {"party"}

    @api.model
    def _bound_labels(self):
        return {**super()._bound_labels(), "roles": self.env._("the role of a person")}

    @api.model
    def _explained_fields(self):
        return {**super()._explained_fields(), "role": ("complaint.party", "role")}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "field": self.env._("Field"),
            "request": self.env._("Request"),
            "role": self.env._("Role"),
        }
