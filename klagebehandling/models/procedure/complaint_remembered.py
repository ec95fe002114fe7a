from odoo import api, models, tools

# Rows of a model and a language that are kept at once: more than any organisation has.
MOST_ROWS = 5000


class ComplaintRemembered(models.AbstractModel):
    """Rows of which something is kept in memory: a change forgets it, in every worker.

    An addon has no cache of its own: Odoo names them when it makes the registry, before
    any addon is loaded. So what is kept lies in Odoo's default cache, and forgetting it
    empties that for all of Odoo: only rows that count may do it.

    Where each change forgets, whole rows are kept too: each complaint and each page
    asks the same few units and procedures, whose wide rows cost more to fetch than a
    case to write. Only the superuser is answered from memory, after whose rights nobody
    asks.
    """

    _name = "complaint.remembered"
    _description = "Kept in memory"

    # Whether each change of a row forgets, so that whole rows may be kept.
    _keeps_rows = True

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._forget(records._is_remembered())
        return records

    def write(self, vals):
        # A row may count no more, or only from now on.
        was_remembered = self._is_remembered()
        result = super().write(vals)
        self._forget(was_remembered or self._is_remembered())
        return result

    def _update_field_translations(self, *args, **kwargs):
        # The dialog with the translations does not call ``write``.
        result = super()._update_field_translations(*args, **kwargs)
        self._forget(self._is_remembered())
        return result

    def unlink(self):
        was_remembered = self._is_remembered()
        result = super().unlink()
        self._forget(was_remembered)
        return result

    def _is_remembered(self):
        """Whether one of these rows counts in what is kept."""
        return bool(self)

    @api.model
    def _forget(self, is_remembered):
        # After the change: what is read meanwhile would be kept as it was.
        if is_remembered:
            self.env.registry.clear_cache()

    def _fetch_field(self, field):
        if self._is_recalled(field):
            self._recall(field)
        else:
            super()._fetch_field(field)

    def _is_recalled(self, field):
        """Whether a field is taken from memory here and now.

        Not where this transaction has changed anything that is kept: it may be rolled
        back, and others must not meet it before it is committed.
        """
        return (
            self._keeps_rows
            and self.env.su
            and field.prefetch is True
            and not self.env.registry.cache_invalidated
            and not self.env.context.get("prefetch_langs")
        )

    def _recall(self, field):
        """Fill in a field of these rows; what does not exist stays empty."""
        kept = self._kept_rows()
        missing = [one for one in self._origin._ids if one not in kept]
        if missing:
            if len(kept) + len(missing) > MOST_ROWS:
                kept.clear()
            kept.update(self.browse(missing)._read_rows())
        found = self.browse(one for one in self._origin._ids if one in kept)
        values = [kept[one][field.name] for one in found._ids]
        field._insert_cache(found, values)

    @api.model
    @tools.ormcache("self.env._lang")
    def _kept_rows(self):
        """The rows that were asked for, by id: dict from field name to column value."""
        return {}

    def _read_rows(self):
        """The rows as the database has them in this language, by id; one statement."""
        names = [one.name for one in self._fields.values() if one.prefetch is True]
        query = self._search([("id", "in", self.ids)], active_test=False)
        terms = [
            self._field_to_sql(self._table, name, query) for name in ("id", *names)
        ]
        rows = self.env.execute_query(query.select(*terms))
        return {id_: dict(zip(names, row, strict=True)) for id_, *row in rows}
