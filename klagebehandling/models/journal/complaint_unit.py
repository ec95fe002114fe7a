from odoo import models


class ComplaintUnit(models.Model):
    """Changes of a line of management are entered in the organisation's journal."""

    _inherit = "complaint.unit"

    def _log_line(self, names):
        """Enter who changed a line: it decides who sees which cases."""
        journal = self.env["complaint.journal"]
        for unit in self.sudo():
            journal._log_company(
                unit.company_id, "unit_changed", unit=unit.id, fields=sorted(names)
            )
