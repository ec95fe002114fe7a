from odoo import models
from odoo.exceptions import AccessError, UserError

EXPORTERS = "klagebehandling.group_export"


class ComplaintWalled(models.AbstractModel):
    """Enters in the journals of the cases what is refused, and what leaves in a file.

    Called by ``complaint.walled``, and by Odoo's export.
    """

    _inherit = "complaint.walled"

    def _note_refusal(self):
        """Enter that somebody asked for the case, in a transaction that remains."""
        self.sudo().exists()._cases_sudo()._log_apart("access_refused")
        return super()._note_refusal()

    def export_data(self, fields_to_export):
        payload = {"model": self._name, "fields": list(fields_to_export)}
        try:
            self._check_exporter()
            result = super().export_data(fields_to_export)
        except UserError:
            self.sudo().exists()._cases_sudo()._log_apart("export_refused", **payload)
            raise
        self.env["complaint.journal"].sudo()._append(
            [(case, "exported", payload) for case in self._cases_sudo()]
        )
        return result

    def _check_exporter(self):
        """Odoo's right to export opens what somebody reads: contacts, and cases too.

        :raises AccessError: for who was not given that of complaints
        """
        if not self.env.su and not self.env.user.has_group(EXPORTERS):
            raise AccessError(
                self.env._(
                    "To export complaints, ask your administrator for the right "
                    "“Export of complaints”."
                )
            )
