from odoo import api, models
from odoo.tools import SQL

from .. import journal_seal
from ..journal_check import Chain, ChainCheck, Entry, Finding

# So many chains are read at once.
BATCH = 1000


class ComplaintJournal(models.Model):
    """Whether the journal is as it was written (M19).

    Everything is read by SQL, past the cache and the rights: evidence of what the
    database holds. Nothing here is shown to anybody but as the answer of an action.
    """

    _inherit = "complaint.journal"

    @api.model
    def _verify(self, cases):
        """What is wrong with the chains of cases.

        :return: list of :class:`Finding`; empty where the journals are whole
        """
        return list(self._findings(self._new_check(), cases.ids))

    @api.model
    def _new_check(self):
        self.env.flush_all()
        return ChainCheck(journal_seal.secrets_by_mark())

    @api.model
    def _findings(self, check, case_ids):
        """Walk the chains of cases in batches; with the keys that are missing."""
        for start in range(0, len(case_ids), BATCH):
            yield from self._walk_batch(check, case_ids[start : start + BATCH])
        yield from self._keyless(check)

    @api.model
    def _all_findings(self, check):
        """Walk every chain there is: the organisations' first, with their anchors."""
        yield from self.env["complaint.company.journal"]._findings(check)
        for batch in self._case_batches():
            yield from self._walk_batch(check, batch)
        yield from self._orphans()
        yield from self._keyless(check)

    @api.model
    def _case_batches(self):
        last = 0
        while True:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM complaint_case WHERE id > %s ORDER BY id LIMIT %s",
                    last,
                    BATCH,
                )
            )
            if not rows:
                return
            yield [row[0] for row in rows]
            last = rows[-1][0]

    @api.model
    def _walk_batch(self, check, case_ids):
        chains = self.env.execute_query(
            SQL(
                """SELECT id, reference, company_id, journal_head, journal_count
                FROM complaint_case WHERE id = ANY(%s) ORDER BY id""",
                list(case_ids),
            )
        )
        entries = self._entries("complaint_journal", "case_id", case_ids)
        plain_until = self.env["complaint.company.journal"]._plain_until(
            check, {chain[2] for chain in chains}
        )
        for case_id, reference, company_id, head, count in chains:
            chain = Chain(
                reference, company_id, head, count, plain_until.get(company_id, 0)
            )
            yield from check.walk(chain, entries.get(case_id, ()))

    @api.model
    def _entries(self, table, owner, ids, event=None):
        """The entries of some chains as they stand in the database, by owner.

        :param event: only these
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT id, %(owner)s, company_id, sequence, event, logged_on,
                user_id, payload::text, salt, payload_digest, texts::text, texts_salt,
                texts_digest, previous_digest, digest, algorithm, key_mark
                FROM %(table)s WHERE %(owner)s = ANY(%(ids)s) AND %(only)s
                ORDER BY %(owner)s, sequence""",
                owner=SQL.identifier(owner),
                table=SQL.identifier(table),
                ids=list(ids),
                only=SQL("event = %s", event) if event else SQL("TRUE"),
            )
        )
        entries = {}
        for entry in map(Entry._make, rows):
            entries.setdefault(entry.owner_id, []).append(entry)
        return entries

    @api.model
    def _orphans(self):
        """Entries whose case is gone: it was deleted past Odoo."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT entry.case_id FROM complaint_journal entry
                LEFT JOIN complaint_case owner ON owner.id = entry.case_id
                WHERE owner.id IS NULL ORDER BY entry.case_id"""
            )
        )
        for (case_id,) in rows:
            yield Finding("orphan", f"id {case_id}", 0)

    @api.model
    def _keyless(self, check):
        for mark, count in sorted(check.keyless.items()):
            yield Finding("key", mark or "-", count)
