from odoo import models
from odoo.exceptions import AccessDenied

from .complaint_inspection import INSPECTORS


class ResUsers(models.Model):
    """An inspector signs in by hand and while an inspection is open, or not at all.

    Programs come in by calls that know no page (XML-RPC), with a password or a key.
    """

    _inherit = "res.users"

    def _check_credentials(self, credential, env):
        result = super()._check_credentials(credential, env)
        # As Odoo does: who is asked for may be of the environment alone.
        user = self.env.user
        if user.has_group(INSPECTORS):
            is_open = self.env["complaint.inspection"]._is_open_for(user)
            if not is_open or not env.get("interactive"):
                raise AccessDenied
        return result
