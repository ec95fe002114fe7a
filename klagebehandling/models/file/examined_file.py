from dataclasses import dataclass, field


@dataclass(slots=True, eq=False, repr=False)
class ExaminedFile:
    """A file that came in, and what became of it; not stored yet.

    ``complaint.original._examine`` makes it and ``_keep`` stores it. It has no text of
    its own: name and content may tell who wrote it, and must not come into a log.
    """

    # The name and the bytes as they were sent.
    name: str
    raw: bytes
    # The sender knows that it cannot be cleaned, and wants it read all the same.
    as_is: bool
    # What it is, as read from the bytes: a key of cleaner.FORMATS, or cleaner.OTHER.
    kind: str
    # The clean bytes; None where there is a reason (a key of REASONS) why not.
    content: bytes | None
    reason: str | None
    # Of the original: the hash that is sealed with it, and its keyed hash in the open.
    sha256: str
    digest: str
    # Nobody works with it: it is opened by a recorded act only.
    is_sealed: bool = False
    # Its place among the files of the case: set by _keep.
    number: int = field(init=False)
