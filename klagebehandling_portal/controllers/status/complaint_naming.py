from odoo.http import Controller, request, route

from ... import visit_token
from ..page.complaint_page import GET, SMALL, show, speak
from .complaint_status import show_case, show_expired


class ComplaintNaming(Controller):
    """From the status page: an anonymous person says who it is (M09)."""

    @route("/klage/status/identity", **GET)
    def leave(self, **kwargs):
        """Reloaded, the page asks for the code again."""
        return request.redirect("/klage/status")

    @route("/klage/status/identity", **SMALL)
    def identify(self, **kwargs):
        """Ask, show what will be known and to whom, and only then keep it."""
        speak()
        sent = request.httprequest.form
        naming = request.env["complaint.portal.naming"]
        answers = naming._read_answers(sent)
        case_sudo = visit_token.find(request.env, sent.get("visit"))
        if not case_sudo:
            return show_expired(answers)
        if not request.httprequest.args.get("lang"):
            speak(case_sudo.lang)
            naming = naming.with_env(request.env)
        return self._take_step(case_sudo, naming, answers, sent.get("step"))

    def _take_step(self, case_sudo, naming, answers, step):
        case_sudo = case_sudo.with_context(lang=request.env.lang)
        if case_sudo.anonymity != "anonymous":
            return show_case(case_sudo)
        problems = naming._problems_of(case_sudo, answers)
        if problems:
            page = naming._naming_page(answers, problems)
            return show_case(case_sudo, 422, naming=page, has_errors=True)
        if step == "correct":
            return show_case(case_sudo, answers=answers)
        if step == "confirm":
            case_sudo._become_named(answers)
            return show_case(case_sudo, is_just_named=True)
        values = {
            "answers": answers,
            "summary": naming._summary(answers),
            "is_protected": answers["anonymity"] == "protected",
            "visit": visit_token.make(case_sudo),
            "sender": case_sudo._public_organisation(),
        }
        return show("naming_page", values)
