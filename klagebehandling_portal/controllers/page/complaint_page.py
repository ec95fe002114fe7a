from odoo.http import Controller, request, route

from odoo.addons.klagebehandling.limits import MAX_REQUEST

PAGE = {"type": "http", "auth": "complainant", "save_session": False}
GET = {**PAGE, "methods": ["GET"], "readonly": True}
# No CSRF token: these pages have no session, see form_token.
POST = {**PAGE, "methods": ["POST"], "csrf": False, "max_content_length": MAX_REQUEST}
SMALL = {**POST, "max_content_length": 10_000}


def speak(preferred=None):
    """Set the language of the page: the asked one, else the preferred."""
    asked = request.httprequest.args.get("lang")
    lang = request.env["complaint.portal.page"]._choose_language(asked, preferred)
    request.update_context(lang=lang)


def show(template, values, status=200):
    """Answer with one of the pages, rendered at once."""
    page = request.env["complaint.portal.page"]
    if request.httprequest.method == "GET":
        values = {"languages": page._languages(), **values}
    return request.make_response(page._html(template, values), status=status)


def show_missing():
    speak()
    return request.make_response(
        request.env["complaint.portal.page"]._error_html(404), status=404
    )


def ask_to_wait(response):
    """Say to programs too when it can be tried again; no worker sleeps meanwhile."""
    seconds = request.env["complaint.throttle"]._seconds_left()
    response.headers["Retry-After"] = str(seconds)
    return response


class ComplaintPage(Controller):
    @route("/klage/<path:other>", **PAGE, csrf=False)
    def missing(self, other, **kwargs):
        """Answer what is no page of ours, before another addon reads the session."""
        return show_missing()
