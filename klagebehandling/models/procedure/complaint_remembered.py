from odoo import api, models


class ComplaintRemembered(models.AbstractModel):
    """Rows of which something is kept in memory: a change forgets it, in every worker.

    An addon has no cache of its own: Odoo names them when it makes the registry, before
    any addon is loaded. So what is kept lies in Odoo's default cache, and forgetting it
    empties that for all of Odoo: only rows that count may do it.
    """

    _name = "complaint.remembered"
    _description = "Kept in memory"

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
