from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("files_received", "Files received"),
    ("message_received", "Message received"),
    ("mail_from_elsewhere", "E-mail from another address received"),
    ("mail_kept", "E-mail sealed as it came"),
    ("original_requested", "Custodian asked to look at a file"),
    ("original_opened", "Original of a file opened"),
    ("original_refused", "Original of a file refused"),
    ("original_released", "File given out by the custodian"),
]


class ComplaintJournal(models.Model):
    """What comes in, and what happens to files."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"originals"}

    @api.model
    def _hidden_keys(self):
        # The digests of the originals.
        return super()._hidden_keys() | {"originals"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "file": self.env._("File"),
            "files": self.env._("Files"),
            "not_cleaned": self.env._("Could not be cleaned"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "message_received": self.env._("You wrote to us."),
        }
