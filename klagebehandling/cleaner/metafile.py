"""Windows' drawings within documents (EMF and WMF): only the records that draw."""

from .limits import CannotBeCleaned

EMF_START = b"\x01\0\0\0"
EMF_SIGNATURE = b" EMF"
PLACEABLE = b"\xd7\xcd\xc6\x9a"
WMF_START = (b"\x01\0\x09\0\0\x03", b"\x02\0\x09\0\0\x03", b"\x01\0\x09\0\0\x01")
# Records of EMF.
HEADER, END = 1, 14
REMARK = 70
# Remarks, the name of a printed document, profiles of colours, what goes to a driver.
DROPPED = {REMARK, 99, 102, 103, 104, 105, 106, 107, 110, 112, 113, 121, 122}
# Pictures; the coder of their pixels may be that of a whole file.
PICTURES = {80, 81}
FILES_OF_PIXELS = {4, 5}
# Of the header: up to where the name of the program stands, if there is one.
LONGEST_HEADER = 108
# Records of WMF.
WMF_END, WMF_ESCAPE = 0x0000, 0x0626
# Drawn with records of EMF+ only, which hold whole files of pictures.
PLUS = b"EMF+"


def is_one(raw):
    """Whether bytes are such a drawing."""
    is_emf = raw[:4] == EMF_START and raw[40:44] == EMF_SIGNATURE
    return is_emf or raw[:4] == PLACEABLE or raw.startswith(WMF_START)


def clean(raw, budget):
    """The drawing without remarks, names of programs and what stands behind it.

    :raises CannotBeCleaned: where its records cannot be followed, or where it is
        drawn in a way that is not understood
    """
    if raw[:4] == EMF_START:
        return _clean_emf(raw, budget)
    return _clean_wmf(raw, budget)


def _clean_emf(raw, budget):
    kept, at, kind = [], 0, HEADER
    while kind != END:
        budget.take_object()
        kind = int.from_bytes(raw[at : at + 4], "little")
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        if size < 8 or size % 4 or at + size > len(raw):
            raise CannotBeCleaned("unreadable")
        record = raw[at : at + size]
        at += size
        if kind == HEADER:
            record = _forget_program(record)
        if kind == REMARK and record[12:16] == PLUS and _is_plus_only(record):
            raise CannotBeCleaned("embedded")
        if kind in PICTURES and _coder_of(record) in FILES_OF_PIXELS:
            raise CannotBeCleaned("embedded")
        if kind not in DROPPED:
            kept.append(record)
    return _count_anew(kept)


def _forget_program(record):
    """The header without what is written behind its numbers."""
    length = int.from_bytes(record[60:64], "little")
    start = int.from_bytes(record[64:68], "little")
    if length and not 88 <= start <= len(record):
        raise CannotBeCleaned("unreadable")
    numbers = min(start or len(record), len(record), LONGEST_HEADER)
    head = bytearray(record[:numbers].ljust(len(record), b"\0"))
    head[60:68] = bytes(8)
    if len(head) >= 100:
        head[88:100] = bytes(12)  # where a format of pixels would stand
    return bytes(head)


def _coder_of(record):
    start = int.from_bytes(record[48:52], "little")
    return int.from_bytes(record[start + 16 : start + 20], "little")


def _is_plus_only(record):
    """Whether the first record of EMF+ says that no other program can draw it."""
    is_header = record[16:18] == b"\x01\x40"
    return is_header and not record[18] & 1


def _count_anew(kept):
    head = bytearray(kept[0])
    head[48:52] = sum(map(len, kept)).to_bytes(4, "little")
    head[52:56] = len(kept).to_bytes(4, "little")
    return b"".join([bytes(head), *kept[1:]])


def _clean_wmf(raw, budget):
    at = 22 if raw[:4] == PLACEABLE else 0
    if not raw[at:].startswith(WMF_START):
        raise CannotBeCleaned("unreadable")
    placed, head = raw[:at], bytearray(raw[at : at + 18])
    kept, at, kind = [], at + 18, None
    while kind != WMF_END:
        budget.take_object()
        size = int.from_bytes(raw[at : at + 4], "little") * 2
        kind = int.from_bytes(raw[at + 4 : at + 6], "little")
        if size < 6 or at + size > len(raw):
            raise CannotBeCleaned("unreadable")
        # What is meant for a printer may say anything.
        if kind != WMF_ESCAPE:
            kept.append(raw[at : at + size])
        at += size
    words = (len(head) + sum(map(len, kept))) // 2
    head[6:10] = words.to_bytes(4, "little")
    return b"".join([placed, bytes(head), *kept])
