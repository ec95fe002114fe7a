from odoo.http import Controller, request, route

from .complaint_minutes import HEADERS


class ComplaintReview(Controller):
    @route(
        "/klagebehandling/review/<string:number>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def document(self, number, **kwargs):
        """A review as a page, for who reads it; anything else does not exist."""
        reviews = request.env["complaint.review"]
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        if not is_number or not reviews.has_access("read"):
            return request.not_found()
        companies = request.env.user.company_ids.ids
        reviews = reviews.with_context(allowed_company_ids=companies)
        review = reviews.search([("id", "=", int(number))])
        if not review:
            return request.not_found()
        return request.make_response(
            review._make_page(),
            [*HEADERS, ("Content-Type", "text/html; charset=utf-8")],
        )
