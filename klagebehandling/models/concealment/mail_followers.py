from odoo import api, models


class MailFollowers(models.Model):
    """Nobody follows a case, a meeting on one, or what says ``_has_followers = False``.

    Leak: every employee can read who follows what, and followers get every mail. Proved
    by ``test_walled_users_do_not_follow``, ``test_meeting_has_no_followers`` and
    ``test_followers_from_before_are_for_who_works_the_case``.
    """

    _name = "mail.followers"
    _inherit = ["mail.followers", "complaint.case.attached"]

    @api.model_create_multi
    def create(self, vals_list):
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
        return not getattr(self.env.get(model), "_has_followers", True)
