from odoo import api, models
from odoo.exceptions import UserError


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        """Queue no mail in an anonymous case, whatever addon asks for it (M11)."""
        mails = super().create(vals_list)
        if any(mails._anonymous_policies([{}] * len(mails))):
            raise UserError(
                self.env._("No e-mail is sent in the case of somebody anonymous.")
            )
        return mails
