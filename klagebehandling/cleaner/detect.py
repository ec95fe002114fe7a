"""What a file is, read from its bytes."""

import io
import re
import zipfile

from . import text
from .limits import CannotBeCleaned

# Kind: suffix and media type of the cleaned file.
FORMATS = {
    "jpeg": ("jpg", "image/jpeg"),
    "png": ("png", "image/png"),
    "gif": ("gif", "image/gif"),
    "webp": ("webp", "image/webp"),
    "tiff": ("tif", "image/tiff"),
    "bmp": ("bmp", "image/bmp"),
    "pdf": ("pdf", "application/pdf"),
    "text": ("txt", "text/plain"),
    "docx": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "pptx": (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "odt": ("odt", "application/vnd.oasis.opendocument.text"),
    "ods": ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": ("odp", "application/vnd.oasis.opendocument.presentation"),
    "odg": ("odg", "application/vnd.oasis.opendocument.graphics"),
}
# What a name may end in without telling whose it is.
SUFFIXES = {suffix for suffix, _media in FORMATS.values()} | set(
    re.findall(
        r"\w+",
        "7z aac amr avi avif bin csv doc docm eml flac heic htm html jpeg m4a mkv mov "
        "mp3 mp4 msg odf ogg ppt rar rtf svg tiff vcf wav webm wma wmv xls xlsm xml "
        "zip",
    )
)
OPEN_DOCUMENTS = {
    FORMATS[kind][1].encode(): kind for kind in ("odt", "ods", "odp", "odg")
}
OFFICE = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
    b"presentationml.slideshow.main+xml": "pptx",
}
STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
)
REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_format"),
    (b"{\\rtf", "old_format"),
    (b"%!PS", "old_format"),
    (b"7z\xbc\xaf'\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"(\xb5/\xfd", "archive"),
    (b"ID3", "recording"),
    (b"OggS", "recording"),
    (b"fLaC", "recording"),
    (b"\x1aE\xdf\xa3", "recording"),
    (b"#!AMR", "recording"),
    (b"FLV\x01", "recording"),
    (b"\0\0\x01\xba", "recording"),
    (b"0&\xb2u\x8ef\xcf\x11", "recording"),
)
STILL_PICTURES = re.compile(rb"hei[cfmsx]|hev[cx]|mif1|msf1|avi[fs]")
SOUND_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf1-\xfb]")
PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of(name, raw):
    """The kind of a file that can be cleaned, a key of ``FORMATS``.

    :raises CannotBeCleaned: for every other
    """
    for start, reason in REFUSED:
        if raw.startswith(start):
            raise CannotBeCleaned(reason)
    for start, kind in STARTS:
        if raw.startswith(start):
            return kind
    if raw.startswith(PACKED):
        return _kind_of_package(raw)
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    return _kind_of_container(raw) or _kind_of_text(name, raw)


def _kind_of_container(raw):
    if raw[:4] == b"RIFF":
        if raw[8:12] == b"WEBP":
            return "webp"
        raise CannotBeCleaned("recording")
    if raw[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"):
        is_picture = STILL_PICTURES.match(raw[8:12])
        raise CannotBeCleaned("heic" if is_picture else "recording")
    if raw[257:262] == b"ustar":
        raise CannotBeCleaned("archive")
    # A bitmap says how long it is; a text that starts with BM does not.
    if raw[:2] == b"BM" and raw[6:10] == bytes(4):
        return "bmp"
    if SOUND_FRAME.match(raw):
        raise CannotBeCleaned("recording")
    return None


def _kind_of_package(raw):
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                mimetype = package.read("mimetype").strip()
                return OPEN_DOCUMENTS.get(mimetype) or _refuse("archive")
            if "[Content_Types].xml" not in names:
                _refuse("archive")
            with package.open("[Content_Types].xml") as types:
                return _kind_of_office(types.read(4 * 1024 * 1024))
    except CannotBeCleaned:
        raise
    except Exception as error:
        raise CannotBeCleaned("unreadable") from error


def _kind_of_office(types):
    if b"macroEnabled" in types or b"vbaProject" in types:
        _refuse("macros")
    for main, kind in OFFICE.items():
        if main in types:
            return kind
    return _refuse("unknown")


def _kind_of_text(name, raw):
    reason = text.why_not_plain(name, raw)
    if reason:
        raise CannotBeCleaned(reason)
    return "text"


def _refuse(reason):
    raise CannotBeCleaned(reason)
