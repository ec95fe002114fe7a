from werkzeug.exceptions import abort

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request

DESK = "/my/inspection"


class IrHttp(models.AbstractModel):
    """Leads an inspector to the own page, from wherever a browser begins."""

    _inherit = "ir.http"

    @classmethod
    def _auth_method_user(cls):
        try:
            super()._auth_method_user()
        except AccessDenied:
            is_page = request.dispatcher.routing_type == "http"
            if is_page and request.httprequest.method == "GET":
                abort(request.redirect(DESK))
            raise
