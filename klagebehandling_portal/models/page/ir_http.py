import re

from psycopg2 import InterfaceError, OperationalError
from werkzeug.exceptions import NotFound

from odoo import api, models
from odoo.http import get_default_session, request, root

from ... import outage, typed
from ...page_headers import HEADERS

BY_NAME = "/my/complaints/"
# Odoo looks for a file or a language at any other address, and fails at these signs.
CONTROL = re.compile(r"(?!/klage/).*[\x00-\x1f\x7f]", re.DOTALL)


class IrHttp(models.AbstractModel):
    """``auth="complainant"``: whoever is signed in, nobody is.

    With ``auth="public"`` Odoo checks the session and writes the signed-in user's
    device, address and second into the transaction of the complaint.
    """

    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        if auth == "complainant":
            cls._auth_method_complainant()
        else:
            super()._authenticate_explicit(auth)

    @classmethod
    def _auth_method_complainant(cls):
        """Serve as the public user, with an empty session that is never saved."""
        session = root.session_store.new()
        session.update(get_default_session(), db=request.db)
        session.can_save = False
        request.session = session
        request.is_traceless = True
        request.env = api.Environment(request.env.cr, None, {})
        public_id = request.env["ir.model.data"]._xmlid_to_res_id("base.public_user")
        request.update_env(user=public_id)
        # Odoo would fetch the user, the company and its contact to find a language that
        # the page chooses itself.
        installed = request.env["res.lang"].get_installed()
        request.update_context(lang=installed[0][0])

    @classmethod
    def _match(cls, path_info):
        if CONTROL.match(path_info):
            raise NotFound
        return super()._match(path_info)

    @classmethod
    def _serve_fallback(cls):
        if CONTROL.match(request.httprequest.path):
            return None
        return super()._serve_fallback()

    @classmethod
    def _post_dispatch(cls, response):
        super()._post_dispatch(response)
        if cls._is_traceless():
            # Other addons set cookies on any page, such as that of a campaign.
            response.headers.remove("Set-Cookie")
            # A document that somebody keeps for us has its style in it.
            response.headers.update(HEADERS | getattr(response, "own_headers", {}))

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        code = getattr(response, "code", None)
        if not code or not (cls._is_traceless() or cls._is_sent_by_name()):
            return response
        request.params = {}
        try:
            request.env.cr.rollback()
            html = request.env["complaint.portal.page"]._error_html(
                code, typed.pairs(request.httprequest), request.httprequest.full_path
            )
            response = request.make_response(html, status=code)
        except (OperationalError, InterfaceError):
            # The database went away in the middle of the request.
            response = outage.page(request.httprequest)
        request.registry["ir.http"]._post_dispatch(response)
        response.headers.update(HEADERS)
        return response

    @classmethod
    def _is_sent_by_name(cls):
        """Whether it is a text of who is signed in, which Odoo's page would lose."""
        sent = request.httprequest
        return sent.method == "POST" and sent.path.startswith(BY_NAME)

    @classmethod
    def _is_traceless(cls):
        return getattr(request, "is_traceless", False)
