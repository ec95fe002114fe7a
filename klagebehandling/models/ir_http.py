from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request

from ..roles import CUSTODIAN, READERS

OURS = "odoo.addons.klagebehandling"


class IrHttp(models.AbstractModel):
    """Tells the web client who its user is, and keeps nonsense from our pages."""

    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether to count requests, or cases, that wait."""
        info = super().session_info()
        if self.env.user.has_group(CUSTODIAN):
            info["is_complaint_custodian"] = True
        if self.env.user.has_group(READERS):
            info["is_complaint_caseworker"] = True
        return info

    @classmethod
    def _dispatch(cls, endpoint):
        if endpoint.original_endpoint.__module__.startswith(OURS):
            # A parameter named like an argument of Python would break the call, and so
            # would one without a name.
            request.params.pop("self", None)
            if None in request.params:
                raise BadRequest
        return super()._dispatch(endpoint)
