"""How much work files may cause, and the refusal of what cannot be cleaned."""

import time

# For all files of a request together.
SECONDS = 30
MEMORY = 768 * 1024 * 1024
MAX_ALL_PIXELS = 400_000_000
MAX_ALL_UNPACKED = 400 * 1024 * 1024
MAX_ALL_CLEAN = 100 * 1024 * 1024
# For one file.
MAX_PIXELS = 64_000_000
MAX_FILE_PIXELS = 160_000_000
MAX_UNPACKED = 150 * 1024 * 1024
MAX_FRAMES = 500
MAX_XML = 30 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_DEPTH = 2
MAX_OBJECTS = 500_000


REASONS = (
    "archive",
    "embedded",
    "encrypted",
    "heic",
    "key",
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
    """What is left of the time, the memory and the depth that files get."""

    def __init__(self, seconds=None):
        self.deadline = time.monotonic() + (SECONDS if seconds is None else seconds)
        self.all_pixels = MAX_ALL_PIXELS
        self.all_unpacked = MAX_ALL_UNPACKED
        self.all_clean = MAX_ALL_CLEAN
        self.start_file()

    def start_file(self):
        """Begin with the next file, which has no more than is left for all."""
        self.pixels = MAX_FILE_PIXELS
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
        self.all_pixels -= count * frames
        left = min(self.pixels, self.all_pixels)
        if count > MAX_PIXELS or frames > MAX_FRAMES or left < 0:
            raise CannotBeCleaned("too_large")

    def take_bytes(self, count):
        """Refuse a packed file before it is unpacked."""
        self.check_time()
        self.unpacked -= count
        self.all_unpacked -= count
        if min(self.unpacked, self.all_unpacked) < 0:
            raise CannotBeCleaned("too_large")

    def take_clean(self, count):
        """Refuse what would come out too large."""
        self.all_clean -= count
        if self.all_clean < 0:
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
