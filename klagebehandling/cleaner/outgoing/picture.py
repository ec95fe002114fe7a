"""Pictures: what stands beside the pixels."""

import io

from PIL import ExifTags, Image, TiffImagePlugin

from ..detect import kind_of

# Tags that say how a picture is drawn, and nothing of who made it.
DRAWING = {
    *range(254, 270),
    *(273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296, 297),
    *(301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 338, 339, 347),
    *(529, 530, 531, 532, 34675, 40961),
}
TELLING = {
    b"tEXt": "text",
    b"zTXt": "text",
    b"iTXt": "text",
    b"eXIf": "Exif",
    b"tIME": "time",
}
STARTS = {b"Exif\0": "Exif", b"http": "XMP", b"Photo": "IPTC", b"MPF\0": "pictures"}


def look(raw, notes, place="file", where=""):
    """Note what stands beside the pixels of a picture.

    :param place: where in a document it is; the file itself without it
    """
    kind = kind_of("", raw)
    if kind == "jpeg":
        _look_jpeg(raw, notes, place, where)
    elif kind == "png":
        _look_png(raw, notes, place, where)
    elif kind == "webp":
        _look_webp(raw, notes, place, where)
    elif kind in ("tiff", "gif"):
        look_inside(raw, notes, place, where)


def look_inside(raw, notes, place="file", where=""):
    """The same by what the library for pictures reads of it."""
    _register_heif()
    with Image.open(io.BytesIO(raw)) as image:
        notes.budget.take_pixels(image.size)
        _look_exif(dict(image.getexif()), notes, place, where)
        if isinstance(image, TiffImagePlugin.TiffImageFile):
            _look_exif(dict(image.tag_v2), notes, place, where)
        for name in ("comment", "xmp", "XML:com.adobe.xmp", "exif"):
            value = image.info.get(name)
            if value and name != "exif":
                notes.find("metadata", place, where, _text(value))
                notes.tell(_text(value), place, where)


def _register_heif():
    try:
        import pillow_heif
    except ImportError:
        return
    pillow_heif.register_heif_opener()


def _look_exif(tags, notes, place, where):
    for tag, value in tags.items():
        if tag in DRAWING or value in ("", b"", None):
            continue
        name = ExifTags.TAGS.get(tag, str(tag))
        notes.find("metadata", place, where, f"{name} {_text(value)}")
        notes.tell(_text(value), place, where)


def _look_jpeg(raw, notes, place, where):
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD8 or 0xD0 <= marker <= 0xD7:
            at += 2
            continue
        if marker == 0xDA:
            break
        size = int.from_bytes(raw[at + 2 : at + 4], "big")
        _look_segment(marker, raw[at + 4 : at + 2 + size], notes, place, where)
        at += 2 + size
    end = raw.rfind(b"\xff\xd9")
    behind = raw[end + 2 :].strip(b"\0\r\n ") if end >= 0 else b""
    if behind or raw.count(b"\xff\xd8\xff", 2):
        notes.find("hidden", place, where, _text(behind[:200]))
        notes.tell(_text(behind[:4000]), place, where)


def _look_segment(marker, content, notes, place, where):
    if marker == 0xFE:
        notes.find("metadata", place, where, _text(content))
        notes.tell(_text(content), place, where)
        return
    for start, name in STARTS.items():
        if not content.startswith(start):
            continue
        if name == "Exif":
            exif = Image.Exif()
            exif.load(content)
            _look_exif(dict(exif), notes, place, where)
        else:
            notes.find("metadata", place, where, name)
            notes.tell(_text(content), place, where)


def _look_png(raw, notes, place, where):
    at = 8
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        kind, content = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + size]
        if kind in TELLING:
            notes.find("metadata", place, where, f"{TELLING[kind]} {_text(content)}")
            notes.tell(_text(content), place, where)
        at += 12 + size
        if kind == b"IEND":
            break
    if raw[at:].strip(b"\0\r\n "):
        notes.find("hidden", place, where, _text(raw[at : at + 200]))


def _look_webp(raw, notes, place, where):
    at = 12
    while at + 8 <= len(raw):
        kind = raw[at : at + 4]
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        content = raw[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            exif = Image.Exif()
            exif.load(content)
            _look_exif(dict(exif), notes, place, where)
        elif kind == b"XMP ":
            notes.find("metadata", place, where, "XMP")
            notes.tell(_text(content), place, where)
        at += 8 + size + size % 2
    if at < len(raw):
        notes.find("hidden", place, where, _text(raw[at : at + 200]))


def _text(value):
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else " " for sign in str(value))
