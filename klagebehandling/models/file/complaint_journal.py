from odoo import api, models

HIDDEN = {"originals"}


class ComplaintJournal(models.Model):
    """What happened to files, in words."""

    _inherit = "complaint.journal"

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | HIDDEN

    def _event_labels(self):
        return {
            **super()._event_labels(),
            "files_received": self.env._("Files received"),
            "original_requested": self.env._("Custodian asked to look at a file"),
            "original_opened": self.env._("Original of a file opened"),
            "original_refused": self.env._("Original of a file refused"),
            "original_released": self.env._("File given out by the custodian"),
        }

    def _key_labels(self):
        return {
            **super()._key_labels(),
            "file": self.env._("File"),
            "files": self.env._("Files"),
            "not_cleaned": self.env._("Could not be cleaned"),
        }

    def _explain(self, payload):
        """Without the digests of the originals: proof, not words."""
        words = super()._explain(payload)
        return {key: value for key, value in words.items() if key not in HIDDEN}
