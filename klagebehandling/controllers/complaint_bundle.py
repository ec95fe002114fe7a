from odoo.http import Controller, content_disposition, request, route

from .complaint_original import HEADERS


class ComplaintBundle(Controller):
    @route(
        "/klagebehandling/bundle/<string:number>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, number, **kwargs):
        """The bundle that somebody has made, for that user; nothing else is there."""
        found = request.env["complaint.case.bundle"]._fetch_bytes(number)
        if not found:
            return request.not_found()
        name, raw = found
        disposition = ("Content-Disposition", content_disposition(name))
        return request.make_response(raw, headers=[*HEADERS, disposition])
