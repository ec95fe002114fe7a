from odoo import models


class ComplaintCase(models.Model):
    """What stands of a case in an extract of the register."""

    _inherit = "complaint.case"

    def _list_number(self):
        """Hook: the number of the case in the register, drawn without order."""
        return self.drawn_number or self.reference
