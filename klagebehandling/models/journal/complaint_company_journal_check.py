from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...sealing import journal_witness
from ...sealing.journal_check import Chain, Finding, is_number, payload_of
from ...sealing.journal_seal import PLAIN
from .complaint_company_journal import ANCHORS, BATCH, bind

# Anchors so late tell that the clock stands still.
DAYS_LATE = 7


class ComplaintCompanyJournal(models.Model):
    """Whether the organisation's journal and its anchors are as they were written."""

    _inherit = "complaint.company.journal"

    @api.model
    def _chains(self, company_ids=None):
        """The organisations' chains, each with its entries."""
        companies = self.env.execute_query(
            SQL(
                """SELECT id, complaint_journal_head, complaint_journal_count
                FROM res_company ORDER BY id"""
            )
        )
        for company_id, head, count in companies:
            if company_ids is not None and company_id not in company_ids:
                continue
            entries = self.env["complaint.journal"]._entries(
                self._table, "company_id", [company_id]
            )
            if entries or count or head:
                chain = Chain(self._reference(company_id), company_id, head, count)
                yield chain, entries.get(company_id, [])

    @api.model
    def _plain_until(self, check, company_ids):
        """By company, up to which entry the first algorithm was adopted."""
        adopted = self.env["complaint.journal"]._entries(
            self._table, "company_id", company_ids, event="adopted"
        )
        return {
            company_id: anchor["until_id"]
            for company_id, entries in adopted.items()
            for _entry, anchor in self._anchors(check, company_id, entries)
        }

    @api.model
    def _anchors(self, check, company_id, entries):
        """The anchors that are not forged, with what they say."""
        chain = Chain(self._reference(company_id), company_id, None, 0)
        for entry in entries:
            if entry.event not in ANCHORS or entry.algorithm == PLAIN:
                continue
            anchor = payload_of(entry)
            is_complete = all(
                map(is_number, (anchor.get("after_id"), anchor.get("until_id")))
            )
            if is_complete and check.is_genuine(chain, entry) is not False:
                yield entry, anchor

    @api.model
    def _findings(self, check, company_ids=None):
        """What is wrong with the chains, with what they bind, and with their ends."""
        seen = {}
        for chain, entries in self._chains(company_ids):
            yield from check.walk(chain, entries)
            yield from self._anchor_findings(check, chain, entries)
            seen[chain.company_id] = {(one.sequence, one.digest) for one in entries}
        heads = journal_witness.last_heads(self._database())
        for company_id, (count, head) in sorted(heads.items()):
            is_asked = company_ids is None or company_id in company_ids
            if is_asked and count and (count, head) not in seen.get(company_id, ()):
                yield Finding("set_back", self._reference(company_id), count)

    @api.model
    def _anchor_findings(self, check, chain, entries):
        until = 0
        gone = self.env["complaint.commitment"]._gone(chain.company_id)
        for entry, anchor in self._anchors(check, chain.company_id, entries):
            until = anchor["until_id"]
            is_whole = self._are_marks_whole(chain.company_id, anchor)
            bound = self._bound_digest(chain.company_id, anchor)
            if bound != anchor.get("bound") or not is_whole:
                yield Finding("anchor", chain.reference, entry.sequence)
            if gone and gone[0] <= anchor.get("until_mark", 0):
                yield Finding("anchor", chain.reference, entry.sequence, "gone")
                gone = [id_ for id_ in gone if id_ > anchor["until_mark"]]
        if gone:
            yield Finding("anchor", chain.reference, 0, "gone")
        yield from self._late(chain, until)

    @api.model
    def _are_marks_whole(self, company_id, anchor):
        """Whether the commitments that an anchor binds are there as they were."""
        after, until = anchor.get("after_mark"), anchor.get("until_mark")
        if not (is_number(after) and is_number(until)):
            # Written before there were any.
            return "commitments" not in anchor
        marks = self.env["complaint.commitment"]._marks(company_id, after, until)
        return bind(marks).hexdigest() == anchor.get("commitments")

    @api.model
    def _bound_digest(self, company_id, anchor):
        """The digest over the entries that an anchor binds, as they are now."""
        digest, after = bind(()), anchor["after_id"]
        while rows := self._bound_rows(company_id, after, anchor["until_id"]):
            bind(rows, digest)
            after = rows[-1][0]
            if len(rows) < BATCH:
                break
        return digest.hexdigest()

    @api.model
    def _late(self, chain, until):
        """Tell where the nightly anchor has not been made for long."""
        rows = self._bound_rows(chain.company_id, until)[:1]
        limit = fields.Datetime.now() - timedelta(days=DAYS_LATE)
        if rows and rows[0][2] < limit:
            yield Finding("late", chain.reference, 0)
