from odoo import api, models
from odoo.exceptions import UserError


class MailMail(models.Model):
    """No mail is queued in an anonymous case, whatever addon asks for it (M11).

    Leak: an address, and the time of the mail, in queues and logs of others. Proved by
    ``test_mail_of_another_addon_is_refused``.
    """

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        if any(mails._anonymous_policies([{}] * len(mails))):
            raise UserError(
                self.env._("No e-mail is sent in the case of somebody anonymous.")
            )
        return mails
