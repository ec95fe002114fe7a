from odoo import models


class IrRule(models.Model):
    """What may be hidden is refused without naming the rows.

    Leak: in debug mode Odoo lists their titles. Proved by
    ``test_role_gets_no_titles_in_debug_mode``.
    """

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        if not isinstance(records, self.env.registry["complaint.concealed"]):
            return super()._make_access_error(operation, records)
        records.invalidate_recordset()
        return records._make_unknown_error()
