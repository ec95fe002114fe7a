from odoo import models


class ComplaintUnit(models.Model):
    """Points the mail alias of a unit at the door."""

    _inherit = "complaint.unit"

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("complaint.case")
        if self.id:
            values["alias_defaults"] = repr({"unit_id": self.id})
            if not self.alias_id:
                # Odoo takes the domain of the company that the user is in.
                values["alias_domain_id"] = self.company_id.alias_domain_id.id
        return values
