from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Refuse without naming the rows: in debug mode Odoo lists their titles."""
        if not isinstance(records, self.env.registry["complaint.concealed"]):
            return super()._make_access_error(operation, records)
        records.invalidate_recordset()
        return records._make_unknown_error()
