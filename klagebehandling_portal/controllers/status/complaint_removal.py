from odoo.http import Controller, request, route

from ... import visit_token
from ..page.complaint_page import GET, show, speak
from .complaint_status import SMALL, show_case, show_throttled


class ComplaintRemoval(Controller):
    """From the status page: the person asks that what they wrote is removed."""

    @route("/klage/status/remove", **GET)
    def leave(self, **kwargs):
        """Reloaded, the page asks for the code again."""
        return request.redirect("/klage/status")

    @route("/klage/status/remove", **SMALL)
    def ask(self, **kwargs):
        """Pass the request on to who answers for the case, and show that it is."""
        speak()
        case_sudo = visit_token.find(request.env, request.httprequest.form.get("visit"))
        if not case_sudo:
            if not request.env["complaint.throttle"].sudo()._take("code"):
                return show_throttled({})
            values = {"case": None, "is_expired": True, "is_stopped": True}
            return show("status_page", values, 422)
        if not request.httprequest.args.get("lang"):
            speak(case_sudo.lang)
        case_sudo._ask_erasure()
        return show_case(case_sudo)
