from odoo.http import Controller, content_disposition, request, route

HEADERS = [
    ("Content-Type", "application/octet-stream"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; sandbox"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]


class ComplaintOriginal(Controller):
    @route(
        "/klagebehandling/original/<string:token>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, token, **kwargs):
        """The original that a recorded act opened; anything else does not exist."""
        act = request.env["complaint.original.act"]._find_by_token(token)
        opened = act and act._download()
        if not opened:
            return request.not_found()
        name, raw = opened
        disposition = ("Content-Disposition", content_disposition(name))
        return request.make_response(raw, headers=[*HEADERS, disposition])
