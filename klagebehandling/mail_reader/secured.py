"""Mails that are signed or encrypted: what can be read without a key."""

import re

PACKED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
ARMOUR = re.compile(
    r"^-----BEGIN PGP MESSAGE-----\s*$.*?(^-----END [^\n]*|\Z)", re.M | re.S
)
# Of DER and BER: an octet string, one that is put together of others, the end of what
# has no length of its own.
OCTETS, JOINED, END = 0x04, 0x24, 0x00
CONSTRUCTED = 0x20
# What is signed lies six levels deep, and its pieces two more.
DEEPEST = 12


def is_encrypted(message, text):
    """Whether a part of a mail can be read with somebody's key only."""
    for part in message.walk():
        kind = part.get_content_type().lower()
        if kind == "multipart/encrypted":
            return True
        if kind in PACKED:
            raw = part.get_payload(decode=True)
            if raw and unpack_signed(raw) is None:
                return True
    return bool(ARMOUR.search(text))


def readable(text):
    """Return what a text says beside what is encrypted in it."""
    return ARMOUR.sub("", text).strip()


def unpack_signed(raw):
    """Return the mail within a signed envelope; None where there is none to read.

    Nobody checks the signature: the sealed original is there for that.
    """
    try:
        found = max(_octets(raw, 0, len(raw), 0)[0], key=len, default=b"")
    except (IndexError, ValueError):
        return None
    head = found[:200].lstrip().lower()
    return found if head.startswith((b"content-", b"mime-version")) else None


def _octets(raw, at, end, depth):
    """Return the octet strings from a place on, joined where they are in pieces."""
    found = []
    while at < end:
        tag, at = raw[at], at + 1
        size, at = _size(raw, at)
        if tag == END and not size:
            return found, at
        stop = end if size is None else at + size
        if stop > end:
            raise ValueError("cut off")
        if tag & CONSTRUCTED and depth < DEEPEST:
            inner, reached = _octets(raw, at, stop, depth + 1)
            found += [b"".join(inner)] if tag == JOINED else inner
            at = reached if size is None else stop
        else:
            if tag == OCTETS:
                found.append(raw[at:stop])
            at = stop
    return found, at


def _size(raw, at):
    """Return a length, None where only the end tells it, and where it ends."""
    first = raw[at]
    at += 1
    if first < 0x80:
        return first, at
    count = first & 0x7F
    if not count:
        return None, at
    if count > 8:
        raise ValueError("no length")
    return int.from_bytes(raw[at : at + count], "big"), at + count
