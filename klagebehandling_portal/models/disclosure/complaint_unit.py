from odoo import models


class ComplaintUnit(models.Model):
    """Adds where a public body is asked for its documents (B-27)."""

    _inherit = "complaint.unit"

    def _access_url(self):
        """The page on which documents are asked for; false where nobody has to."""
        is_asked = bool(self.slug) and self._public_policy().is_public_body
        return is_asked and f"/klage/{self.slug}/innsyn"
