"""A case as archives take it over: plain facts, whatever the standard."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime

# What no XML file may hold.
UNTOLD = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SYSTEM = "klagebehandling"


@dataclass(frozen=True, slots=True)
class Person:
    """Who took part, as far as who makes the bundle may know."""

    name: str
    role: str
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the case, and where it lies in the bundle."""

    path: str
    title: str
    content: bytes
    media_type: str
    # When it was written or came in, naive UTC.
    moment: datetime
    # ``in``, ``out`` or ``own``.
    direction: str
    # Who wrote it, or whom it went to; empty where nobody is named.
    person: str = ""


@dataclass(frozen=True, slots=True)
class Archived:
    """The case itself. Instants are naive UTC; what is unknown is None."""

    reference: str
    registry_number: str
    title: str
    kind: str
    organisation: str
    unit: str
    handler: str
    received_at: datetime
    registered_at: datetime
    closed_at: datetime | None
    made_at: datetime
    people: list[Person] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def identifier(self, *parts):
        """The same UUID each time, for the case or for a part of it."""
        name = "/".join([SYSTEM, self.reference, *map(str, parts)])
        return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def told(text):
    """A text without what no XML file may hold."""
    return UNTOLD.sub("", text or "").strip()


def instant(moment):
    """An instant as XML has it, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
