from odoo import api, models

from ...sealing import journal_seal


class ComplaintBound(models.AbstractModel):
    """Each running note is bound by the entry that says that it was written."""

    _inherit = "complaint.bound"

    @api.model
    def _explaining(self):
        return {**super()._explaining(), "note": {"text_erased"}}

    @api.model
    def _row_digests(self, cases):
        digests = super()._row_digests(cases)
        notes = self.env["complaint.note"].sudo().search([("case_id", "in", cases.ids)])
        for note, digest in self._note_digests(notes).items():
            case = cases.browse(note.case_id.id)
            digests.setdefault(case, {})[f"note:{note.id}"] = digest
        return digests

    @api.model
    def _note_digests(self, notes):
        """By note, the digest of what it says, of whom, when, and what it corrects.

        A note whose salt is gone has none.
        """
        return {
            note: journal_seal.fact_digest(
                "note",
                [
                    note.body or "",
                    str(note.noted_on),
                    note.author_id.id,
                    note.corrects_id.id,
                ],
                note.words_salt,
            )
            for note in notes.sudo()
            if note.words_salt
        }
