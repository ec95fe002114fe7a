from odoo import models
from odoo.exceptions import UserError


class ComplaintWalled(models.AbstractModel):
    """What leaves the system in a file is entered in the journals of its cases."""

    _inherit = "complaint.walled"

    def export_data(self, fields_to_export):
        payload = {"model": self._name, "fields": list(fields_to_export)}
        try:
            result = super().export_data(fields_to_export)
        except UserError:
            self.sudo().exists()._cases_sudo()._log_apart("export_refused", **payload)
            raise
        self.env["complaint.journal"].sudo()._append(
            [(case, "exported", payload) for case in self._cases_sudo()]
        )
        return result
