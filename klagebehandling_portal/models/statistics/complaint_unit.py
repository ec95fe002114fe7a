from odoo import models


class ComplaintUnit(models.Model):
    """Adds the yearly reports of a unit's procedure that everybody may read."""

    _inherit = "complaint.unit"

    def _public_reports(self):
        """The newest version of each year, as the superuser, newest year first."""
        publications = self.env["complaint.publication"]
        return publications._public(self.company_id, self.effective_policy_id.code)

    def _report_url(self):
        """Where the yearly reports are; false without any (A-34)."""
        return bool(self._public_reports()) and f"/klage/{self.slug}/statistikk"
