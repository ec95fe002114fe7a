from odoo import models
from odoo.tools import SQL


class ComplaintUnlogged(models.AbstractModel):
    """Rows that tell when somebody was here, and are worth nothing after a crash.

    Their table stays out of the write-ahead log, its archives and replicas.
    """

    _name = "complaint.unlogged"
    _description = "Rows kept out of the write-ahead log"

    def init(self):
        """Take the table out of the log, where it is not yet."""
        if self._abstract:
            return
        rows = self.env.execute_query(
            SQL("SELECT relpersistence FROM pg_class WHERE relname = %s", self._table)
        )
        if rows != [("u",)]:
            self.env.cr.execute(
                SQL("ALTER TABLE %s SET UNLOGGED", SQL.identifier(self._table))
            )
