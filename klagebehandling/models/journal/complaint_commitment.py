from odoo import api, fields, models
from odoo.tools import SQL

from ...sealing import journal_seal


class ComplaintCommitment(models.Model):
    """That a case was registered, so that one that is deleted is missed.

    A keyed mark of the reference and a day: nobody reads the rows, and they tell
    nobody without the key which cases there are. The nightly anchor binds them.
    """

    _name = "complaint.commitment"
    _description = "Mark of a registered case"
    _log_access = False

    # Of the organisation, by its id: nothing is read through it.
    organisation = fields.Integer(required=True)
    day = fields.Date(required=True)
    mark = fields.Char(required=True, groups=fields.NO_ACCESS)

    _company_rows = models.Index("(organisation, id)")

    @api.model
    def _commit(self, references):
        """Enter that cases are registered, in one statement.

        :param references: list of ``(id of the company, reference)``
        """
        today = fields.Date.today()
        rows = [
            SQL("(%s, %s, %s)", company_id, today, journal_seal.commitment(reference))
            for company_id, reference in references
        ]
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO complaint_commitment (organisation, day, mark) "
                    "VALUES %s",
                    SQL(", ").join(rows),
                )
            )

    @api.model
    def _marks(self, company_id, after, until=2**31 - 1, before=None, limit=None):
        """Some commitments of an organisation, in the order of their ids."""
        return self.env.execute_query(
            SQL(
                """SELECT id, mark FROM complaint_commitment
                WHERE organisation = %s AND id > %s AND id <= %s AND %s
                ORDER BY id LIMIT %s""",
                company_id,
                after,
                until,
                SQL("day < %s", before) if before else SQL("TRUE"),
                limit,
            )
        )

    @api.model
    def _gone(self, company_id):
        """The ids of commitments whose case is not there, in their order.

        What a key sealed that is not in the ring is left out.
        """
        rows = self._marks(company_id, after=0)
        keys = {mark.partition(":")[0] for _id, mark in rows}
        keys &= journal_seal.secrets_by_mark().keys()
        references = self.env.execute_query(
            SQL(
                "SELECT reference FROM complaint_case WHERE company_id = %s", company_id
            )
        )
        there = {
            journal_seal.commitment(reference, key)
            for key in keys
            for (reference,) in references
        }
        return [
            id_
            for id_, mark in rows
            if mark not in there and mark.partition(":")[0] in keys
        ]
