from odoo import models


class ComplaintJournal(models.Model):
    """Words for what is done with protected identities."""

    _inherit = "complaint.journal"

    def _event_labels(self):
        return {
            **super()._event_labels(),
            "identity_requested": self.env._("Asked to see a protected identity"),
            "identity_granted": self.env._("Protected identity opened to who asked"),
            "identity_refused": self.env._("Protected identity kept closed"),
            "identity_revealed": self.env._("Protected identity seen by who asked"),
            "identity_read": self.env._("Protected identity read by a custodian"),
        }

    def _key_labels(self):
        return {**super()._key_labels(), "request": self.env._("Request")}
