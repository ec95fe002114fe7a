"""Fonts in a document: locked with a key that is the same for everybody."""

LOCKED = 32


def lock_anew(raw, old=None, new=None):
    """The font, locked with another key (ISO/IEC 29500-4, 17.8.1).

    The key that a program makes up is an id of the document.

    :param old: the key that it is locked with, ``None`` where it is open
    """
    if old is None:
        return raw
    change = bytes(a ^ b for a, b in zip(_bytes(old), _bytes(new), strict=True))
    head = bytes(byte ^ change[at % 16] for at, byte in enumerate(raw[:LOCKED]))
    return head + raw[LOCKED:]


def _bytes(key):
    return bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
