from odoo import models


class Base(models.AbstractModel):
    """Nobody groups rows by a many2many that is closed to them.

    Leak: Odoo asks for the groups of each field but of a many2many in a group by, so
    that whoever reads a case was told whom its wall keeps out. Held by
    ``test_grouping.py``.
    """

    _inherit = "base"

    def _read_group_groupby(self, alias, groupby_spec, query):
        field = self._fields.get(groupby_spec)
        if field and field.type == "many2many":
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
