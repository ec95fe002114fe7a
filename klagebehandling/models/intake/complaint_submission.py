from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class ComplaintSubmission(models.Model):
    """Which submissions are being registered: a keyed hash and a day, and no text.

    Sent twice at once, both would write the complaint and one fail at the unique hash
    of the case. PostgreSQL logs a statement that fails, and that one holds the whole
    text. So each claims its hash first: the second waits for the first here, fails
    with a statement that says nothing, and finds the case when it is tried again.
    """

    _name = "complaint.submission"
    _inherit = "complaint.unlogged"
    _description = "Claim of a submission"
    _log_access = False

    day = fields.Date(required=True)
    submission_hash = fields.Char(required=True, groups=fields.NO_ACCESS)

    _submission_hash_unique = models.UniqueIndex("(submission_hash)")

    @api.model
    def _claim(self, hashes):
        """Wait for who registers the same submissions now, and find the known ones.

        A claim that stands since before the transaction is no hindrance: then the case
        is found, or is gone.

        :return: the cases of what was sent before: dict from the hash of the submission
        :raises psycopg2.errors.SerializationFailure: where another one has registered
            it meanwhile; the request is tried again and finds the case
        """
        # Always in one order, so that two batches do not wait for each other.
        rows = [SQL("(%s, %s)", fields.Date.today(), one) for one in sorted(hashes)]
        if not rows:
            return {}
        self.env.cr.execute(
            SQL(
                "WITH claim AS (INSERT INTO complaint_submission (day, submission_hash)"
                " VALUES %s ON CONFLICT (submission_hash) DO NOTHING)"
                " SELECT submission_hash, id FROM complaint_case"
                " WHERE submission_hash = ANY(%s)",
                SQL(", ").join(rows),
                list(hashes),
            ),
            log_exceptions=False,
        )
        case = self.env["complaint.case"]
        return {hash_: case.browse(id_) for hash_, id_ in self.env.cr.fetchall()}

    @api.autovacuum
    def _gc_claims(self):
        """Forget claims that no running transaction can still meet."""
        yesterday = fields.Date.today() - timedelta(days=1)
        self.env.cr.execute(
            SQL("DELETE FROM complaint_submission WHERE day < %s", yesterday)
        )
