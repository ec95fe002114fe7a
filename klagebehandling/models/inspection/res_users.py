from odoo import models
from odoo.exceptions import AccessDenied


class ResUsers(models.Model):
    """No inspector signs in when the time is over, by a password or by a key."""

    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        result = super()._check_credentials(credential, env)
        if self.env["complaint.inspection"]._is_shut_out(self):
            raise AccessDenied
        return result
