from odoo import models


class ComplaintParty(models.Model):
    """Has the wall follow the persons of a case, and their roles."""

    _inherit = "complaint.party"

    def _on_people_changed(self, event):
        super()._on_people_changed(event)
        self.case_id._update_wall()
