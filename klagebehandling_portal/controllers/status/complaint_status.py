from odoo.http import Controller, request, route

from odoo.addons.klagebehandling.sealing import receipt_code

from ... import visit_token
from ...read_only import BeginAnew, is_code_likely
from ..page.complaint_page import GET, POST, ask_to_wait, show, speak

LONGEST_CODE = 100
# The code, and a text that was typed on a page that had been open for too long. A code
# that is written as codes are is looked up on a replica, where there is one.
KEEPING = {**POST, "max_content_length": 16_000_000, "readonly": is_code_likely}


class ComplaintStatus(Controller):
    @route("/klage/status", **GET)
    def ask(self, **kwargs):
        speak()
        is_closed = "closed" in request.httprequest.args
        values = {"case": None, "lost": lost_code(), "is_closed": is_closed}
        return show("status_page", values)

    @route("/klage/status", **KEEPING)
    def status(self, **kwargs):
        """Answer a code; whatever case it has or has not, in the same work.

        A right one is answered whatever the others behind the same address have done:
        its 90 random bits cannot be guessed, so that counting is for wrong ones only.
        What a wrong one looks like is said, which anybody could work out.
        """
        code = request.httprequest.form.get("code", "")
        case_sudo = request.env["complaint.case"]._find_by_code(code)
        if not case_sudo and request.env.cr.readonly:
            raise BeginAnew("a code that opens no case here")
        speak(case_sudo.lang)
        answers, said = read_kept()
        if not case_sudo:
            kept = hidden(answers, said)
            if not request.env["complaint.throttle"].sudo()._take("code"):
                return show_throttled(kept)
            replaced_on = request.env["complaint.case"]._find_replaced(code)
            values = {
                "case": None,
                "has_errors": True,
                "kept": kept,
                "lost": lost_code(),
                "typed": code[:LONGEST_CODE].replace("\x00", ""),
                "fault": receipt_code.fault(code[:LONGEST_CODE]) or "unknown",
                "replaced_on": replaced_on,
            }
            return show("status_page", values, 422)
        return show_case(case_sudo, answers=answers, said=said)


def read_kept():
    """What had been typed on the page: who one is, and what one wanted to say."""
    form = request.httprequest.form
    naming = request.env["complaint.portal.naming"]
    dialogue = request.env["complaint.portal.dialogue"]
    return naming._read_answers(form), dialogue._read_said(form)


def hidden(answers, said):
    """The same as hidden fields: names and a text, or texts, for each."""
    return {**answers, **request.env["complaint.portal.dialogue"]._kept_said(said)}


def lost_code():
    """Whom to turn to without a code: the organisations with their contacts."""
    return [
        {"name": unit._public_name(), "contact": unit._public_contact()}
        for unit in request.env["complaint.unit"]._list_public()
    ]


def show_throttled(kept):
    """Say that too many wrong codes came; what was written is kept in the page."""
    minutes = request.env["complaint.throttle"]._minutes_left()
    values = {"case": None, "minutes": minutes, "is_stopped": True, "kept": kept}
    return ask_to_wait(show("status_page", values, 429))


def show_expired(kept):
    """Ask for the code again; a wrong visit counts as a wrong code."""
    if not request.env["complaint.throttle"].sudo()._take("code"):
        return show_throttled(kept)
    values = {"case": None, "is_expired": True, "is_stopped": True, "kept": kept}
    return show("status_page", values, 422)


def show_case(case_sudo, status=200, answers=None, said=None, **values):
    """Show a case in the language of the person who wrote it, unless asked."""
    case_sudo = case_sudo.with_context(lang=request.env.lang)
    naming = request.env["complaint.portal.naming"]
    dialogue = request.env["complaint.portal.dialogue"]
    values = {
        "case": case_sudo._public_status(),
        "acts_url": "/klage/status",
        "hidden": {"visit": visit_token.make(case_sudo)},
        "naming": naming._naming_page(answers or {}),
        "dialogue": dialogue._dialogue_page(said),
        **values,
    }
    return show("status_page", values, status)
