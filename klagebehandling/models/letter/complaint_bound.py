from odoo import api, models
from odoo.tools import SQL

from ...sealing import journal_seal
from ..journal.complaint_bound import moment

LETTER = "correspondence"


class ComplaintBound(models.AbstractModel):
    """Each letter is bound by the entry that says that it was sent, or came in."""

    _inherit = "complaint.bound"

    @api.model
    def _explaining(self):
        return {
            **super()._explaining(),
            LETTER: {"correspondence_failed", "text_erased"},
        }

    @api.model
    def _row_digests(self, cases):
        letters = self.env["complaint.correspondence"].sudo()
        digests = super()._row_digests(cases)
        for case_id, key, digest in self._read_letters(
            letters, SQL("case_id = ANY(%s) AND state = 'sent'", cases.ids)
        ):
            digests.setdefault(cases.browse(case_id), {})[key] = digest
        return digests

    @api.model
    def _bind_letters(self, letters):
        """By the id of a letter, what its entry adds to the payload."""
        rows = self._read_letters(letters, SQL("id = ANY(%s)", letters.ids))
        return {
            int(key.partition(":")[2]): {"binds": {key: digest}}
            for _case_id, key, digest in rows
        }

    @api.model
    def _read_letters(self, letters, which):
        """The digests of letters as they stand in the database: what is cleaned as it
        is stored may be another text in the cache.
        """
        letters.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id, case_id, words_salt, direction, purpose, medium, body,
                sent_at FROM complaint_correspondence
                WHERE words_salt IS NOT NULL AND %s""",
                which,
            )
        )
        for id_, case_id, salt, *facts, sent_at in rows:
            value = [*(fact or "" for fact in facts), moment(sent_at)]
            key = f"{LETTER}:{id_}"
            yield case_id, key, journal_seal.fact_digest(LETTER, value, salt)
