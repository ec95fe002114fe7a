from odoo import models


class ComplaintNote(models.Model):
    """A running note as one entry of the dialogue, marked as internal."""

    _inherit = "complaint.note"

    def _as_entry(self):
        """The note as an entry of ``complaint.case._dialogue``."""
        title = self.env._("Note")
        if self.corrects_id:
            title = self.env._(
                "Note, corrects that of %(day)s", day=str(self.corrects_id.noted_on)
            )
        return {
            "side": "note",
            "day": self.noted_on,
            "title": title,
            "who": self.author_id.name,
            "text": self.body,
        }
