from odoo import api, models


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "complaint.walled.document"]

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody follows a case: every employee can read who follows what."""
        return super().create(
            [
                vals
                for vals in vals_list
                if not self._is_of_case(vals.get("res_model"), vals.get("res_id"))
            ]
        )

    def _is_of_case(self, model, id_):
        if model == "calendar.event":
            meeting_sudo = self.env[model].sudo().browse(id_)
            return meeting_sudo.res_model in self._walled_models()
        return model in (*self._walled_models(), "complaint.hearing.account")
