import hashlib
import json
from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.sql_db import Savepoint

from ...sealing.journal_check import COLUMNS, NOTES
from ..common import ComplaintCase


class JournalCase(ComplaintCase):
    """A few cases with a past, and somebody who may write SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()
        cls.case.with_user(cls.leader).action_acknowledge()
        cls.case.with_user(cls.leader).action_withdraw("She told me by phone")
        cls.other = cls._register()
        cls.other.with_user(cls.leader).action_investigate()
        cls.cases = cls.case | cls.other
        cls.journal = cls.env["complaint.journal"]
        cls.company_journal = cls.env["complaint.company.journal"]

    @classmethod
    def _anchor(cls):
        """Let the days go by after which the nightly anchor binds what is there."""
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            while cls.company_journal._anchor_next(
                cls.company, before=fields.Datetime.now() - timedelta(days=2)
            ):
                pass
        cls.env.flush_all()

    def _entries(self, case, event):
        self.env.invalidate_all()
        entries = case.sudo().journal_ids.filtered(lambda one: one.event == event)
        return entries.sorted("sequence")

    def _findings(self):
        """What the whole check finds, of this organisation."""
        check = self.journal._new_check()
        places = {f"company {self.company.id}"} | self.references
        return [
            one
            for one in self.journal._all_findings(check)
            if one.kind not in NOTES and (one.reference in places or one.kind == "key")
        ]

    @property
    def references(self):
        cases = self.env["complaint.case"].search(
            [("company_id", "=", self.company.id)]
        )
        return {*cases.mapped("reference"), *(f"id {case.id}" for case in cases)}

    def _kinds(self):
        return {finding.kind for finding in self._findings()}

    def _sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    @contextmanager
    def _undone(self):
        """Whatever is done to the database inside is undone."""
        self.env.flush_all()
        savepoint = Savepoint(self.env.cr)
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _row(self, entry):
        self._sql("SELECT * FROM complaint_journal WHERE id = %s", entry.id)
        return dict(
            zip(
                (column.name for column in self.env.cr.description),
                self.env.cr.fetchone(),
                strict=True,
            )
        )

    def _make_plain(self, case):
        """Write the chain anew as the first algorithm did: without any key."""
        previous = "0" * 64
        for entry in case.journal_ids.sorted("sequence"):
            row = self._row(entry)
            whole = {**(row["payload"] or {}), **(row["texts"] or {})}
            payload_digest = _sha({"payload": whole or False, "salt": row["salt"]})
            digest = _sha(
                {
                    "algorithm": 1,
                    "event": row["event"],
                    "logged_on": str(row["logged_on"]),
                    "payload_digest": payload_digest,
                    "previous": previous,
                    "reference": case.reference,
                    "sequence": row["sequence"],
                    "user": row["user_id"] or 0,
                }
            )
            self._sql(
                "UPDATE complaint_journal SET algorithm = 1, key_mark = NULL, "
                "texts_salt = NULL, texts_digest = NULL, payload_digest = %s, "
                "previous_digest = %s, digest = %s WHERE id = %s",
                payload_digest,
                previous,
                digest,
                entry.id,
            )
            previous = digest
        self._sql(
            "UPDATE complaint_case SET journal_head = %s WHERE id = %s",
            previous,
            case.id,
        )

    def _insert_copy(self, entry, **changes):
        """Insert a row by SQL that looks like an entry."""
        row = self._row(entry) | changes
        row.pop("id", None) if "id" not in changes else None
        names = [name for name in row if name in COLUMNS or name == "case_id"]
        values = [
            json.dumps(row[name]) if isinstance(row[name], dict) else row[name]
            for name in names
        ]
        places = ", ".join(["%s"] * len(names))
        self._sql(
            f"INSERT INTO complaint_journal ({', '.join(names)}) VALUES ({places})",
            *values,
        )


def _sha(facts):
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
