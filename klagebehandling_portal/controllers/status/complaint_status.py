from odoo.http import Controller, request, route

from ... import visit_token
from ..page.complaint_page import GET, SMALL, ask_to_wait, show, speak


class ComplaintStatus(Controller):
    @route("/klage/status", **GET)
    def ask(self, **kwargs):
        speak()
        return show("status_page", {"case": None})

    @route("/klage/status", **SMALL)
    def status(self, **kwargs):
        """Answer a code; whatever is wrong with it, in the same words and work.

        A right one is answered whatever the others behind the same address have done:
        its 90 random bits cannot be guessed, so that counting is for wrong ones only.
        """
        speak()
        code = request.httprequest.form.get("code", "")
        case_sudo = request.env["complaint.case"]._find_by_code(code)
        if not case_sudo:
            if not request.env["complaint.throttle"].sudo()._take("code"):
                return show_throttled(self._kept())
            values = {"case": None, "has_errors": True, "kept": self._kept()}
            return show("status_page", values, 422)
        if not request.httprequest.args.get("lang"):
            speak(case_sudo.lang)
        naming = request.env["complaint.portal.naming"]
        answers = self._kept()
        return show_case(case_sudo, naming=naming._naming_page(answers))

    def _kept(self):
        """What had been written when the page was open for too long."""
        naming = request.env["complaint.portal.naming"]
        return naming._read_answers(request.httprequest.form)


def show_throttled(kept):
    """Say that too many wrong codes came; what was written is kept in the page."""
    minutes = request.env["complaint.throttle"]._minutes_left()
    values = {"case": None, "minutes": minutes, "is_stopped": True, "kept": kept}
    return ask_to_wait(show("status_page", values, 429))


def show_case(case_sudo, status=200, **values):
    """Show a case in the language of the person who wrote it, unless asked."""
    case_sudo = case_sudo.with_context(lang=request.env.lang)
    values = {
        "case": case_sudo._public_status(),
        "visit": visit_token.make(case_sudo),
        "naming": None,
        **values,
    }
    return show("status_page", values, status)
