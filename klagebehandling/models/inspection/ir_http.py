from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Ends the session, or the key, of an inspector whose time is over."""

    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        super()._authenticate_explicit(auth)
        env = request.env
        if not env.uid or not env["complaint.inspection"]._is_shut_out(env.user):
            return
        request.session.logout(keep_db=True)
        raise AccessDenied
