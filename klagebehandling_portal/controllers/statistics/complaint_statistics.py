from odoo.http import content_disposition, request, route

from odoo.addons.klagebehandling.models.publication.complaint_publication import FILES

from ..form.complaint_form import ComplaintForm
from ..page.complaint_page import GET, show, show_missing

# A report is a document of its own: it has its style in it, and nothing runs.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class ComplaintStatistics(ComplaintForm):
    """The yearly reports of an organisation, as they were published."""

    @route("/klage/<string:slug>/statistikk", **GET)
    def statistics(self, slug, **kwargs):
        unit = self._open(slug)
        reports = unit and unit._public_reports()
        if not reports:
            return show_missing()
        years = [
            {
                "year": one.year,
                "lang": one.lang[:2],
                "summary": one.summary or {},
                "published_on": one.published_on,
                "files": [
                    (kind, f"/klage/{unit.slug}/statistikk/{one.year}.{kind}")
                    for kind, (field, _type) in FILES.items()
                    if one[field]
                ],
            }
            for one in reports.with_context(bin_size=True)
        ]
        return show("statistics_page", {"unit": unit, "years": years})

    @route("/klage/<string:slug>/statistikk/<string:name>", **GET)
    def report(self, slug, name, **kwargs):
        """A file of a published report: the same bytes each time."""
        unit = self._open(slug)
        year, _dot, kind = name.partition(".")
        report = unit and unit._public_reports().filtered(
            lambda one: str(one.year) == year
        )
        content = report and kind in FILES and report._content(kind)
        if not content:
            return show_missing()
        name = report._file_name(kind)
        shown = "inline" if kind == "html" else content_disposition(name)
        headers = {"Content-Type": FILES[kind][1], "Content-Disposition": shown}
        response = request.make_response(content, list(headers.items()))
        response.own_headers = HEADERS
        return response

    def _show_form(self, unit, *args, **more):
        return super()._show_form(unit, *args, report_url=unit._report_url(), **more)
