import hashlib

from odoo import api, models

from ...sealing import journal_seal, keyring
from ..journal.complaint_bound import moment

ERASED = {"text_erased"}


class ComplaintBound(models.AbstractModel):
    """Frozen minutes, signatures and kept documents are bound row by row.

    Of minutes the check computes the fingerprint of what is sealed anew, of a document
    that of its bytes. What no key of the ring opens counts as what stands beside it:
    the command for the keys tells that.
    """

    _inherit = "complaint.bound"

    @api.model
    def _explaining(self):
        own = dict.fromkeys(("minutes", "signature", "minutes.document"), ERASED)
        return {**super()._explaining(), **own}

    @api.model
    def _row_digests(self, cases):
        digests = super()._row_digests(cases)
        makers = {
            "complaint.minutes": self._minutes_digests,
            "complaint.signature": self._signature_digests,
            "complaint.minutes.document": self._document_digests,
        }
        for model, make in makers.items():
            rows = self.env[model].sudo().search([("case_id", "in", cases.ids)])
            for case, own in rows.grouped("case_id").items():
                digests.setdefault(cases.browse(case.id), {}).update(make(own))
        return digests

    @api.model
    def _minutes_digests(self, rows):
        facts = {}
        for row in rows.sudo():
            if row.words_salt:
                value = [row.version, row.digest, self._content_digest(row)]
                key = f"minutes:{row.id}"
                facts[key] = journal_seal.fact_digest("minutes", value, row.words_salt)
        return facts

    @api.model
    def _content_digest(self, row):
        try:
            return row._digest_of(keyring.decrypt(row.content_sealed or ""))
        except keyring.IdentityUnreadable:
            return row.digest

    @api.model
    def _signature_digests(self, rows):
        facts = {}
        for row in rows.sudo():
            if row.words_salt:
                value = [
                    row.minutes_id.id,
                    row.side,
                    row.way,
                    row.is_refused,
                    row.remark or "",
                    moment(row.signed_at),
                    row.digest,
                    row.user_id.id,
                    row.witness_id.id,
                ]
                key = f"signature:{row.id}"
                facts[key] = journal_seal.fact_digest(
                    "signature", value, row.words_salt
                )
        return facts

    @api.model
    def _document_digests(self, rows):
        facts = {}
        for row in rows.sudo():
            if row.words_salt:
                raw = row._open()
                found = hashlib.sha256(raw).hexdigest() if raw else row.digest
                value = [row.minutes_id.id, row.kind, row.digest, found]
                key = f"minutes.document:{row.id}"
                facts[key] = journal_seal.fact_digest(
                    "minutes.document", value, row.words_salt
                )
        return facts
