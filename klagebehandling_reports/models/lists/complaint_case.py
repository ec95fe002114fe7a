from odoo import models


class ComplaintCase(models.Model):
    """What stands of a case in an extract of the register."""

    _inherit = "complaint.case"

    def _list_number(self):
        """Hook: the number of the case in the register, drawn without order."""
        return self.registry_number or self.reference

    def _is_blank_in_register(self):
        """Whether sender and matter are left out.

        In every row where the procedure does not say that its register is open: a
        blank row among others would tell which case is secret.
        """
        return (
            not self.policy_id.sudo().has_open_register
            or self.anonymity != "open"
            or self.kind == "whistleblowing"
            or any(self.category_ids.mapped("is_sensitive"))
        )
