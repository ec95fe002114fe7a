from odoo import models

from ..roles import CUSTODIAN, READERS


class IrHttp(models.AbstractModel):
    """Tells the web client whether its user keeps identities or works cases."""

    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether to count requests, or cases, that wait."""
        info = super().session_info()
        if self.env.user.has_group(CUSTODIAN):
            info["is_complaint_custodian"] = True
        if self.env.user.has_group(READERS):
            info["is_complaint_caseworker"] = True
        return info
