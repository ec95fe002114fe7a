"""Reading routes that now and then have to write."""

from psycopg2.errors import ReadOnlySqlTransaction
from werkzeug.exceptions import HTTPException

from odoo.http import request

from odoo.addons.klagebehandling.sealing import receipt_code

# A code, a language and what a browser adds to them.
SMALL = 10_000


class BeginAnew(ReadOnlySqlTransaction):
    """Has Odoo serve the request once more, with a cursor that writes.

    Nothing has failed: a replica may not know of the newest cases yet, and a code that
    opens none is counted. The log says nothing of it (``log_filter``).
    """


def is_code_likely(controller, rule, args):
    """Whether what is sent is a code as codes are written, and no text beside it.

    Asked by Odoo before the route and its limits: more than a little is not read here.
    """
    sent = request.httprequest
    if not 0 < (sent.content_length or 0) <= SMALL:
        return False
    try:
        return not receipt_code.fault(sent.form.get("code", ""))
    except HTTPException:
        return False
