from odoo import api, models


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "complaint.walled.document"]

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody follows a case: every employee can read who follows what."""
        walled = self._walled_models()
        return super().create(
            [vals for vals in vals_list if vals.get("res_model") not in walled]
        )
