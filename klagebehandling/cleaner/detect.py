"""What a file is, read from its bytes."""

import io
import re
import zipfile

from . import text
from .limits import CannotBeCleaned
from .package import IS_ENCRYPTED

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
    # What becomes of a photo that few programs read.
    "heic": ("jpg", "image/jpeg"),
    "avif": ("jpg", "image/jpeg"),
    "mp3": ("mp3", "audio/mpeg"),
    "wav": ("wav", "audio/x-wav"),
    "flac": ("flac", "audio/flac"),
    "ogg": ("ogg", "audio/ogg"),
    "m4a": ("m4a", "audio/mp4"),
    "mp4": ("mp4", "video/mp4"),
    "mov": ("mov", "video/quicktime"),
    "webm": ("webm", "video/webm"),
    "mkv": ("mkv", "video/x-matroska"),
}
# What a name may end in without telling whose it is.
SUFFIXES = {suffix for suffix, _media in FORMATS.values()} | set(
    re.findall(
        r"\w+",
        "7z aac amr asc avi avif bin cer crt csv doc docm eml flac gpg heic htm html "
        "ics jpeg key m4a mkv mov mp3 mp4 msg odf ogg p12 p7b p7m p7s pem pgp ppt pptm "
        "rar rtf sig svg tiff vcf wav webm wma wmv xls xlsb xlsm xml zip",
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
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
)
REFUSED = (
    (b"{\\rtf", "old_format"),
    (b"%!PS", "old_format"),
    (b"7z\xbc\xaf'\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"(\xb5/\xfd", "archive"),
    (b"#!AMR", "recording"),
    (b"FLV\x01", "recording"),
    (b"\0\0\x01\xba", "recording"),
    (b"0&\xb2u\x8ef\xcf\x11", "recording"),
)
# Word, Excel, PowerPoint and Outlook before 2007 pack streams; these names tell more.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("__properties_version1.0", "message"),
    ("_VBA_PROJECT", "macros"),
    ("Macros", "macros"),
)
# Keys and signatures in binary form: OpenPGP, PKCS #7 and #12, certificates.
KEYS = re.compile(
    rb"\x30(?:\x80|[\x81-\x84].{1,4}?)(?:\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
    rb"|\x02\x01\x03\x30|\x30(?:\x80|[\x81-\x84].{1,4}?)\xa0\x03\x02\x01)"
    rb"|[\x84\x85\x88\x89\x8c\x94\x95\x98\x99\xc1-\xc6].{1,5}?[\x02-\x06]",
    re.DOTALL,
)
KEY_NAMES = re.compile(
    r".*\.(?:asc|cer|crt|der|gpg|jks|key|keystore|p12|p7[bcmrsz]|pem|pfx|pgp|ppk|pub"
    r"|sig|sign|skr|pkr)",
    re.IGNORECASE | re.DOTALL,
)
AVIF = re.compile(rb"avi[fs]")
HEIC = re.compile(rb"hei[cfmsx]|hev[cx]|mif1|msf1")
SOUND = re.compile(rb"M4[AB] ")
MATROSKA = b"\x1aE\xdf\xa3"
MP3_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa\xfb]")
AAC_FRAME = re.compile(rb"\xff[\xf1\xf8\xf9]")
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
    if raw.startswith(OLD_OFFICE):
        raise CannotBeCleaned(_why_old(raw))
    if raw.startswith(PACKED):
        return _kind_of_package(raw)
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    return _kind_of_container(raw) or _kind_of_text(name, raw)


def _why_old(raw):
    for name, reason in OLD_STREAMS:
        if name.encode("utf-16-le") + bytes(2) in raw:
            return reason
    return "old_format"


def _kind_of_container(raw):
    if raw[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(raw[8:12]) or _refuse("recording")
    if raw[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return _kind_of_boxes(raw)
    if raw.startswith(MATROSKA):
        return "webm" if b"webm" in raw[:64] else "mkv"
    if raw[257:262] == b"ustar":
        raise CannotBeCleaned("archive")
    # A bitmap says how long it is; a text that starts with BM does not.
    if raw[:2] == b"BM" and raw[6:10] == bytes(4):
        return "bmp"
    if AAC_FRAME.match(raw):
        raise CannotBeCleaned("recording")
    return "mp3" if MP3_FRAME.match(raw) else None


def _kind_of_boxes(raw):
    """Of photos and films that begin with what they are compatible with."""
    if raw[4:8] != b"ftyp" or raw[8:12] == b"qt  ":
        return "mov"
    first, others = raw[8:12], raw[16 : int.from_bytes(raw[:4], "big")][:400]
    if AVIF.match(first) or (first in (b"mif1", b"msf1") and b"avif" in others):
        return "avif"
    if HEIC.match(first):
        return "heic"
    return "m4a" if SOUND.match(first) else "mp4"


def _kind_of_package(raw):
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                mimetype = package.read("mimetype").strip()
                kind = OPEN_DOCUMENTS.get(mimetype)
                is_document = mimetype.startswith(b"application/vnd.oasis.")
                return kind or _refuse("unknown" if is_document else "archive")
            if "[Content_Types].xml" not in names:
                _refuse(_why_archive(package))
            with package.open("[Content_Types].xml") as types:
                return _kind_of_office(types.read(4 * 1024 * 1024))
    except CannotBeCleaned:
        raise
    except Exception as error:
        raise CannotBeCleaned("unreadable") from error


def _why_archive(package):
    is_locked = any(one.flag_bits & IS_ENCRYPTED for one in package.infolist())
    return "encrypted" if is_locked else "archive"


def _kind_of_office(types):
    if b"vbaProject" in types:
        _refuse("macros")
    # Excel's binary workbooks say so without having any.
    if b"macroEnabled" in types and b"binary.macroEnabled" not in types:
        _refuse("macros")
    for main, kind in OFFICE.items():
        if main in types:
            return kind
    return _refuse("unknown")


def _kind_of_text(name, raw):
    reason = text.why_not_plain(name, raw)
    is_named_so = reason in (None, "unknown") and KEY_NAMES.fullmatch(name or "")
    if is_named_so or (reason == "unknown" and KEYS.match(raw)):
        reason = "key"
    if reason:
        raise CannotBeCleaned(reason)
    return "text"


def _refuse(reason):
    raise CannotBeCleaned(reason)
