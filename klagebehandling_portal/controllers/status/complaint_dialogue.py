from odoo.http import Controller, content_disposition, request, route

from ... import visit_token
from ...models.status.complaint_portal_dialogue import CONFIRMED
from ..page.complaint_page import GET, POST, ask_to_wait, show_missing, speak
from .complaint_status import hidden, read_kept, show_case, show_expired


class ComplaintDialogue(Controller):
    """From the status page: what the person writes and does, and opens."""

    @route("/klage/status/<string:act>", **GET)
    def leave(self, act, **kwargs):
        """Reloaded, the page asks for the code again."""
        is_known = act in request.env["complaint.portal.dialogue"]._acts()
        return request.redirect("/klage/status") if is_known else show_missing()

    @route("/klage/status/<string:act>", **POST)
    def act(self, act, **kwargs):
        """Do what was sent, with all that was typed kept where it cannot be done."""
        if act not in request.env["complaint.portal.dialogue"]._acts():
            return show_missing()
        speak()
        case_sudo = visit_token.find(request.env, request.httprequest.form.get("visit"))
        answers, said = read_kept()
        said["act"] = act
        if not case_sudo:
            return show_expired(hidden(answers, said))
        if not request.httprequest.args.get("lang"):
            speak(case_sudo.lang)
        return take(case_sudo.with_context(lang=request.env.lang), said, show_case)

    @route("/klage/status/file", **POST)
    def file(self, **kwargs):
        """Give a file that was sent with a letter of the case."""
        speak()
        case_sudo = visit_token.find(request.env, request.httprequest.form.get("visit"))
        return send_file(case_sudo) if case_sudo else show_expired({})


def take(case_sudo, said, show_page):
    """Do an act of the person, and show the page of the case.

    :param show_page: called with the case, a status and what else the page shows
    """
    dialogue = request.env["complaint.portal.dialogue"]
    form = request.httprequest.form
    if said["act"] in CONFIRMED and form.get("step") != "confirm":
        page = dialogue._dialogue_page(said, to_confirm=True)
        return show_page(case_sudo, dialogue=page)
    if not request.env["complaint.throttle"].sudo()._take("form"):
        problems = {"": dialogue._problem_of_flood()}
        page = dialogue._dialogue_page(said, problems)
        answer = show_page(case_sudo, 429, dialogue=page, has_errors=True)
        return ask_to_wait(answer)
    uploads = request.httprequest.files.getlist("attachments")
    done, problems, status = dialogue._do(
        case_sudo, said, [one for one in uploads if one.filename], form.get("token", "")
    )
    if problems:
        has_files = any(one.filename for one in uploads)
        page = dialogue._dialogue_page(said, problems, has_files=has_files)
        return show_page(case_sudo, status, dialogue=page, has_errors=True)
    return show_page(case_sudo, dialogue=dialogue._dialogue_page(done=done))


def send_file(case_sudo):
    """A file of a letter of this case that is out; else the answer for no page."""
    asked = request.httprequest.form.get("file", "")
    files_sudo = case_sudo._public_out()._sent_files()
    file_sudo = files_sudo.filtered(lambda one: str(one.id) == asked)
    if not file_sudo:
        return show_missing()
    return request.make_response(
        file_sudo.raw,
        [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", content_disposition(file_sudo.name)),
        ],
    )
