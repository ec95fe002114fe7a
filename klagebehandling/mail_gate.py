"""What is known of a mail to our addresses while it passes Odoo's gateway.

Odoo logs sender, receiver and Message-Id of every mail it routes. Of a mail to our
addresses nothing is logged, and one to an anonymous address is cut down before anybody
reads it.
"""

import contextlib
import contextvars
import logging
import re

SILENT = contextvars.ContextVar("a mail to our addresses passes", default=False)
LOGGERS = (
    "odoo.addons.mail.models.fetchmail",
    "odoo.addons.mail.models.mail_alias",
    "odoo.addons.mail.models.mail_thread",
    "odoo.sql_db",
)
# What a mail needs to be read. Everything else tells who, when and from where.
KEPT_HEADERS = {
    b"subject",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"content-disposition",
}


class GateFilter(logging.Filter):
    """Drops what is logged about our mails; of a fault, that there was one remains."""

    def filter(self, record):
        if not SILENT.get():
            return True
        record.msg, record.args = "A mail to a complaint address caused a fault", ()
        record.exc_info = record.exc_text = record.stack_info = None
        return record.levelno >= logging.WARNING


@contextlib.contextmanager
def passing():
    """While one of our mails is worked on, in this thread only."""
    token = SILENT.set(True)
    try:
        yield
    finally:
        SILENT.reset(token)


def cut_down(raw, addresses, message_id):
    """A mail without sender, date, way and names of machines.

    Header lines are dropped before anybody parses them; what the person wrote, and a
    signature is a part of that, stays as it is.

    :param raw: the mail as bytes
    :param addresses: receivers that are kept
    :param message_id: stands in the place of its own
    """
    head, _blank, body = raw.partition(_blank_line(raw))
    lines = [
        line
        for line in re.split(rb"\r?\n(?![ \t])", head)
        if line.partition(b":")[0].strip().lower() in KEPT_HEADERS
    ]
    lines.append(b"To: " + ", ".join(addresses).encode())
    lines.append(b"Message-Id: " + message_id.encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _blank_line(raw):
    found = re.search(rb"\r?\n\r?\n", raw)
    return found[0] if found else b"\r\n\r\n"


def install():
    """Put the filter on the loggers, once."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, GateFilter) for one in logger.filters):
            logger.addFilter(GateFilter())
