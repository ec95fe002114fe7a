from odoo import models
from odoo.tools import SQL


class ComplaintJournal(models.Model):
    """What people wrote can go, that they wrote it stays."""

    _inherit = "complaint.journal"

    def _erase_texts(self):
        """Remove the texts of entries for good; their chains stay whole.

        The erasure is an entry itself: without one, a text that is gone is told as
        tampering. The salts go too, so that a short text cannot be guessed.
        """
        erasable = self.sudo().filtered(lambda entry: entry.texts)
        entries = [
            (case, "texts_erased", {"entries": sorted(group.mapped("sequence"))})
            for case, group in erasable.grouped("case_id").items()
        ]
        if entries:
            self.sudo()._append(entries)
            self.env.flush_all()
            # Algorithm 1 has one digest for both: its payload goes as well.
            self.env.execute_query(
                SQL(
                    """UPDATE complaint_journal SET texts = NULL, texts_salt = NULL,
                    payload = CASE WHEN algorithm = 1 THEN NULL ELSE payload END,
                    salt = CASE WHEN algorithm = 1 THEN NULL ELSE salt END
                    WHERE id = ANY(%s) RETURNING id""",
                    erasable.ids,
                )
            )
            erasable.invalidate_recordset()
