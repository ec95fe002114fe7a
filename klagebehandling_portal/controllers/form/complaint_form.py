from odoo.http import Controller, content_disposition, request, route

from odoo.addons.klagebehandling.limits import MAX_FILE, MAX_FILES, MEGABYTE

from ... import form_token, visit_token
from ..page.complaint_page import (
    GET,
    POST,
    SMALL,
    ask_to_wait,
    show,
    show_missing,
    speak,
)

# Of each file and of all together: bytes for the script, megabytes for people.
LIMITS = {
    "each": MAX_FILE,
    "all": MAX_FILES,
    "each_mb": MAX_FILE // MEGABYTE,
    "all_mb": MAX_FILES // MEGABYTE,
}


class ComplaintForm(Controller):
    @route("/klage", **GET)
    def organisations(self, **kwargs):
        speak()
        units = request.env["complaint.unit"]._list_public()
        if len(units) == 1:
            return request.redirect(f"/klage/{units.slug}")
        organisations = [
            {
                "url": f"/klage/{unit.slug}",
                "name": unit._public_name(),
                "policy": policy,
            }
            for unit in units
            for policy in unit._public_policy()
        ]
        return show("organisations_page", {"organisations": organisations})

    @route("/klage/<string:slug>", **GET)
    def form(self, slug, **kwargs):
        unit = self._open(slug)
        if not unit:
            return show_missing()
        if slug != unit.slug:
            lang = request.env.lang[:2]
            return request.redirect(f"/klage/{unit.slug}?lang={lang}", 301)
        questions = request.env["complaint.portal.form"]._questions(
            unit, unit._public_policy()
        )
        return self._show_form(unit, questions, {}, {}, form_token.make())

    @route("/klage/<string:slug>", **POST)
    def submit(self, slug, **kwargs):
        unit = self._open(slug)
        if not unit:
            return show_missing()
        model = request.env["complaint.portal.form"]
        questions = model._questions(unit, unit._public_policy())
        sent = request.httprequest.form
        answers = model._read_form(sent, questions)
        files = [
            file
            for file in request.httprequest.files.getlist("attachments")
            if file.filename and "attachments" in questions
        ]

        def ask(problems, token, status):
            return self._show_form(unit, questions, answers, problems, token, status)

        return self._hand_in(unit, questions, answers, files, model._submit, ask)

    @route("/klage/<string:slug>/skriv-ut", **GET)
    def blank(self, slug, fyll=None, **kwargs):
        """The blank form as a file, where the server prints (A-06, B-12).

        :param fyll: ``1`` for one that is filled in on the screen
        """
        unit = self._open(slug)
        made = unit and unit._blank_form(is_fillable=fyll == "1")
        if not made:
            return show_missing()
        name, content, mimetype = made
        headers = {
            "Content-Type": mimetype,
            "Content-Disposition": content_disposition(name),
        }
        return request.make_response(content, list(headers.items()))

    @route("/klage/<string:slug>/kvittering", **SMALL)
    def keep(self, slug, **kwargs):
        """The person has kept the code: it is shown to nobody any more."""
        sent = request.httprequest.form
        visit_token.find(request.env, sent.get("visit"))._keep_code()
        speak()
        return request.redirect(f"/klage/status?lang={request.env.lang[:2]}")

    def _hand_in(self, unit, questions, answers, files, submit, ask, **more):
        """Register what was sent and show the receipt, or ask again: nothing is lost.

        :param submit: as ``_submit`` of ``complaint.portal.form``
        :param ask: shows what was answered, with ``(problems, token, status)``
        :param more: values for the page of the receipt
        """
        sent = request.httprequest.form
        token, trap = sent.get("token", ""), sent.get("website", "")
        if files:
            answers["has_files"] = True
        if sent.get("show"):
            # Another language, or back from a page that could not take it: not sent.
            return ask({}, self._renew(token), 200)
        if not request.env["complaint.throttle"].sudo()._take("form"):
            unit._alarm_of_flood()
            flood = request.env["complaint.portal.form"]._problem_of_flood()
            return ask_to_wait(ask({"": flood}, token, 429))
        receipt, problems = submit(unit, token, trap, answers, files, questions)
        if problems:
            return ask(problems, self._renew(token), 422)
        return self._show_receipt(unit, receipt, questions, answers, files, **more)

    def _renew(self, token):
        """The same token, or a new one for one that has expired or is none of ours."""
        age = form_token.age(token)
        return form_token.make() if age is None or age > form_token.EXPIRES else token

    def _open(self, slug):
        """The unit with the address, in the language of the page."""
        unit = request.env["complaint.unit"]._find_public(slug)
        if unit:
            speak(unit._public_policy().lang)
        return unit.with_context(lang=request.env.lang)

    def _show_form(self, unit, questions, answers, problems, token, status=200, **more):
        policy = unit._public_policy()
        page = request.env["complaint.portal.form"]._page(
            unit, questions, answers, problems
        )
        page_model, way = request.env["complaint.portal.page"], policy._channel("web")
        values = {
            **page,
            "unit": unit,
            "policy": policy,
            "spoken": policy._languages(),
            "token": token,
            "action": f"/klage/{unit.slug}?lang={request.env.lang[:2]}",
            "contact": unit._public_contact(),
            "is_anonymity_refused": not policy._allows_anonymity("web"),
            "other_ways": policy._other_ways(),
            "blank_form": unit._has_blank_form() and f"/klage/{unit.slug}/skriv-ut",
            "lang_code": request.env.lang[:2],
            "own_way": way,
            "adoption": policy._adoption(),
            "has_errors": bool(problems),
            "has_files": answers.get("has_files"),
            "way_lang": page_model._language_of(way, "instructions", policy.lang),
            "languages": page_model._languages(),
            "limits": LIMITS,
            **more,
        }
        values["path"] = values["action"].partition("?")[0]
        return show("form_page", values, status)

    def _show_receipt(self, unit, receipt, questions, answers, files, **more):
        case_sudo = request.env["complaint.case"].sudo().browse(receipt["case_id"])
        if not case_sudo.receipt_hash:
            # Back, reloaded or sent from another window: the person has kept the code.
            return show("receipt_gone_page", more)
        policy = unit._public_policy()
        values = {
            "unit": unit,
            "policy": policy,
            "spoken": policy._languages(),
            "receipt": receipt,
            "keep_url": f"/klage/{unit.slug}/kvittering?lang={request.env.lang[:2]}",
            "visit": receipt["access_code"] and visit_token.make(case_sudo),
            "status": case_sudo._receipt_facts(),
            "has_steps": not case_sudo._facts()["is_acknowledged_only"],
            "is_nav_declined": case_sudo.place_type == "municipal"
            and "external_caseworker" in answers.get("invite", []),
            "delivered": request.env["complaint.portal.form"]._delivered(
                questions, answers, files
            ),
            "files": request.env["complaint.portal.form"]._kept(case_sudo, files),
            **more,
        }
        return show("receipt_page", values)
