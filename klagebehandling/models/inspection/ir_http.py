from werkzeug.exceptions import NotFound

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import SessionExpiredException, request

from .complaint_inspection import INSPECTORS


class IrHttp(models.AbstractModel):
    """``auth="inspector"``: the only pages that an inspector's account opens.

    To all that Odoo or another addon has for who is signed in, or for a key, it is shut
    out; where everybody may come, it is nobody. So no right that is given to users, and
    no method that forgets to ask for one, is lent to somebody from outside. Proved by
    ``test_inspection_account.py``.
    """

    _inherit = "ir.http"

    @classmethod
    def _auth_method_inspector(cls):
        """Serve an inspector whose time is not over; the page is missing for others.

        :raises SessionExpiredException: when it is over: the session is ended
        """
        if not request.env.uid:
            raise SessionExpiredException("Nobody is signed in")
        if not request.env.user.has_group(INSPECTORS):
            raise NotFound
        if not request.env["complaint.inspection"]._is_open_for(request.env.user):
            # Signs out, in the answer to it.
            raise SessionExpiredException("The inspection is over")

    @classmethod
    def _auth_method_user(cls):
        super()._auth_method_user()
        if request.env.user.has_group(INSPECTORS):
            raise AccessDenied

    @classmethod
    def _auth_method_public(cls):
        if request.env.uid and request.env.user.has_group(INSPECTORS):
            request.update_env(user=request.env.ref("base.public_user").id)
        super()._auth_method_public()
