from datetime import timedelta

from odoo import api, fields, models

from ...sealing.journal_check import Finding, payload_of

# A letter is sent in one transaction and entered in another.
SETTLED = timedelta(days=1)


class ComplaintBound(models.AbstractModel):
    """Whether the rows of cases are still what their journals say."""

    _inherit = "complaint.bound"

    @api.model
    def _differences(self, entries_by_case):
        """What was changed past Odoo in cases, and what their journals do not cover.

        :param entries_by_case: by the id of a case, its entries by sequence
        """
        cases = self.env["complaint.case"].browse(entries_by_case)
        # Past the cache: somebody has written to the database itself.
        self.env.invalidate_all(flush=False)
        cases = self._open(cases).exists()
        rows = self._row_digests(cases)
        for case in cases:
            entries = entries_by_case[case.id]
            now = {**self._digests(case), **rows.get(case, {})}
            yield from self._compare(case, entries, now)

    def _compare(self, case, entries, now):
        """Findings of one case.

        :param now: by key, the digests of what stands in the database
        """
        first, bound = self._bound_by(case, entries)
        if first != 1:
            yield Finding("uncovered", case.reference, first or 0)
        for key, (sequence, digest) in sorted(bound.items()):
            if now.get(key) != digest and self._is_known(key):
                yield self._say_difference(case, entries, key, sequence)
        for key in sorted(now.keys() - bound.keys()) if first else ():
            if ":" in key and self._is_settled(key):
                yield Finding("unbound", case.reference, 0, name_of(key))

    def _bound_by(self, case, entries):
        """From which entry on facts are bound, and by key the last digest of each."""
        first, bound = None, {}
        for entry in entries:
            payload = payload_of(entry)
            digests = payload.get("binds")
            if isinstance(digests, dict) and digests:
                first = first or entry.sequence
                bound |= {key: (entry.sequence, one) for key, one in digests.items()}
            if first and entry.event == "handler_assigned":
                # Said in the open.
                told = {
                    "handler_id": payload.get("handler") or 0,
                    "facts_salt": case.facts_salt,
                }
                digest = self._digests(told, ["handler"]).get("handler")
                bound["handler"] = entry.sequence, digest
        return first, bound

    def _is_known(self, key):
        """Whether the code that bound it is there: an addon may be gone."""
        return ":" in key or key in self._facts()

    def _say_difference(self, case, entries, key, sequence):
        name, _colon, row = key.partition(":")
        events = self._explaining().get(name, ())
        for entry in entries:
            is_later = entry.sequence > sequence and entry.event in events
            if is_later and self._explains(case, entry, name, row):
                return Finding("explained", case.reference, entry.sequence, name)
        return Finding("differs", case.reference, sequence, name)

    def _explains(self, case, entry, name, row):
        """Whether an entry is about this row; what it says was removed is not there.

        :param row: the id of a row, as text; empty for what is of the case itself
        """
        payload = payload_of(entry)
        record = case
        if row:
            record = self._open(self.env[f"complaint.{name}"].browse(int(row)))
        if payload.get("row") != record.id:
            return False
        if payload.get("model", record._name) != record._name:
            return False
        is_emptied = not any(record[word] for word in record._words)
        return entry.event != "text_erased" or not record.exists() or is_emptied

    def _is_settled(self, key):
        """Whether a row is so old that its entry must be there."""
        name, _colon, row = key.partition(":")
        record = self.env[f"complaint.{name}"].sudo().browse(int(row))
        return record.create_date < fields.Datetime.now() - SETTLED


def name_of(key):
    return key.partition(":")[0]
