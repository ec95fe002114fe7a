"""The parts of a mail: what is its text, and what are its files."""

import mimetypes
import re
from typing import NamedTuple

from .characters import codec_of, decode
from .headers import parse, read, text_of
from .markup import to_text
from .secured import PACKED, unpack_signed
from .winmail import unpack

# Parts within parts; deeper ones are kept as the file they are.
MAX_DEPTH = 20
LETTERS = ("message/rfc822", "message/global")
# Texts for programs: their words would stand in the way of what somebody wrote.
FOR_PROGRAMS = {
    "text/calendar",
    "text/css",
    "text/csv",
    "text/directory",
    "text/javascript",
    "text/rtf",
    "text/vcard",
    "text/x-amp-html",
    "text/x-vcard",
    "text/xml",
}
# What a mail server says about a mail is read apart and is no file of the sender.
REPORTED = ("message/delivery-status", "message/disposition-notification")
SHOWN = ("From", "To", "Cc", "Date", "Subject")
# Where the registry of the machine is of no help, or differs from one to the other.
SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/pgp-encrypted": ".txt",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-mime": ".p7m",
    "application/x-pkcs7-signature": ".p7s",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-amp-html": ".txt",
    "text/x-vcard": ".vcf",
    "image/jpeg": ".jpg",
    "image/heic": ".heic",
    "document/pdf": ".pdf",
    "message/rfc822": ".eml",
}


# Charsets that write a zero beside each letter.
WIDE = ("utf-16", "utf-32")


class File(NamedTuple):
    """A file of a mail."""

    name: str
    content: bytes


def content_of(message, depth=0):
    """Return the text of a mail and its files.

    Everything that somebody wrote or put in is in one of the two.
    """
    files = []
    text = _text(message, files, depth)
    return text.strip(), files


def _text(part, files, depth):
    """Return what a part says; what is a file of it goes into the list."""
    kind = kind_of(part)
    if kind in REPORTED:
        return ""
    if depth > MAX_DEPTH:
        return _keep(part, files)
    if kind in LETTERS:
        return _letter(part, files, depth)
    if kind == "multipart/alternative":
        return _best(part, files, depth)
    if part.is_multipart():
        said = (_text(one, files, depth + 1).strip() for one in part.get_payload())
        return "\n\n".join(filter(None, said))
    if kind in PACKED and (signed := unpack_signed(bytes_of(part))):
        # A signature tells who wrote it: the whole is kept beside what it says.
        _keep(part, files)
        return _text(parse(signed), files, depth + 1)
    return _leaf(part, kind, files, is_whole=not depth and not name_of(part))


def _leaf(part, kind, files, is_whole):
    """Return what a part without parts says.

    :param is_whole: a mail that is one text is its text, whatever it says that it is
    """
    if kind == "application/ms-tnef" or name_of(part).lower() == "winmail.dat":
        return _winmail(part, files)
    # Parts without a line between them are one text.
    is_text = kind.startswith(("text/", "multipart/")) and kind not in FOR_PROGRAMS
    if is_text and not _is_file(part, is_whole):
        return _words(part, kind, files)
    return _keep(part, files)


def _keep(part, files):
    """Keep a part as a file; it says nothing in the text."""
    file = _file(part)
    if file.content:
        files.append(file)
    return ""


def _best(part, files, depth):
    """Return the fullest of several forms of the same text; what is a file is kept."""
    forms = part.get_payload() if part.is_multipart() else []
    texts = [_text(one, files, depth + 1).strip() for one in forms]
    # The first of equals: it is the plain one.
    return max(texts, key=lambda text: len(re.findall(r"\w", text)), default="")


def _words(part, kind, files):
    raw = bytes_of(part)
    text = decode(raw, part.get_content_charset(failobj=None))
    if kind not in ("text/html", "application/xhtml+xml"):
        return _unflow(part, text)
    declared = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", raw[:4096], re.I)
    if declared and not part.get_content_charset(failobj=None):
        text = decode(raw, declared[1].decode())
    text, pictures = to_text(text)
    files += [File(name, content) for name, content in pictures]
    return text


def _unflow(part, text):
    """Return a text whose lines the sender's program has broken, as it was typed.

    RFC 3676: a line that ends in a space goes on in the next one, unless it is the line
    above a signature, or the next one is quoted.
    """
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    is_joined = str(part.get_param("delsp", "")).lower() == "yes"
    lines = [""]
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        start = lines[-1]
        is_quoted = ">" in (start[:1], line[:1])
        if start.endswith(" ") and start != "-- " and not is_quoted:
            lines.pop()
            line = (start[:-1] if is_joined else start) + line
        lines.append(line)
    return "\n".join(lines[1:])


def _letter(part, files, depth):
    """Keep a mail within the mail as a file that everybody can read."""
    inner = part.get_payload()
    inner = inner[0] if isinstance(inner, list) and inner else None
    if inner is None:
        return _keep(part, files)
    text = _text(inner, files, depth + 1).strip()
    head = [f"{name}: {text_of(inner, name)}" for name in SHOWN if text_of(inner, name)]
    subject = text_of(inner, "Subject") or "mail"
    content = "\n".join(head) + "\n\n" + text + "\n"
    files.append(File(_safe(subject)[:100] + ".txt", content.encode()))
    return ""


def _winmail(part, files):
    """Unpack what Outlook packed; where that fails it is a file like others."""
    raw = bytes_of(part)
    unpacked = unpack(raw)
    if unpacked is None:
        files.append(File(name_of(part) or "winmail.dat", raw))
        return ""
    text, page, packed = unpacked
    if page and not text.strip():
        text, pictures = to_text(page)
        files += [File(name, content) for name, content in pictures]
    files += [File(_safe(name) or "file", content) for name, content in packed]
    return text


def kind_of(part):
    """Return the type of a part, as it says; something Python can compare."""
    return part.get_content_type().lower()


def name_of(part):
    """Return what a part calls itself as a file; empty where it does not."""
    try:
        name = part.get_filename(failobj="") or ""
    except (UnicodeError, LookupError, ValueError, TypeError):
        name = ""
    return _safe(read(str(name).encode("utf-8", "surrogateescape")))


def bytes_of(part):
    """Return the bytes of a part, unpacked from how they were sent."""
    try:
        raw = part.get_payload(decode=True)
    except (UnicodeError, LookupError, ValueError, TypeError, AssertionError):
        raw = None
    if raw is None:
        payload = part.get_payload()
        if isinstance(payload, list):
            return b"\n".join(one.as_bytes() for one in payload)
        raw = str(payload or "").encode("utf-8", "surrogateescape")
    return raw


def _is_file(part, is_whole=False):
    """Whether a text is one that was attached, not what the mail says."""
    is_attached = part.get_content_disposition() == "attachment" or name_of(part)
    if is_attached and not is_whole:
        return True
    # What is called a text because it is called nothing that Python knows.
    is_wide = codec_of(part.get_content_charset(failobj=None))[:6] in WIDE
    return b"\0" in bytes_of(part) and not is_wide


def _file(part):
    name = name_of(part)
    if not name:
        kind = kind_of(part)
        guessed = SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin"
        name = f"file{guessed}"
    return File(name, bytes_of(part))


def _safe(name):
    """Return a name without folders, ends of lines or anything else that misleads."""
    name = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", name)
    return re.sub(r"[/\\]", "-", name).strip()[:250]
