"""Reads what a file that leaves would tell beside what its sender sees.

The counterpart of the cleaner, which it lies within: that one takes away what nobody
wrote on purpose, this one names what somebody may have: tracked changes, comments,
hidden text. Pure functions without Odoo; nothing is changed. What cannot be looked
into is a finding too, so that no file passes unseen.
"""

import json
from typing import NamedTuple

from ..detect import kind_of
from ..limits import Budget, CannotBeCleaned
from . import odf, office, page, picture, plain

OTHER = "other"
# What is found, and where: the room above has the words for each.
CODES = ("tracked", "comment", "hidden", "covered", "metadata", "embedded", "unread")
PLACES = ("file", "part", "paragraph", "sheet", "row", "slide", "page", "line")
READERS = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), office.look),
    **dict.fromkeys(("odt", "ods", "odp", "odg"), odf.look),
    **dict.fromkeys(("jpeg", "png", "gif", "webp", "tiff", "bmp"), picture.look),
    **dict.fromkeys(("heic", "avif"), picture.look_inside),
    "pdf": page.look,
    "text": plain.look,
}


class Looked(NamedTuple):
    """What a file tells: its kind, what was found and all texts in it.

    ``findings`` are ``(code, place, where, excerpt)``, ``texts`` ``(place, where,
    text)``; ``reason`` says why it could not be looked into.
    """

    kind: str
    findings: list
    texts: list
    reason: str | None


class Notes:
    """What is found on the way through a file, each place once."""

    def __init__(self, budget):
        self.budget = budget
        self.findings = {}
        self.texts = []

    def find(self, code, place="file", where="", excerpt=""):
        """Note something; of many in one place the first one speaks."""
        key = code, place, str(where)
        self.findings.setdefault(key, (*key, " ".join(str(excerpt).split())[:120]))

    def tell(self, text, place="file", where=""):
        """Note a text that can be read in the file, hidden or not."""
        text = " ".join((text or "").split())
        if text:
            self.budget.take_object()
            self.texts.append((place, str(where), text))


def look(name, raw, budget=None):
    """What a file tells beside what its sender sees, whatever its bytes are.

    :param name: what it is called, which leaves with it
    :param budget: where several files share what they may cost
    """
    kind, budget = OTHER, budget or Budget()
    notes = Notes(budget)
    budget.start_file()
    notes.tell(name, "file", "")
    try:
        budget.check_time()
        kind = kind_of(name, raw)
        if kind not in READERS:
            raise CannotBeCleaned("recording")
        READERS[kind](raw, notes)
        reason = None
    except CannotBeCleaned as refusal:
        reason = refusal.reason
    except MemoryError:
        reason = "too_large"
    except Exception:
        # A parser that stumbles has not seen all; its words could quote the file.
        reason = "unreadable"
    if reason:
        notes.find("unread", "file", "", reason)
    return Looked(kind, list(notes.findings.values()), notes.texts, reason)


def answer(header, source, target):
    """Look into files in the process of ``apart``: a line for each."""
    budget = Budget(header["seconds"])
    for name, size in header["files"]:
        looked = look(name, source.read(size), budget)
        target.write(json.dumps(looked).encode() + b"\n")
        target.flush()
