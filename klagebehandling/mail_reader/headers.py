"""The head of a mail, read from its bytes."""

import email
import email.errors
import email.header
import email.policy
import email.utils
import re
from datetime import UTC

from .characters import decode

# "Subject  : x", as old programs wrote it; Python reads the end of the head there.
OLD_SPELLING = re.compile(rb"^([!-9;-~]+)[ \t]+:", re.MULTILINE)
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")
MESSAGE_ID = re.compile(r"<[^<>\s]+>")
# Split first, then looked at: a head that is one long word takes no minutes.
BETWEEN = re.compile(r"[\s<>\"',;:()\[\]]+")
# The head of a mail is not longer; what is behind that is text.
MAX_HEAD = 512 * 1024
# Where servers and senders write whom a mail was for, blind copies included.
RECEIVERS = (
    "X-Original-To",
    "Delivered-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "X-Forwarded-To",
    "To",
    "Cc",
    "Bcc",
    "Resent-To",
    "Resent-Cc",
    "Resent-Bcc",
)


def straighten(raw):
    """Return a mail with a head that every parser finds the end of."""
    # What a mailbox puts before a mail is no part of it.
    raw = re.sub(rb"\A(?:>?From [^\n]*\n|[ \t]*\r?\n)+", b"", raw)
    found = BLANK_LINE.search(raw)
    head = raw[: found.start()] if found else raw
    return OLD_SPELLING.sub(rb"\1:", head) + raw[len(head) :]


def parse(raw):
    """Return the parsed mail, with a head that Python finds the end of."""
    return email.message_from_bytes(straighten(raw), policy=email.policy.compat32)


def head_of(raw):
    """Return the parsed head of a mail alone, which takes no time to read."""
    found = BLANK_LINE.search(raw[:MAX_HEAD])
    return parse(raw[: found.end() if found else MAX_HEAD])


def raw_values(message, name):
    """Return the bytes of each header of a name, unfolded."""
    values = []
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            text = str(value)
            raw = text.encode("utf-8", "surrogateescape")
            values.append(re.sub(rb"\r?\n[ \t]+", b" ", raw).strip())
    return values


def text_of(message, name):
    """Return the text of the first header of a name; empty without one."""
    values = raw_values(message, name)
    return read(values[0]) if values else ""


def read(raw):
    """Return the bytes of a header as text: encoded words, raw bytes, or both."""
    # One sign for a byte: the encoded words are plain ASCII, the rest comes back whole.
    text = raw.decode("latin-1")
    if not ENCODED_WORD.search(text):
        return decode(raw).strip()
    try:
        pieces = email.header.decode_header(text)
    except (email.errors.HeaderParseError, ValueError, UnicodeError):
        return decode(raw).strip()
    found = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            piece = piece.encode("latin-1", "replace")
        found.append(decode(piece, charset))
    return re.sub(r"\s+", " ", "".join(found)).strip()


def person_of(sender):
    """Return the name and the address of who wrote; empty where they are not there.

    A name with a comma that nobody quoted (``Hansen, Kari <kari@example.com>``) is one
    person as long as there is one address.
    """
    name, address = email.utils.parseaddr(sender)
    if "@" in address:
        return name, address
    found = {word for word in BETWEEN.split(sender) if "@" in word.strip("@")}
    before, _bracket, after = sender.partition("<")
    if len(found) == 1 and after.strip().strip("<>") in found:
        return before.strip().strip('"'), found.pop()
    return name, ""


def addresses_of(message):
    """Return whom a mail was for: addresses in small letters, as they are found."""
    found = {}
    for name in RECEIVERS:
        for raw in raw_values(message, name):
            for word in BETWEEN.split(decode(raw)):
                local, _at, domain = word.strip(".").rpartition("@")
                if local and domain:
                    found[f"{local}@{domain}".lower()] = True
    return list(found)


def ids_of(message, *names):
    """Return the Message-Ids that some headers name, whole."""
    found = {}
    for name in names:
        for raw in raw_values(message, name):
            found |= dict.fromkeys(MESSAGE_ID.findall(decode(raw)))
    return list(found)


def received_at(message):
    """Return when the organisation's own server got the mail: naive UTC, or None.

    The topmost line is the one that our side wrote; the ones below it anybody can.
    """
    for raw in raw_values(message, "Received")[:1]:
        _way, _semicolon, stamp = decode(raw).rpartition(";")
        try:
            moment = email.utils.parsedate_to_datetime(stamp.strip())
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
        if moment.tzinfo is None:
            return moment
        try:
            return moment.astimezone(UTC).replace(tzinfo=None)
        except (OverflowError, ValueError):
            return None
    return None
