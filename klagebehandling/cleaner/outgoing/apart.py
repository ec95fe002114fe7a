"""Looks into files that leave, in a process of its own."""

import json
import time

from ... import apart
from .. import limits
from . import OTHER, Looked


def look_all(files):
    """What each file tells, in the same order; one that kills the process is unread.

    :param files: pairs of name and bytes
    :return: list of ``Looked``
    """
    looked, deadline = [], time.monotonic() + limits.SECONDS
    while len(looked) < len(files):
        waiting = files[len(looked) :]
        seconds = deadline - time.monotonic()
        if seconds <= 0:
            looked += [_unread("too_slow")] * len(waiting)
            break
        header = {"files": [[name, len(raw)] for name, raw in waiting]}
        content = b"".join(raw for _name, raw in waiting)
        output, reason = apart.run(
            "cleaner.outgoing", header, content, seconds, limits.MEMORY
        )
        lines = output.split(b"\n")[:-1]
        looked += [Looked(*json.loads(line)) for line in lines]
        if len(lines) < len(waiting):
            looked.append(_unread(reason))
    return looked


def _unread(reason):
    return Looked(OTHER, [["unread", "file", "", reason]], [], reason)
