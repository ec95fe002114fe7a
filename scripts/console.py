"""What the user sees: step lines with seconds, and failures that say what to do."""

import sys
import time
from contextlib import contextmanager


class Failure(Exception):
    """A step went wrong; `advice` says what the user can do about it."""

    def __init__(self, message, advice=""):
        super().__init__(message)
        self.advice = advice


class Console:
    """Writes progress to standard output, or to standard error for `make shell`."""

    def __init__(self):
        self.stream = sys.stdout
        self.quiet = False

    def say(self, text=""):
        """Print one line."""
        print(text, file=self.stream, flush=True)

    @contextmanager
    def step(self, title):
        """Print a title now and the seconds that the block took afterwards."""
        start = time.monotonic()
        print(f"  {title} ...", end="", file=self.stream, flush=True)
        try:
            yield
        except BaseException:
            self.say(" failed")
            raise
        self.say(f" {time.monotonic() - start:.1f} s")

    def report(self, failure):
        """Print a failure and the advice that goes with it on standard error."""
        self.stream.flush()
        print(f"\nFAILED: {failure}", file=sys.stderr)
        if failure.advice:
            print(f"What to do: {failure.advice}", file=sys.stderr)
        sys.stderr.flush()


console = Console()
say = console.say
step = console.step
