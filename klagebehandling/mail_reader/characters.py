"""Bytes of a mail as text, whatever it says about its characters."""

import codecs
import re

# Read in this order where the mail itself is of no help: what is no UTF-8 is, in our
# part of the world, Windows-1252, also where it is called Latin-1 or ASCII.
WESTERN = "cp1252"
# Names that mailers write and Python does not know.
CALLED = {
    "ansi": WESTERN,
    "ascii": WESTERN,
    "iso-8859-1": WESTERN,
    "iso8859-1": WESTERN,
    "latin-1": WESTERN,
    "latin1": WESTERN,
    "us-ascii": WESTERN,
    "utf8mb4": "utf-8",
    "utf-8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-sjis": "shift_jis",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
}
# Text codecs of Python that are no way to write a letter.
NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# PostgreSQL keeps no zero, and nobody can read the other control characters.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATES = re.compile("[\ud800-\udfff]")


def _western(error):
    """Read the bytes that a codec does not know as Windows-1252, then as they are."""
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode(WESTERN), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


codecs.register_error("klagebehandling.western", _western)
TOLERANT = "klagebehandling.western"


def decode(raw, declared=None):
    """Return bytes as text; no sign becomes U+FFFD that can be read in some way.

    :param raw: bytes, of one part of a mail
    :param declared: what the mail calls the charset, where it does
    """
    return clean(_decode(raw, declared))


def clean(text):
    """Leave out what cannot be stored or seen; end lines in one way."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SURROGATES.sub("\N{REPLACEMENT CHARACTER}", CONTROLS.sub("", text))


def _decode(raw, declared):
    for mark, codec in MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace" if codec == "utf-16" else TOLERANT)
    codec = codec_of(declared)
    if _is_single_byte(codec):
        # What can be read as UTF-8 and is more than ASCII was never anything else.
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode(codec, TOLERANT)
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return raw.decode("utf-8", TOLERANT)


def codec_of(declared):
    """Return the codec that a mail means; UTF-8 where that is not to be known."""
    name = str(declared or "").strip().strip("\"'").lower()
    name = CALLED.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return "utf-8"
    is_text = getattr(info, "_is_text_encoding", True)
    if not is_text or info.name.replace("_", "-") in NO_CHARSETS:
        return "utf-8"
    return info.name


def _is_single_byte(codec):
    """Whether each byte is a sign of its own, as in the charsets of one alphabet."""
    try:
        return len(bytes(range(0xA0, 0x100)).decode(codec, "replace")) == 0x60
    except (LookupError, UnicodeError):
        return False
