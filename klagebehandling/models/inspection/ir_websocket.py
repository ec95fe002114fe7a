from odoo import models
from odoo.http import SessionExpiredException

from odoo.addons.bus.websocket import wsrequest

from .complaint_inspection import INSPECTORS


class IrWebsocket(models.AbstractModel):
    """Nothing is told to an inspector's account as it happens.

    Proved by ``test_inspection_account.py``.
    """

    _inherit = "ir.websocket"

    @classmethod
    def _authenticate(cls):
        super()._authenticate()
        if wsrequest.env.user.has_group(INSPECTORS):
            raise SessionExpiredException("No page of an inspector listens")
