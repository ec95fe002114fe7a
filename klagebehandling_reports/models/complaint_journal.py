from odoo import models


class ComplaintJournal(models.Model):
    """Words for what this addon enters."""

    _inherit = "complaint.journal"

    def _event_labels(self):
        return dict(super()._event_labels(), printed=self.env._("Letter printed"))

    def _key_labels(self):
        return dict(
            super()._key_labels(),
            digest=self.env._("Fingerprint (SHA-256)"),
            is_draft=self.env._("A draft"),
            is_reprint=self.env._("The same bytes again"),
            is_screen=self.env._("From the screen"),
        )
