from odoo.http import Controller, request, route

from ... import form_token
from ...models.easy.complaint_portal_easy import CHECK, START
from ..form.complaint_form import ComplaintForm
from ..page.complaint_page import GET, POST, show, show_missing


class ComplaintEasy(Controller):
    """The form in easy words: each step is a page that carries what was answered."""

    @route("/klage/<string:slug>/enkelt", **GET)
    def start(self, slug, **kwargs):
        unit = self._open(slug)
        if not unit:
            return show_missing()
        return self._show(unit, {}, START, form_token.make())

    @route("/klage/<string:slug>/enkelt", **POST)
    def step(self, slug, **kwargs):
        unit = self._open(slug)
        if not unit:
            return show_missing()
        easy, questions = request.env["complaint.portal.easy"], self._questions(unit)
        sent = request.httprequest.form
        answers = easy._read_easy(sent, questions)
        token = sent.get("token", "")
        asked, go = sent.get("step"), sent.get("go")
        if asked == CHECK and not go:
            return self._send(unit, questions, answers)
        is_change = bool(sent.get("is_change"))
        step, problems = easy._next_step(questions, answers, asked, go, is_change)
        is_change = is_change or (asked == CHECK and go != "back")
        return self._show(unit, answers, step, token, problems, is_change=is_change)

    def _send(self, unit, questions, answers):
        """Hand it in as the form is; what is wrong is asked at its step."""
        easy = request.env["complaint.portal.easy"]

        def ask(problems, token, status):
            step = easy._step_of(problems, questions, answers)
            return self._show(unit, answers, step, token, problems, status, True)

        form = ComplaintForm()
        return form._hand_in(unit, questions, answers, [], easy._submit, ask)

    def _open(self, slug):
        """The unit, where its procedure offers easy words; in the page's language."""
        unit = ComplaintForm()._open(slug)
        return unit if unit and unit._public_policy().has_easy_track else None

    def _questions(self, unit):
        easy = request.env["complaint.portal.easy"]
        return easy._questions_in_easy_words(unit, unit._public_policy())

    def _show(
        self, unit, answers, step, token, problems=None, status=None, is_change=False
    ):
        policy = unit._public_policy()
        page = request.env["complaint.portal.easy"]._easy_page(
            policy, self._questions(unit), answers, step, problems
        )
        values = {
            **page,
            "unit": unit,
            "token": token,
            "is_change": is_change and step != CHECK,
            "action": f"/klage/{unit.slug}/enkelt?lang={request.env.lang[:2]}",
            "contact": unit._public_contact(),
        }
        return show("easy_page", values, status or (422 if problems else 200))
