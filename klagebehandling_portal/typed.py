"""What was typed, read out of a request that failed, so that its answer gives it back.

Nothing is stored: it goes back to the browser that sent it, in the page of the error.
"""

import time

from werkzeug.exceptions import HTTPException
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Field,
    MultipartDecoder,
    NeedData,
)

CHUNK = 64 * 1024
# A form has its texts before its files: what comes after this is files only.
MOST_TEXT = 12 * 1024 * 1024
# A browser shows an answer only when all it sends is taken. More is not waited for.
MOST_BYTES = 1024 * 1024 * 1024
MOST_SECONDS = 60


def pairs(httprequest):
    """Names and texts of a sent form, in their order; empty where there is none.

    :param httprequest: of Odoo; its body is read already, or too large to be read
    """
    if httprequest.method != "POST":
        return []
    try:
        found = list(httprequest.form.items(multi=True))
    except HTTPException:
        found = _before_files(httprequest)
    return [(name, text) for name, text in found if name and name != "csrf_token"]


def _before_files(httprequest):
    """The texts of a body that is too large; its files are read and thrown away.

    Where the texts alone are too large some of them are read already: none is found.
    """
    length = httprequest.content_length or 0
    boundary = (httprequest.mimetype_params.get("boundary") or "").encode("latin-1")
    # Odoo hands the body out by its own reader only, which refuses this one.
    environ = httprequest._HTTPRequest__environ
    is_unread = length > (httprequest.max_content_length or length)
    if not boundary or not is_unread or httprequest.mimetype != "multipart/form-data":
        return []
    left = min(length, MOST_BYTES)
    until = time.monotonic() + MOST_SECONDS
    reader, decoder, taken = _Reader(), MultipartDecoder(boundary), 0
    while left and time.monotonic() < until:
        try:
            data = environ["wsgi.input"].read(min(CHUNK, left))
        except OSError:
            # Promised and not sent: the answer says so to whoever is still there.
            break
        if not data:
            break
        left -= len(data)
        taken += len(data)
        if taken <= MOST_TEXT:
            reader.take(decoder, data)
    return reader.found


class _Reader:
    """Collects the texts of a multipart body as it comes."""

    def __init__(self):
        self.found, self.name, self.text = [], None, b""

    def take(self, decoder, data):
        try:
            decoder.receive_data(data)
            self._read(decoder)
        except (HTTPException, ValueError):
            self.name = None

    def _read(self, decoder):
        event = decoder.next_event()
        while not isinstance(event, NeedData | Epilogue):
            if isinstance(event, Field):
                self.name, self.text = event.name, b""
            elif isinstance(event, Data):
                self.text += event.data if self.name else b""
                if self.name and not event.more_data:
                    self.found.append((self.name, self.text.decode(errors="replace")))
                    self.name = None
            else:
                self.name = None
            event = decoder.next_event()
