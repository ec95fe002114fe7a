"""The template: loads a job once, and does each in a copy of itself.

The copy alone reads what a stranger has sent. It has no way to speak to the template,
and its limits end with it.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
from pathlib import Path

# Seconds without a job after which the memory is given back.
IDLE = 300
MOST_FILES = 65536


def limit(name, value):
    """Set a limit, as far as the one that the server has allows it."""
    _soft, hard = resource.getrlimit(name)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    # The hard one stays above: reached at once with it, the time would end the process
    # with another signal.
    resource.setrlimit(name, (value, hard))


def work(job, talk, life):
    """Read one line with a header, and leave what follows to the job; never returns.

    :param talk: the socket to read from and to answer on
    :param life: what is open as long as this process is
    """
    try:
        os.dup2(talk, 0)
        os.dup2(life, 3)
        os.closerange(4, MOST_FILES)
        with open(0, "rb") as source, open(os.dup(0), "wb") as target:
            header = json.loads(source.readline())
            limit(resource.RLIMIT_CORE, 0)
            limit(resource.RLIMIT_CPU, 1 + int(header["seconds"]))
            limit(resource.RLIMIT_AS, header["memory"])
            job.answer(header, source, target)
    finally:
        os._exit(0)


class Copies:
    """The copies that work now."""

    def __init__(self, job, control):
        self.job, self.control = job, control
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        self.running = {}

    def serve(self):
        """Make copies until nobody asks any more."""
        while events := self.selector.select(None if self.running else IDLE):
            for key, _events in events:
                if key.fileobj is self.control:
                    if not self.start():
                        return
                elif key.data:
                    self.end(key.data)
                else:
                    self.let_go(key.fileobj)

    def start(self):
        """Make a copy for who asks; false where the server has ended."""
        _word, sent, _flags, _address = socket.recv_fds(self.control, 1, 2)
        if len(sent) < 2:
            return False
        talk, leash = (socket.socket(fileno=one) for one in sent)
        # What is open in the copy alone tells when it has ended.
        life, theirs = os.pipe()
        pid = os.fork()
        if not pid:
            work(self.job, talk.fileno(), theirs)
        os.close(theirs)
        talk.close()
        self.running[life] = pid, leash
        self.selector.register(life, selectors.EVENT_READ, life)
        self.selector.register(leash, selectors.EVENT_READ)
        return True

    def let_go(self, leash):
        """End the copy that nobody waits for any more."""
        self.selector.unregister(leash)
        pid = next(one[0] for one in self.running.values() if one[1] is leash)
        os.kill(pid, signal.SIGKILL)

    def end(self, life):
        pid, leash = self.running.pop(life)
        self.selector.unregister(life)
        os.close(life)
        if leash.fileno() in self.selector.get_map():
            self.selector.unregister(leash)
        os.kill(pid, signal.SIGKILL)  # one that has ended does not mind
        _pid, status = os.waitpid(pid, 0)
        # Nobody may wait for it any more.
        with leash, contextlib.suppress(OSError):
            leash.send(bytes([os.WTERMSIG(status)]))


def main():
    """Load the job, and serve on the socket that is the standard input."""
    job, *path = sys.argv[1:]
    sys.path[:] = [str(Path(__file__).parent.parent), *path]
    loaded = importlib.import_module(job)
    control = socket.socket(fileno=os.dup(0))
    copies = Copies(loaded, control)
    gc.freeze()  # copies leave what is loaded where it is
    copies.serve()
    for pid, _leash in copies.running.values():
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
