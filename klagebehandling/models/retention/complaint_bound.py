from odoo import api, models

from ...sealing.journal_check import Finding, payload_of
from ..journal.complaint_bound import LATER_TEXTS, TEXTS
from ..journal.complaint_bound_check import name_of
from .complaint_unseen import MARK

NOTHING = {False, "", MARK}


class ComplaintBound(models.AbstractModel):
    """Words that are gone are explained by a disposal that the journal holds.

    Only that they are gone: a fact that a disposal leaves, or other words in their
    place, were changed past Odoo. Words that are there after it were not disposed of.
    """

    _inherit = "complaint.bound"

    @api.model
    def _speaking(self):
        return {**super()._speaking(), "disposed": self._facts().keys()}

    def _compare(self, case, entries, now):
        yield from super()._compare(case, entries, now)
        told = [
            entry.sequence
            for entry in entries
            if entry.event == "disposed" and payload_of(entry).get("part") == "disposed"
        ]
        if not told:
            return
        _first, bound = self._bound_by(case, entries)
        for key, (_sequence, digest) in sorted(bound.items()):
            is_as_before = now.get(key) == digest and (key == "words" or ":" in key)
            if is_as_before and not self._is_left_empty(case, key):
                yield Finding("undisposed", case.reference, told[-1], name_of(key))

    def _say_difference(self, case, entries, key, sequence):
        told = [
            entry.sequence
            for entry in entries
            if entry.event == "disposed" and entry.sequence > sequence
        ]
        if told and self._is_left_empty(case, key):
            return Finding("explained", case.reference, told[-1], name_of(key))
        return super()._say_difference(case, entries, key, sequence)

    def _is_left_empty(self, case, key):
        """Whether no word is left of a row, or of the case."""
        name, _colon, row = key.partition(":")
        if not row:
            left = {case[word] for word in (*TEXTS, *LATER_TEXTS)} - NOTHING
            return name == "words" and not left
        record = self._open(self.env[f"complaint.{name}"].browse(int(row))).exists()
        left = {record[word] for word in record._words} - NOTHING
        return bool(record) and not record.words_salt and not left
