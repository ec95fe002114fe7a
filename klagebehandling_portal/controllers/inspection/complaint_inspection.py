from odoo.http import Controller, request, route

from ...models.inspection.complaint_inspection import LISTS
from ...models.inspection.ir_http import DESK
from ...page_headers import HEADERS
from ..page.complaint_page import show, show_missing, speak

PAGE = {"type": "http", "auth": "inspector"}
GET = {**PAGE, "methods": ["GET"], "readonly": True}
POST = {**PAGE, "methods": ["POST"], "max_content_length": 10_000}


class ComplaintInspection(Controller):
    """All that an inspector's account opens, until the inspection ends (M38)."""

    @route(DESK, **GET)
    def desk(self, **kwargs):
        """The inspections that are open, with the list that was chosen."""
        self._speak()
        asked = request.httprequest.args
        chosen = asked.get("list") if asked.get("list") in LISTS else "sample"
        number = asked.get("part", "")
        at = int(number) if number.isascii() and number.isdigit() else 0
        inspections = request.env["complaint.inspection"]
        open_ones = inspections.search(inspections._live())
        values = {
            "desks": [one._as_desk(chosen, min(at, 10**6)) for one in open_ones],
            "chosen": chosen,
            "at": at,
        }
        return self._show("inspection_page", values)

    @route(f"{DESK}/<string:reference>", **GET)
    def case(self, reference, **kwargs):
        """What is read of a case, or the question whether to open it."""
        line = self._find(reference)
        if not line:
            return self._send(show_missing())
        sections = line._sections() if line._is_opened() else []
        values = {"line": line, "sections": sections}
        return self._show("inspection_case_page", values)

    @route(f"{DESK}/<string:reference>", **POST)
    def open(self, reference, **kwargs):
        """Open a case, which its journal says; read it on the page of its address."""
        line = self._find(reference)
        if not line:
            return self._send(show_missing())
        line.action_open()
        return request.redirect(request.httprequest.full_path, 303)

    def _find(self, reference):
        self._speak()
        return request.env["complaint.inspection.line"]._of_reference(reference)

    def _speak(self):
        speak(request.env.user.lang)

    def _show(self, template, values):
        values = {
            "is_inspector": True,
            "sender": request.env.user.sudo().company_id.name,
            "csrf_token": request.csrf_token(),
            **values,
        }
        return self._send(show(template, values))

    def _send(self, response):
        response.headers.update(HEADERS)
        return response
