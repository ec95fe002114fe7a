"""What Outlook packs into ``winmail.dat``, where the library for it is installed."""

try:
    from tnefparse import TNEF
except ImportError:  # the file is kept as it came
    TNEF = None


def unpack(raw):
    """Return text, HTML and files that are packed; None where that cannot be done.

    :return: (text, text, list of (name, bytes))
    """
    if TNEF is None:
        return None
    try:
        packed = TNEF(raw, do_checksum=False)
        files = [
            (one.long_filename() or one.name, one.data) for one in packed.attachments
        ]
        page = _text(packed.htmlbody)
        text = _text(packed.body)
        if not text and not page and packed.rtfbody:
            files.append(("text.rtf", bytes(packed.rtfbody)))
    except Exception:  # noqa: BLE001 whatever is packed, the file itself is kept
        return None
    if not (text or page or files):
        return None
    return text, page, files


def _text(value):
    from .characters import decode

    if not value:
        return ""
    if isinstance(value, bytes):
        return decode(value).rstrip("\0")
    return str(value).rstrip("\0")
