from odoo import models


class ComplaintParty(models.Model):
    """Has the wall and the handler follow the persons of a case, and their roles."""

    _inherit = "complaint.party"

    def _on_people_changed(self, event):
        super()._on_people_changed(event)
        self.case_id._update_wall()
        for case, parties in self.sudo().grouped("case_id").items():
            case.with_env(self.env)._part_from(parties.user_id)
