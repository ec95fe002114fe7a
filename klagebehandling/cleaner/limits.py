"""How much work one file may cause, and the refusal of what cannot be cleaned."""

import time

SECONDS = 30
MAX_PIXELS = 64_000_000
MAX_ALL_PIXELS = 160_000_000
MAX_FRAMES = 500
MAX_UNPACKED = 150 * 1024 * 1024
MAX_XML = 30 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_DEPTH = 2
MAX_OBJECTS = 500_000


REASONS = (
    "archive",
    "embedded",
    "encrypted",
    "heic",
    "macros",
    "markup",
    "message",
    "no_engine",
    "old_format",
    "recording",
    "signed",
    "too_large",
    "too_slow",
    "unknown",
    "unreadable",
)


class CannotBeCleaned(Exception):
    """The file cannot be cleaned.

    ``reason`` is one of ``REASONS``.
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Budget:
    """What is left of the time, the memory and the depth that one file gets."""

    def __init__(self):
        self.deadline = time.monotonic() + SECONDS
        self.pixels = MAX_ALL_PIXELS
        self.unpacked = MAX_UNPACKED
        self.objects = MAX_OBJECTS
        self.depth = 0

    def check_time(self):
        if time.monotonic() > self.deadline:
            raise CannotBeCleaned("too_slow")

    def take_pixels(self, size, frames=1):
        """Refuse a picture before it is unpacked."""
        self.check_time()
        count = size[0] * size[1]
        self.pixels -= count * frames
        if count > MAX_PIXELS or frames > MAX_FRAMES or self.pixels < 0:
            raise CannotBeCleaned("too_large")

    def take_bytes(self, count):
        """Refuse a packed file before it is unpacked."""
        self.check_time()
        self.unpacked -= count
        if self.unpacked < 0:
            raise CannotBeCleaned("too_large")

    def take_object(self):
        self.objects -= 1
        if self.objects < 0:
            raise CannotBeCleaned("too_large")
        if not self.objects % 256:
            self.check_time()

    def enter(self):
        """Go into a file within the file."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise CannotBeCleaned("embedded")

    def leave(self):
        self.depth -= 1
