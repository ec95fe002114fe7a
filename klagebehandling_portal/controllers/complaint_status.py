from odoo.http import Controller, request, route

from .complaint_form import GET, POST, show, speak


class ComplaintStatus(Controller):
    @route("/klage/status", **GET)
    def ask(self, **kwargs):
        speak()
        return show("status_page", {"case": None})

    @route("/klage/status", **{**POST, "readonly": True, "max_content_length": 10_000})
    def status(self, **kwargs):
        speak()
        code = request.httprequest.form.get("code", "")
        case_sudo = request.env["complaint.case"]._find_by_code(code)
        if not case_sudo:
            return show("status_page", {"case": None, "has_errors": True}, 422)
        if not request.httprequest.args.get("lang"):
            speak(case_sudo.lang)
        case_sudo = case_sudo.with_context(lang=request.env.lang)
        return show("status_page", {"case": case_sudo._public_status()})
