"""Examines the files of a request in a process of its own."""

import json
import time

from .. import apart
from . import OTHER, Examined, limits


def examine_all(files):
    """What became of each file, in the same order.

    :param files: pairs of name and bytes
    :return: list of ``Examined``
    """
    examined, deadline = [], time.monotonic() + limits.SECONDS
    while len(examined) < len(files):
        waiting = files[len(examined) :]
        seconds = deadline - time.monotonic()
        if seconds <= 0:
            examined += [Examined(OTHER, None, "too_slow")] * len(waiting)
            break
        header = {"files": [[name, len(raw)] for name, raw in waiting]}
        content = b"".join(raw for _name, raw in waiting)
        output, reason = apart.run("cleaner", header, content, seconds, limits.MEMORY)
        answered = list(_answers(output))
        examined += answered
        if len(answered) < len(waiting):
            examined.append(Examined(OTHER, None, reason))
    return examined


def _answers(output):
    """The answers that came whole."""
    at = 0
    while (end := output.find(b"\n", at)) >= 0:
        kind, reason, size = json.loads(output[at:end])
        at = end + 1 + (size or 0)
        if at > len(output):
            return
        content = None if size is None else output[end + 1 : at]
        yield Examined(kind, content, reason)
