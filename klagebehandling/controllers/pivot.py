import json

from werkzeug.datastructures import FileStorage

from odoo.http import route

from odoo.addons.web.controllers.pivot import TableExporter

from ..spreadsheet import xlsx_title


class TextTableExporter(TableExporter):
    """The titles of a pivot table are what people wrote: text, never a formula."""

    @route()
    def export_xlsx(self, data, **kw):
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        return super().export_xlsx(json.dumps(_as_text(table)), **kw)


def _as_text(value, name=""):
    """The same data, with each title and value as text."""
    if isinstance(value, dict):
        return {key: _as_text(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_text(one, name) for one in value]
    if isinstance(value, str) and name in ("title", "value"):
        return xlsx_title(value)
    return value
