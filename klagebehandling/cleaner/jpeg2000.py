"""JPEG 2000 within a PDF: only the boxes that make the picture."""

from .limits import CannotBeCleaned

CODESTREAM = b"\xff\x4f\xff\x51"
KEPT = {b"jP  ", b"ftyp", b"jp2h", b"rreq"}
START_OF_TILE = 0xFF90
REMARK = 0xFF64


def strip(raw):
    """Drop the boxes of text and of other programs.

    :raises CannotBeCleaned: where the boxes cannot be followed
    """
    if raw.startswith(CODESTREAM):
        return _strip_remarks(raw)
    kept, at = [], 0
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16], "big")
        size = size or len(raw) - at
        if size < 8 or at + size > len(raw):
            raise CannotBeCleaned("unreadable")
        if raw[at + 4 : at + 8] == b"jp2c":
            stream = raw[at : at + size]
            stream = stream[stream.find(CODESTREAM) :]
            kept += [bytes(4), b"jp2c", _strip_remarks(stream)]
            break
        if raw[at + 4 : at + 8] in KEPT:
            kept.append(raw[at : at + size])
        at += size
    return b"".join(kept)


def _strip_remarks(stream):
    """Drop what the coder remarks before the first tile."""
    kept, at = [stream[:2]], 2
    while True:
        code = int.from_bytes(stream[at : at + 2], "big")
        size = int.from_bytes(stream[at + 2 : at + 4], "big")
        if code == START_OF_TILE or code < 0xFF00 or size < 2:
            return b"".join([*kept, stream[at:]])
        if code != REMARK:
            kept.append(stream[at : at + 2 + size])
        at += 2 + size
