from odoo.http import Controller, content_disposition, request, route

from ... import visit_token
from ..page.complaint_page import POST, show_missing, speak
from ..status.complaint_status import show_expired


class ComplaintSign(Controller):
    @route("/klage/status/minutes", **POST)
    def minutes(self, **kwargs):
        """Give the kept document of minutes of the case: the same bytes as ever."""
        speak()
        case_sudo = visit_token.find(request.env, request.httprequest.form.get("visit"))
        return send_minutes(case_sudo) if case_sudo else show_expired({})


def send_minutes(case_sudo):
    """The document of the latest minutes of a meeting; else the answer for no page."""
    asked = request.httprequest.form.get("file", "")
    minutes_sudo = case_sudo._minutes_to_read()
    kept_sudo = minutes_sudo.document_ids.filtered(
        lambda one: one.kind != "scan" and str(one.id) == asked
    )
    raw = kept_sudo and kept_sudo._open()
    if not raw:
        return show_missing()
    return request.make_response(
        raw,
        [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", content_disposition(kept_sudo._file_name())),
        ],
    )
