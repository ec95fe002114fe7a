import logging
from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from ...sealing import keyring

_logger = logging.getLogger(__name__)


class ComplaintSealed(models.AbstractModel):
    """A model that keeps something sealed, and follows the rotation of the keys.

    As it is, it seals a text column of its own table, ``_sealed_column``. A model that
    keeps it elsewhere says so by ``_sealed_rows``, ``_open_sealed`` and
    ``_replace_sealed``. ``sealing/rotation.py`` calls the rotation, as superuser.

    What is written to the fields named in ``_sealed_fields`` goes into the column. To
    be inherited after what checks values: they pass there as they were given.
    """

    _name = "complaint.sealed"
    _description = "Sealed under the key ring"

    # Computed fields that are kept in the sealed column, and nowhere else.
    _sealed_fields = ()
    _sealed_column = "identity_sealed"
    # So many at most are looked at together, and sealed anew in one transaction.
    _sealed_batch = 5000

    def _prepare_create_values(self, vals_list):
        prepared = super()._prepare_create_values(vals_list)
        for vals in prepared:
            if given := self._pull_sealed(vals):
                vals.update(self._seal(given))
        return prepared

    def write(self, vals):
        rest = dict(vals)
        given = self._pull_sealed(rest)
        result = super().write(rest)
        if given:
            self._change_sealed(given)
        return result

    @api.model
    def _pull_sealed(self, vals):
        """Take out of values what belongs into the sealed column."""
        return {name: vals.pop(name) for name in self._sealed_fields if name in vals}

    def _change_sealed(self, given):
        """Hook: seal anew what is known with what is given."""

    def _open_typed(self):
        """What was typed into a dialog and sealed; nothing where no key opens it."""
        sealed = self.sudo()[self._sealed_column]
        try:
            return keyring.decrypt(sealed) if sealed else {}
        except keyring.IdentityUnreadable:
            return {}

    @api.model
    def _reseal_batch(self, limit):
        """Seal some rows anew that the first key of the ring did not seal.

        What no key of the ring opens is left as it is, and said in the log.

        :return: how many were sealed; 0 when there is nothing left to do
        """
        limit = min(limit, self._sealed_batch)
        mark, done, last, closed = keyring.key_mark(), 0, 0, []
        while done < limit and (
            rows := self._sealed_rows(last, limit - done, not_by=mark)
        ):
            for id_, sealed, _mark in rows:
                last = id_
                try:
                    opened = self._open_sealed(id_, sealed)
                except keyring.IdentityUnreadable:
                    closed.append(id_)
                    continue
                self._replace_sealed(id_, opened)
                done += 1
        if closed:
            _logger.warning(
                "No key of the ring opens %s rows of %s, they are left: %s",
                len(closed),
                self._name,
                closed[:20],
            )
        return done

    @api.model
    def _count_sealed(self):
        """How many rows each key seals, by its mark and whether it opens them."""
        counter, last = Counter(), 0
        while rows := self._sealed_rows(last, self._sealed_batch):
            for id_, sealed, mark in rows:
                last = id_
                try:
                    keyring.decrypt(sealed)
                except keyring.IdentityUnreadable:
                    counter[mark, False] += 1
                else:
                    counter[mark, True] += 1
        return counter

    @api.model
    def _sealed_rows(self, after, limit, not_by=None):
        """Rows from an id on: id, sealed text and the mark of the key that sealed it.

        :param not_by: only rows that another key than this one sealed, locked, so that
            a second rotation waits for them
        """
        self.flush_model()
        stale, lock = SQL("TRUE"), SQL("")
        if not_by:
            stale = SQL("%s <> %s", self._sealed_mark(), not_by)
            lock = SQL("FOR UPDATE")
        return self.env.execute_query(
            SQL(
                "SELECT id, %(column)s, %(mark)s FROM %(table)s WHERE id > %(after)s "
                "AND %(column)s IS NOT NULL AND %(stale)s ORDER BY id LIMIT %(limit)s "
                "%(lock)s",
                column=SQL.identifier(self._sealed_column),
                mark=self._sealed_mark(),
                table=SQL.identifier(self._table),
                after=after,
                stale=stale,
                limit=limit,
                lock=lock,
            )
        )

    @api.model
    def _sealed_mark(self):
        """The mark of the key that sealed a row; a text without one was sealed before
        keys had marks."""
        column = SQL.identifier(self._sealed_column)
        return SQL(
            "CASE WHEN strpos(%(column)s, ':') > 0 "
            "THEN split_part(%(column)s, ':', 1) ELSE '' END",
            column=column,
        )

    @api.model
    def _open_sealed(self, id_, sealed):
        """What is sealed in a row.

        :raises IdentityUnreadable: when no key of the ring opens it
        """
        return keyring.decrypt(sealed)

    @api.model
    def _replace_sealed(self, id_, opened):
        """Seal what ``_open_sealed`` has opened under the first key of the ring."""
        self._write_sealed(id_, self._seal_again(opened))

    @api.model
    def _seal_again(self, values):
        """The stored columns for what was opened."""
        return {self._sealed_column: keyring.encrypt(values)}

    @api.model
    def _write_sealed(self, id_, columns):
        """Past the ORM: nothing of the row changes, its time of change included."""
        assignments = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in columns.items()
        )
        self.env.execute_query(
            SQL(
                "UPDATE %s SET %s WHERE id = %s RETURNING id",
                SQL.identifier(self._table),
                assignments,
                id_,
            )
        )
        self.browse(id_).invalidate_recordset(list(columns), flush=False)
