from odoo import models

from ..roles import CUSTODIAN


class IrHttp(models.AbstractModel):
    """Tells the web client whether its user keeps identities."""

    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client of a custodian to count the requests that wait."""
        info = super().session_info()
        if self.env.user.has_group(CUSTODIAN):
            info["is_complaint_custodian"] = True
        return info
