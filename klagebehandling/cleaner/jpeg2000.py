"""JPEG 2000 within a PDF: only the boxes that make the picture."""

from .limits import CannotBeCleaned

CODESTREAM = b"\xff\x4f\xff\x51"
KEPT = {b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"}


def strip(raw):
    """Drop the boxes of text and of other programs.

    :raises CannotBeCleaned: where the boxes cannot be followed
    """
    if raw.startswith(CODESTREAM):
        return raw
    kept, at = [], 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16], "big")
        size = size or len(raw) - at
        if size < 8 or at + size > len(raw):
            raise CannotBeCleaned("unreadable")
        if raw[at + 4 : at + 8] in KEPT:
            kept.append(raw[at : at + size])
        at += size
    return b"".join(kept)
