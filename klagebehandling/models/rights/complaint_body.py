from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintBody(models.Model):
    """Adds who supervises how data on persons are kept: told to who asks about them."""

    _inherit = "complaint.body"

    kind = fields.Selection(
        selection_add=[("privacy", "Data protection")],
        ondelete={"privacy": "set default"},
    )

    @api.model
    def _privacy_of(self, case):
        """The bodies to which a person complains about the answer; as superuser."""
        country = case.policy_id.country_id
        domain = Domain("kind", "=", "privacy")
        domain &= Domain("company_id", "in", (False, case.company_id.id))
        bodies = self.sudo()
        return bodies._fitting(country, case._today(), domain) if country else bodies
