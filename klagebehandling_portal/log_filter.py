"""Keeps who and what out of the log lines that our public pages cause.

Odoo's server logs an address and a path for each request, the whole statement, texts
included, for each failed query, and the message of each fault, which may quote a row
of the database. Of a request to our pages only that there was
one remains, and how it ended.
"""

import logging
import re
import threading
import traceback
from urllib.parse import urlsplit

from .read_only import BeginAnew

LOGGERS = ("werkzeug", "odoo.http", "odoo.sql_db")
OURS = re.compile(
    r"(/[a-z]{2}(_[A-Z]{2})?)?/(klage|klagebehandling_portal|my/complaints)(?=[/?#]|$)"
)
REQUEST_LINE = re.compile(r"(?:\x1b\[\d+m)*([A-Z]+) (/\S*) HTTP/")


class TracelessFilter(logging.Filter):
    """Rewrites the records of our requests; all others pass untouched."""

    def filter(self, record):
        line = REQUEST_LINE.match(str(record.args[0])) if record.args else None
        path = line[2] if line else self._current_path()
        if not OURS.match(path):
            return True
        if record.exc_info and isinstance(record.exc_info[1], BeginAnew):
            return False
        if record.name == "odoo.sql_db":
            self._rewrite(record, "A query of a public complaint page failed")
        elif line and len(record.args) == 3:
            self._rewrite(
                record, '"%s /klage" %s %s', line[1], record.args[1], record.args[2]
            )
        else:
            place = self._place(record)
            self._rewrite(
                record, "A request to a public complaint page failed\n%s", place
            )
        return True

    def _place(self, record):
        """Where a fault happened, without what was worked on."""
        trace = record.exc_info[2] if record.exc_info else None
        return "".join(traceback.format_tb(trace))

    def _current_path(self):
        """The path that this thread serves, as Odoo notes it."""
        return urlsplit(getattr(threading.current_thread(), "url", "") or "").path

    def _rewrite(self, record, message, *args):
        record.msg, record.args = message, args
        record.exc_info = record.exc_text = record.stack_info = None


def install():
    """Put the filter on the loggers, once."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, TracelessFilter) for one in logger.filters):
            logger.addFilter(TracelessFilter())
