from odoo.http import Controller, request, route

from odoo.addons.klagebehandling.limits import MAX_REQUEST
from odoo.addons.klagebehandling.models.meeting.complaint_case import BY_ACCOUNT

from ... import form_token
from ...page_headers import HEADERS
from ..form.complaint_form import ComplaintForm
from ..page.complaint_page import show, show_missing, speak
from ..sign.complaint_sign import send_minutes
from ..status.complaint_dialogue import send_file, take
from ..status.complaint_status import show_case

LIST = "/my/complaints"
GET = {"type": "http", "auth": "user", "methods": ["GET"], "readonly": True}
# Signed out, or with a token of another session, the text that was typed is given back:
# Odoo's own answers would lose it. Nothing is done without both.
POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "csrf": False,
    "max_content_length": MAX_REQUEST,
}


class ComplaintMy(Controller):
    """The own complaints of who is signed in, by name (M20).

    What is done is done as the public user: no row tells by its columns who it was.
    """

    @route(LIST, **GET)
    def complaints(self, **kwargs):
        speak(request.env.user.lang)
        cases_sudo = self._own(request.env.user)
        values = {"entries": [case._public_entry() for case in cases_sudo]}
        return self._send(show("my_complaints_page", self._signed_in(values)))

    @route(f"{LIST}/new", **GET)
    def choose(self, **kwargs):
        """Ask which organisation it goes to, where there are several."""
        speak(request.env.user.lang)
        units = request.env["complaint.unit"]._list_public()
        if len(units) == 1:
            return request.redirect(f"{LIST}/new/{units.slug}")
        organisations = [
            {
                "url": f"{LIST}/new/{unit.slug}",
                "name": unit._public_name(),
                "policy": policy,
            }
            for unit in units
            for policy in unit._public_policy()
        ]
        values = self._signed_in({"organisations": organisations})
        return self._send(show("organisations_page", values))

    @route(f"{LIST}/new/<string:slug>", **GET)
    def form(self, slug, **kwargs):
        unit = self._open(slug, request.env.user)
        if not unit:
            return self._send(show_missing())
        form = request.env["complaint.portal.form"]
        questions = form._questions_by_name(unit, unit._public_policy())
        answers = form._known_answers(request.env.user, questions)
        return self._show_form(unit, questions, answers, {}, form_token.make())

    @route(f"{LIST}/new/<string:slug>", **POST)
    def submit(self, slug, **kwargs):
        if self._is_signed_out():
            return self._show_signed_out()
        user = self._become_nobody()
        unit = self._open(slug, user)
        if not unit:
            return self._send(show_missing())
        form = request.env["complaint.portal.form"]
        questions = form._questions_by_name(unit, unit._public_policy())
        sent = request.httprequest.form
        answers = {**form._read_form(sent, questions), "anonymity": "open"}
        uploads = request.httprequest.files.getlist("attachments")
        files = [one for one in uploads if one.filename and "attachments" in questions]

        def ask(problems, token, status):
            return self._show_form(unit, questions, answers, problems, token, status)

        def submit(*args):
            if not self._is_from_our_page():
                return None, {"": self._say_expired()}
            return form._submit_by_name(user, *args)

        page = ComplaintForm()._hand_in(
            unit, questions, answers, files, submit, ask, **self._signed_in({})
        )
        return self._send(page)

    @route(f"{LIST}/<string:reference>", **GET)
    def case(self, reference, **kwargs):
        """The page of a case, the same as by its code."""
        speak(request.env.user.lang)
        case_sudo = self._own(request.env.user, reference)
        if not case_sudo:
            return self._send(show_missing())
        return self._show_case(case_sudo)

    @route(f"{LIST}/<string:reference>/<string:act>", **GET)
    def leave(self, reference, act, **kwargs):
        """Reloaded, the page shows the case."""
        return request.redirect(f"{LIST}/{reference}")

    @route(f"{LIST}/<string:reference>/<string:act>", **POST)
    def act(self, reference, act, **kwargs):
        """Do what was sent from the page of an own case."""
        if self._is_signed_out():
            return self._show_signed_out()
        user = self._become_nobody()
        speak(user.lang)
        case_sudo = self._own(user, reference)
        dialogue = request.env["complaint.portal.dialogue"]
        if not case_sudo or act not in (*dialogue._acts(), "file", "minutes"):
            return self._send(show_missing())
        if act == "file":
            return self._send(send_file(case_sudo))
        if act == "minutes":
            return self._send(send_minutes(case_sudo))
        said = {**dialogue._read_said(request.httprequest.form), "act": act}
        if not self._is_from_our_page():
            page = dialogue._dialogue_page(said, {"": self._say_expired()})
            return self._show_case(case_sudo, 422, dialogue=page, has_errors=True)
        return take(case_sudo, said, self._show_case)

    def _become_nobody(self):
        """Go on as the public user, whom all that is written names.

        :return: who is signed in
        """
        user = request.env.user.sudo()
        request.update_env(user=request.env.ref("base.public_user").id)
        return user.with_env(request.env(su=True))

    def _own(self, user, reference=None):
        """The own cases, or the one with a reference, as the superuser."""
        cases_sudo = request.env["complaint.case"].sudo()._of_account(user, reference)
        # The account shows who it is: no code is asked for.
        return cases_sudo.with_context(lang=request.env.lang, **{BY_ACCOUNT: True})

    def _open(self, slug, user):
        unit = request.env["complaint.unit"]._find_public(slug)
        if unit:
            speak(user.lang)
        return unit.with_context(lang=request.env.lang)

    def _is_signed_out(self):
        return request.env.user._is_public()

    def _is_from_our_page(self):
        return request.validate_csrf(request.httprequest.form.get("csrf_token"))

    def _say_expired(self):
        return request.env._(
            "The page had been open for too long. Nothing is lost: send once more."
        )

    def _show_signed_out(self):
        """Give back what was typed to who is not signed in any more."""
        speak()
        kept = [
            (name, value)
            for name, value in request.httprequest.form.items(multi=True)
            if name and name != "csrf_token"
        ]
        path = request.httprequest.path
        values = self._signed_in({"pairs": kept, "action": path})
        return self._send(show("my_signed_out_page", values, 403))

    def _show_case(self, case_sudo, status=200, **values):
        values = {
            "acts_url": f"{LIST}/{case_sudo.reference}",
            **self._signed_in(values),
        }
        return self._send(show_case(case_sudo, status, **values))

    def _show_form(self, unit, questions, answers, problems, token, status=200):
        return self._send(
            ComplaintForm()._show_form(
                unit,
                questions,
                answers,
                problems,
                token,
                status,
                action=f"{LIST}/new/{unit.slug}?lang={request.env.lang[:2]}",
                is_anonymity_refused=False,
                **self._signed_in({}),
            )
        )

    def _signed_in(self, values):
        hidden = {"csrf_token": request.csrf_token()}
        return {"is_signed_in": True, "hidden": hidden, **values}

    def _send(self, response):
        response.headers.update(HEADERS)
        return response
