from odoo.http import Controller, content_disposition, request, route

HEADERS = [
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    ),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]


class ComplaintMinutes(Controller):
    @route(
        "/klagebehandling/minutes/<string:token>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def document(self, token, **kwargs):
        """The kept file that a recorded act opened; anything else does not exist."""
        documents = request.env["complaint.minutes.document"]
        document_sudo = documents._find_by_token(token)
        raw = document_sudo and document_sudo._open()
        if not raw:
            return request.not_found()
        name = document_sudo._file_name()
        shown = "inline" if document_sudo.kind == "html" else None
        return request.make_response(
            raw,
            [
                *HEADERS,
                ("Content-Type", document_sudo._content_type()),
                ("Content-Disposition", shown or content_disposition(name)),
            ],
        )
