from odoo import models

from ..unit.complaint_unit import LINE


class ComplaintUnit(models.Model):
    """Enters a changed line in the organisation's journal: it decides who sees."""

    _inherit = "complaint.unit"

    def write(self, vals):
        result = super().write(vals)
        if moved := LINE & vals.keys():
            self._log_line(moved)
        return result

    def _log_line(self, names):
        """Enter who changed which parts of a line.

        :param names: the fields that were written
        """
        journal = self.env["complaint.journal"]
        for unit in self.sudo():
            journal._log_company(
                unit.company_id, "unit_changed", unit=unit.id, fields=sorted(names)
            )
