from mimetypes import guess_type

from odoo.http import content_disposition, request, route

from odoo.addons.klagebehandling.sealing import receipt_code

from ... import form_token, visit_token
from ...models.disclosure.complaint_portal_access import LONGEST
from ..form.complaint_form import ComplaintForm
from ..page.complaint_page import (
    GET,
    SMALL,
    ask_to_wait,
    show,
    show_missing,
    speak,
)

REQUEST = "complaint.access.request"
ANSWER = "/klage/innsyn/svar"
LONGEST_CODE = 100
# What is asked for, in signs of up to four bytes that are sent as three signs each.
ASKED = {**SMALL, "max_content_length": 100_000}


class ComplaintAccess(ComplaintForm):
    """Anybody asks a public body for documents, and reads the answer (B-27, B-30).

    Nothing is looked up when it is asked: whichever number stands in it, the answer is
    the same. Where the procedure is not a public body's, the page is not there.
    """

    @route("/klage/innsyn", **GET)
    def access_organisations(self, **kwargs):
        speak()
        units = request.env["complaint.unit"]._list_public()
        units = units.filtered(lambda unit: unit._access_url())
        if not units:
            return show_missing()
        if len(units) == 1:
            return request.redirect(
                f"{units._access_url()}?lang={request.env.lang[:2]}"
            )
        asked = [(unit._public_name(), unit._access_url()) for unit in units]
        values = {"organisations": asked, "answer_url": ANSWER}
        return show("access_organisations_page", values)

    @route("/klage/<string:slug>/innsyn", **GET)
    def access_form(self, slug, **kwargs):
        unit = self._open_access(slug)
        if not unit:
            return show_missing()
        return self._show_access(unit, {}, {}, form_token.make())

    @route("/klage/<string:slug>/innsyn", **ASKED)
    def access_ask(self, slug, **kwargs):
        unit = self._open_access(slug)
        if not unit:
            return show_missing()
        page, sent = request.env["complaint.portal.access"], request.httprequest.form
        asked, token = page._read_asked(sent), sent.get("token", "")
        if not request.env["complaint.throttle"].sudo()._take("form"):
            flood = request.env["complaint.portal.form"]._problem_of_flood()
            return ask_to_wait(self._show_access(unit, asked, {"": flood}, token, 429))
        problems = page._problems_of(asked, token)
        if problems:
            return self._show_access(unit, asked, problems, self._renew(token), 422)
        code = page._hand_over(unit, asked, token)
        return show("access_receipt_page", {"unit": unit, "code": code, "url": ANSWER})

    @route(ANSWER, **GET)
    def access_code(self, **kwargs):
        speak()
        return show("access_answer_page", {"asked": None})

    @route(ANSWER, **SMALL)
    def access_answer(self, **kwargs):
        """Answer a code. From the page itself: ask for the decision, save a copy."""
        sent = request.httprequest.form
        code = sent.get("code", "")[:LONGEST_CODE]
        asked = visit_token.find(request.env, sent.get("visit"), REQUEST)
        asked = asked or request.env[REQUEST]._find_asked(code)
        speak(asked.lang)
        if not asked:
            return self._show_no_answer(code)
        if sent.get("act") == "copy":
            return self._save_copy(asked, sent.get("part", ""))
        is_decision = sent.get("act") == "decision"
        if is_decision:
            asked._ask_decisions()
        told = asked.with_context(lang=request.env.lang)._public_answer()
        values = {"asked": told, "is_new": is_decision}
        return show("access_answer_page", {**values, "visit": visit_token.make(asked)})

    def _save_copy(self, asked, part):
        """What was handed out, as the file that is kept of it."""
        name, content = asked._public_copy(part)
        if not content:
            return show_missing()
        return request.make_response(
            content,
            [
                ("Content-Type", guess_type(name)[0]),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )

    def _show_no_answer(self, code):
        if not request.env["complaint.throttle"].sudo()._take("code"):
            minutes = request.env["complaint.throttle"]._minutes_left()
            values = {"asked": None, "minutes": minutes, "is_stopped": True}
            return ask_to_wait(show("access_answer_page", values, 429))
        values = {
            "asked": None,
            "has_errors": True,
            "typed": code.replace("\x00", ""),
            "fault": receipt_code.fault(code) or "unknown",
        }
        return show("access_answer_page", values, 422)

    def _open_access(self, slug):
        """The unit, where it may be asked; in the language of the page."""
        unit = self._open(slug)
        return unit if unit and unit._access_url() else None

    def _show_access(self, unit, asked, problems, token, status=200):
        values = {
            "unit": unit,
            "asked": asked,
            "problems": problems,
            "token": token,
            "longest": LONGEST,
            "answer_url": ANSWER,
            "has_errors": bool(problems),
        }
        return show("access_page", values, status)

    def _show_form(self, unit, *args, **more):
        return super()._show_form(unit, *args, access_url=unit._access_url(), **more)
