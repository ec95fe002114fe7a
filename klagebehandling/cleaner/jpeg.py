"""JPEG without its metadata and without touching a pixel, for pictures in documents."""

import re

from .limits import CannotBeCleaned

START = b"\xff\xd8"
END = b"\xff\xd9"
SCAN = 0xDA
# What a decoder needs: tables, frames, restart interval, arithmetic conditioning.
NEEDED = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD} | (set(range(0xC0, 0xD0)) - {0xC8})
STANDALONE = {0x01, *range(0xD0, 0xD8)}
ADOBE = b"Adobe"
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def strip(raw):
    """Keep the tables and the scans, in their order, and nothing behind the end.

    :raises CannotBeCleaned: where the segments cannot be followed
    """
    if raw[:2] != START:
        raise CannotBeCleaned("unreadable")
    kept, at = [START], 2
    while True:
        at = _marker(raw, at)
        code = raw[at]
        if code == END[1]:
            return b"".join([*kept, END])
        if code in STANDALONE:
            at += 1
            continue
        end = at + 1 + int.from_bytes(raw[at + 1 : at + 3], "big")
        if end > len(raw) or end < at + 3:
            raise CannotBeCleaned("unreadable")
        kept.append(_segment(code, raw[at - 1 : end]))
        at = end
        if code == SCAN:
            following = NEXT_MARKER.search(raw, at)
            at = following.start() if following else len(raw)
            kept.append(raw[end:at])
            if not following:
                # Cut short on the way: what there is stays.
                return b"".join([*kept, END])


def _marker(raw, at):
    """Where the code of the next marker stands, behind its fill bytes."""
    if raw[at : at + 1] != b"\xff":
        raise CannotBeCleaned("unreadable")
    while raw[at : at + 1] == b"\xff":
        at += 1
    if at >= len(raw):
        raise CannotBeCleaned("unreadable")
    return at


def _segment(code, segment):
    if code in NEEDED or code == SCAN:
        return segment
    if code == 0xEE and segment[4:9] == ADOBE:
        return segment[:16]  # how the colours are coded
    if code == 0xE0 and segment[4:9] == b"JFIF\0":
        return JFIF
    return b""
