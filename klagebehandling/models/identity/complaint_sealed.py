from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ...sealing import keyring

COUNTED = 5000


class ComplaintSealed(models.AbstractModel):
    """A model that keeps identities in a sealed column.

    Adds the column, its way in for the fields named in ``_sealed_fields``, and the
    rotation of its keys. To be inherited after what checks values: they pass there as
    they were given.
    """

    _name = "complaint.sealed"
    _description = "Sealed under the key ring"
    # Computed fields that are kept in the sealed column, and nowhere else.
    _sealed_fields = ()

    identity_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)

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

    @api.model
    def _reseal_batch(self, limit):
        """Seal some rows anew that the first key of the ring did not seal.

        What cannot be opened is left as it is.

        :return: how many were sealed; 0 when there is nothing left to do
        """
        done, last = 0, 0
        current = f"{keyring.mark(keyring.keyring()[0])}:%"
        stale = SQL("identity_sealed NOT LIKE %s", current)
        lock = SQL("FOR UPDATE")
        while done < limit and (
            rows := self._sealed_rows(last, limit - done, stale, lock)
        ):
            last = rows[-1][0]
            for id_, sealed in rows:
                try:
                    columns = self._seal_again(keyring.decrypt(sealed))
                except keyring.IdentityUnreadable:
                    continue
                self._write_sealed(id_, columns)
                done += 1
        return done

    @api.model
    def _count_sealed(self):
        """How many rows each key seals, by its mark and whether it opens them."""
        counter, last = Counter(), 0
        while rows := self._sealed_rows(last, COUNTED, SQL("TRUE"), SQL("")):
            last = rows[-1][0]
            for _id, sealed in rows:
                try:
                    keyring.decrypt(sealed)
                except keyring.IdentityUnreadable:
                    is_open = False
                else:
                    is_open = True
                counter[keyring.mark_of(sealed), is_open] += 1
        return counter

    @api.model
    def _sealed_rows(self, after, limit, domain, lock):
        """Pairs of id and sealed text, from an id on."""
        return self.env.execute_query(
            SQL(
                "SELECT id, identity_sealed FROM %s WHERE id > %s "
                "AND identity_sealed IS NOT NULL AND %s ORDER BY id LIMIT %s %s",
                SQL.identifier(self._table),
                after,
                domain,
                limit,
                lock,
            )
        )

    @api.model
    def _seal_again(self, values):
        """The stored columns for what was opened."""
        return {"identity_sealed": keyring.encrypt(values)}

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
