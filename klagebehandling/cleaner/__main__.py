"""The process of ``apart``: reads files, answers each, and keeps within its limits.

Read is one line with a header and the bytes of the files; written is, for each, one
line with kind, reason and size, and the clean bytes.
"""

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
    """Answer file by file, so that what is done stays done when the process dies."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    header = json.loads(source.readline())
    sys.path[:] = [str(Path(__file__).parent.parent), *header["path"]]
    import cleaner

    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_CPU, 1 + int(header["seconds"]))
    limit(resource.RLIMIT_AS, header["memory"])
    budget = cleaner.Budget(header["seconds"])
    for name, size in header["files"]:
        examined = cleaner.examine(name, source.read(size), budget)
        content = examined.content
        size = None if content is None else len(content)
        line = json.dumps([examined.kind, examined.reason, size])
        target.write(line.encode() + b"\n" + (content or b""))
        target.flush()


if __name__ == "__main__":
    main()
