from odoo.http import Controller, request, route

from .complaint_form import GET, POST, show, speak

SMALL = {**POST, "max_content_length": 10_000}


class ComplaintStatus(Controller):
    @route("/klage/status", **GET)
    def ask(self, **kwargs):
        speak()
        return show("status_page", {"case": None})

    @route("/klage/status", **SMALL)
    def status(self, **kwargs):
        """Answer a code; whatever is wrong with it, in the same words and work."""
        speak()
        throttle = request.env["complaint.throttle"].sudo()
        if throttle._is_full("code"):
            return show_throttled(throttle)
        code = request.httprequest.form.get("code", "")
        case_sudo = request.env["complaint.case"]._find_by_code(code)
        if not case_sudo:
            throttle._count("code")
            return show("status_page", {"case": None, "has_errors": True}, 422)
        return show_case(case_sudo)


def show_throttled(throttle):
    """Answer before any code is looked at: to a right one just the same."""
    minutes = throttle._minutes_left()
    response = show("status_page", {"case": None, "minutes": minutes}, 429)
    response.headers["Retry-After"] = str(60 * minutes)
    return response


def show_case(case_sudo, status=200, **values):
    """Show a case in the language of the person who wrote it, unless asked."""
    if not request.httprequest.args.get("lang"):
        speak(case_sudo.lang)
    case_sudo = case_sudo.with_context(lang=request.env.lang)
    return show("status_page", {"case": case_sudo._public_status(), **values}, status)
