"""Plain text: shows all it holds, but for signs that nobody sees."""

import re

from .. import text

# Of no width, turning the direction, or tags: what they carry is not seen.
UNSEEN = re.compile(
    "[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)


def look(raw, notes):
    for number, line in enumerate((text.decode(raw) or "").splitlines(), start=1):
        notes.tell(line, "line", number)
        if UNSEEN.search(line):
            notes.find("hidden", "line", number, UNSEEN.sub("", line))
