from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

HEADERS = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex"),
]
PATH = "/klagebehandling/envelopes/<int:party_id>"
TEMPLATE = "klagebehandling.envelopes_page"


class ComplaintEnvelopes(Controller):
    """The two envelopes of a letter to somebody whose address nobody has.

    The personal number is typed, printed and forgotten: it is in no address, no row
    and no log.
    """

    @route(PATH, type="http", auth="user", methods=["GET"])
    def ask(self, party_id, **kwargs):
        return self._show(party_id)

    @route(PATH, type="http", auth="user", methods=["POST"])
    def print_envelopes(self, party_id, personal_number="", **kwargs):
        return self._show(party_id, personal_number.strip())

    def _show(self, party_id, number=None):
        party = request.env["complaint.party"].browse(party_id)
        try:
            values = party._envelopes(number)
        except (AccessError, MissingError):
            # As if there were no such person.
            return request.not_found()
        status = 422 if values.get("problem") else 200
        response = request.render(TEMPLATE, values, headers=HEADERS)
        response.status_code = status
        return response
