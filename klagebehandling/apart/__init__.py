"""Reads what strangers send in a process of its own, which may die of it.

A picture of a few bytes can unpack to a gigabyte, and a parser can be led to loop or
to crash. The process has limits of memory and time, knows no key and no database, and
takes nothing with it when it ends: what it had not answered counts as not readable.

It is started anew (``subprocess``), not forked: a fork of a server with threads keeps
the locks that other threads held.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
# To start, and to say that the time is over.
GRACE = 3
# Nothing of the server's own, where the key may stand.
ENVIRONMENT = {"LANG": "C.UTF-8"}
REASONS = {signal.SIGXCPU: "too_slow", signal.SIGKILL: "too_large"}


def run(job, header, content, seconds, memory):
    """Let one process do a job, until it is through or dies.

    :param job: package beside this one whose ``answer(header, source, target)`` runs
    :param header: dict of plain values
    :param content: bytes that follow it
    :param seconds: of its processor's time; a little longer by the clock
    :param memory: bytes
    :return: what it has written, and why it died; ``unreadable`` where it did not
    """
    header = {
        **header,
        "job": job,
        "path": [folder for folder in sys.path if folder],
        "seconds": seconds,
        "memory": memory,
    }
    line = json.dumps(header).encode() + b"\n"
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
        return b"", "too_slow"  # no room for one more process
    try:
        output, _errors = process.communicate(line + content, timeout=seconds + GRACE)
        return output, REASONS.get(-process.returncode, "unreadable")
    except subprocess.TimeoutExpired:
        process.kill()
        output, _errors = process.communicate()
        return output, "too_slow"
