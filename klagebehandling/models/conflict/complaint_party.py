from odoo import models


class ComplaintParty(models.Model):
    """Who is entered in a case may belong behind its wall."""

    _inherit = "complaint.party"

    def _on_people_changed(self, event):
        super()._on_people_changed(event)
        self.case_id._update_wall()
