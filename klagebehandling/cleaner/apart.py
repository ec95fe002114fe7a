"""Examines the files of a request in a process of its own, which may die of them.

A picture of a few bytes can unpack to a gigabyte, and a parser can be led to loop or
to crash. The process has limits of memory and time over all files together, knows no
key and no database, and takes nothing with it when it ends: what it had not answered
counts as a file that cannot be cleaned.

It is started anew (``subprocess``), not forked: a fork of a server with threads keeps
the locks that other threads held.
"""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import OTHER, Examined, limits

FOLDER = Path(__file__).parent
# To start, and to say that the time is over.
GRACE = 3
# Nothing of the server's own, where the key may stand.
ENVIRONMENT = {"LANG": "C.UTF-8"}
REASONS = {signal.SIGXCPU: "too_slow", signal.SIGKILL: "too_large"}


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
        answered, reason = _run(waiting, seconds)
        examined += answered
        if len(answered) < len(waiting):
            examined.append(Examined(OTHER, None, reason))
    return examined


def _run(files, seconds):
    """Let one process examine files, until it is through or dies.

    :return: what it has answered, and why it has not answered the next one
    """
    header = {
        "path": [folder for folder in sys.path if folder],
        "seconds": seconds,
        "memory": limits.MEMORY,
        "files": [[name, len(raw)] for name, raw in files],
    }
    line = json.dumps(header).encode() + b"\n"
    sent = b"".join([line, *(raw for _name, raw in files)])
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
        )
    except OSError:
        return [], "too_slow"  # no room for one more process
    try:
        output, _errors = process.communicate(sent, timeout=seconds + GRACE)
        reason = REASONS.get(-process.returncode, "unreadable")
    except subprocess.TimeoutExpired:
        reason = "too_slow"
        process.kill()
        output, _errors = process.communicate()
    return list(_answers(output)), reason


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
