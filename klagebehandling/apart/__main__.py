"""The process itself: does its job within its limits."""

import importlib
import json
import resource
import sys
from pathlib import Path


def limit(name, value):
    """Set a limit, as far as the one that the server has allows it."""
    _soft, hard = resource.getrlimit(name)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    # The hard one stays above: reached at once with it, the time would end the process
    # with another signal.
    resource.setrlimit(name, (value, hard))


def main():
    """Read one line with a header, and leave what follows to the job."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    header = json.loads(source.readline())
    sys.path[:] = [str(Path(__file__).parent.parent), *header["path"]]
    job = importlib.import_module(header["job"])
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_CPU, 1 + int(header["seconds"]))
    limit(resource.RLIMIT_AS, header["memory"])
    job.answer(header, source, target)


if __name__ == "__main__":
    main()
