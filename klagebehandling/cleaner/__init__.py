"""Cleans a file of what it tells beside its content: who made it, where and when.

Pure functions without Odoo. What a file is, is read from its bytes and never from its
name. A file is parsed and written anew; what is not understood is refused, not copied.

``docs/files.md`` says for people what is removed from which format.
"""

import json
from typing import NamedTuple

from . import image, odf, ooxml, pdf, recording, text
from .detect import FORMATS, SUFFIXES, kind_of
from .limits import REASONS, Budget, CannotBeCleaned

OTHER = "other"
# What becomes a file of another format, as FORMATS says.
CONVERTED = image.CONVERTED
CLEANERS = {
    **dict.fromkeys(image.FORMATS, image.clean),
    **dict.fromkeys(ooxml.FORMATS, ooxml.clean),
    **dict.fromkeys(odf.FORMATS, odf.clean),
    **dict.fromkeys(image.CONVERTED, image.convert),
    **dict.fromkeys(recording.FORMATS, recording.clean),
    "pdf": pdf.clean,
    "text": text.clean,
}


class Examined(NamedTuple):
    """What became of a file: its kind, and the clean bytes or why there are none."""

    kind: str
    content: bytes | None
    reason: str | None


def clean(name, raw):
    """The file without what it tells beside its content.

    :param name: what the file was called; only tells kinds of plain text apart
    :param raw: its bytes
    :raises CannotBeCleaned: with the code of the reason, whatever the bytes are
    """
    examined = examine(name, raw)
    if examined.reason:
        raise CannotBeCleaned(examined.reason)
    return examined.content


def examine(name, raw, budget=None):
    """Clean a file or say why not, together with what kind of file it is.

    Files of strangers are examined by ``apart``, in a process that may die of them.

    :param budget: where several files share what they may cost
    """
    kind, budget = OTHER, budget or Budget()
    budget.start_file()
    try:
        budget.check_time()
        kind = kind_of(name, raw)
        content = CLEANERS[kind](raw, budget)
        budget.take_clean(len(content))
        return Examined(kind, content, None)
    except CannotBeCleaned as refusal:
        return Examined(kind, None, refusal.reason)
    except MemoryError:
        return Examined(kind, None, "too_large")
    except Exception:
        # Whatever a parser stumbles over, the file is not clean. Its words are not
        # passed on: they could quote the file.
        return Examined(kind, None, "unreadable")


def answer(header, source, target):
    """Examine files in the process of ``apart``.

    File by file, so that what is done stays done when the process dies: for each, one
    line with kind, reason and size, and the clean bytes.
    """
    budget = Budget(header["seconds"])
    for name, size in header["files"]:
        examined = examine(name, source.read(size), budget)
        content = examined.content
        size = None if content is None else len(content)
        line = json.dumps([examined.kind, examined.reason, size])
        target.write(line.encode() + b"\n" + (content or b""))
        target.flush()
