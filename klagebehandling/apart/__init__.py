"""Reads what strangers send in a process of its own, which may die of it.

A picture of a few bytes can unpack to a gigabyte, and a parser can be led to loop or
to crash. The process has limits of memory and time, knows no key and no database, and
takes nothing with it when it ends: what it had not answered counts as not readable.

It is a copy of a template, one for each kind of job, that has loaded what the job needs
and has read nothing. The template is started anew (``subprocess``), not forked: a fork
of a server with threads keeps the locks that other threads held. It ends with the
server's process, and by itself when there is nothing to do.
"""

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).parent
# To start, and to say that the time is over.
GRACE = 3
PIECE = 256 * 1024
# Nothing of the server's own, where the key may stand.
ENVIRONMENT = {"LANG": "C.UTF-8"}
REASONS = {signal.SIGXCPU: "too_slow", signal.SIGKILL: "too_large"}


class Template:
    """The process of which each job gets a copy."""

    def __init__(self, job, path):
        self.path, self.owner = path, os.getpid()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(FOLDER), job, *path],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                cwd="/",
            )

    def may_serve(self, path):
        is_ours = self.owner == os.getpid() and self.path == path
        return is_ours and self.process.poll() is None

    def stop(self):
        """Let it end: it has nobody to listen to."""
        self.control.close()
        if self.owner != os.getpid():
            return
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def fork(self):
        """Ask for a copy.

        :return: sockets to talk to it, and to hold it by: closed, it is ended, and how
            it has ended is said there
        """
        talk, theirs = socket.socketpair()
        leash, other = socket.socketpair()
        with theirs, other, suppress(OSError):
            # One that has ended since answers nothing: see `run`.
            socket.send_fds(self.control, [b"+"], [theirs.fileno(), other.fileno()])
        return talk, leash


_templates = {}
_starting = threading.Lock()


def run(job, header, content, seconds, memory):
    """Let one process do a job, until it is through or dies.

    :param job: package beside this one whose ``answer(header, source, target)`` runs
    :param header: dict of plain values
    :param content: bytes that follow it
    :param seconds: of its processor's time; a little longer by the clock
    :param memory: bytes
    :return: what it has written, and why it died; ``unreadable`` where it did not
    """
    header = {**header, "seconds": seconds, "memory": memory}
    content = json.dumps(header).encode() + b"\n" + content
    output = b""
    # A template that has had nothing to do may end just as it is asked.
    for _try in range(2):
        try:
            template = _template(job)
            talk, leash = template.fork()
        except OSError:
            return b"", "too_slow"  # no room for one more process
        with talk, leash:
            output, reason = _converse(talk, leash, content, seconds + GRACE)
        if reason:
            return output, reason
        _forget(job, template)
    return output, "unreadable"


def forget():
    """End the templates; the next job starts its own anew."""
    for job, template in list(_templates.items()):
        _forget(job, template)


def _template(job):
    path = [folder for folder in sys.path if folder]
    with _starting:
        template = _templates.get(job)
        if template and not template.may_serve(path):
            _templates.pop(job).stop()
            template = None
        if not template:
            template = _templates[job] = Template(job, path)
        return template


def _forget(job, template):
    with _starting:
        if _templates.get(job) is template:
            _templates.pop(job).stop()


def _converse(talk, leash, content, seconds):
    """Say all, and listen until the other side has ended.

    :return: what it said, and the reason why it ended; ``None`` where nobody took the
        job
    """
    said = []
    if not _exchange(talk, content, said, time.monotonic() + seconds):
        leash.shutdown(socket.SHUT_WR)
        _exchange(talk, b"", said, time.monotonic() + GRACE)
        return b"".join(said), "too_slow"
    ended = b""
    leash.settimeout(GRACE)
    with suppress(OSError):
        ended = leash.recv(1)
    reason = REASONS.get(ended[0], "unreadable") if ended else None
    return b"".join(said), reason


def _exchange(talk, content, said, deadline):
    """Send what is left, add to ``said`` what comes, and tell whether it all came."""
    rest = memoryview(content)
    talk.setblocking(False)
    with selectors.DefaultSelector() as selector:
        selector.register(talk, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while ready := selector.select(max(0, deadline - time.monotonic())):
            try:
                if ready[0][1] & selectors.EVENT_READ:
                    piece = talk.recv(PIECE)
                    if not piece:
                        return True
                    said.append(piece)
                elif rest:
                    rest = rest[talk.send(rest[:PIECE]) :]
                else:
                    talk.shutdown(socket.SHUT_WR)
                    selector.modify(talk, selectors.EVENT_READ)
            except BrokenPipeError:
                # It listens no more, and may have said something.
                selector.modify(talk, selectors.EVENT_READ)
            except ConnectionResetError:
                return True
    return False
