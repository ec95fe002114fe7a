"""Plain text shows all it holds and stays; what only looks plain is refused."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
CARDS = re.compile(
    r"^[ \t]*BEGIN:V(CARD|CALENDAR|EVENT)[ \t\r]*$", re.IGNORECASE | re.MULTILINE
)
BOX = re.compile(r"From \S+ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
HEADERS = re.compile(
    r"^(received|message-id|mime-version|return-path|delivered-to|x-mailer|user-agent"
    r"|dkim-signature|authentication-results):",
    re.IGNORECASE | re.MULTILINE,
)
HIDING = (".eml", ".mbox", ".vcf", ".ics", ".mht", ".mhtml")
PAGES = (".htm", ".html", ".xhtml", ".svg", ".xml", ".rtf", ".ps", ".eps")
# Keys and signatures hold the name and address of whose they are.
ARMOURED = re.compile(
    r"^[ >\t]*-----?\s?BEGIN (PGP|X509|[A-Z ]*CERTIFICATE|PKCS|CMS|SIGNED|SSH"
    r"|OPENSSH|AGE|[A-Z0-9 ]*KEY)",
    re.MULTILINE,
)
# The same without its lines around: PKCS #7 and OpenPGP in base64, a public key of SSH.
BARE = re.compile(
    r"(MI[A-Za-z0-9+/\r\n]{1,8}(GCSqGSIb3DQEH|KoZIhvcNAQc)|(ssh|ecdsa|sk)-\S+ AAAA)"
)
SIZE_OF_HEADERS = 8000


def clean(raw, budget):
    return raw


def why_not_plain(name, raw):
    """The reason why bytes are no plain text; ``None`` where they are."""
    content = decode(raw)
    if content is None:
        return "unknown"
    start = content[:SIZE_OF_HEADERS].lstrip("\ufeff \t\r\n")
    suffix = (name or "").lower()
    is_mail = BOX.match(start) or HEADERS.search(start)
    if is_mail or CARDS.search(content) or suffix.endswith(HIDING):
        return "message"
    if ARMOURED.search(content) or BARE.match(start):
        return "key"
    if "endobj" in content:
        return "unknown"  # a PDF without its head, which readers repair
    # Pages hold comments, authors and addresses that no reader sees.
    if start.startswith(("<", "{\\rtf", "%!")) or suffix.endswith(PAGES):
        return "markup"
    return None


def decode(raw):
    """The text in one of the usual encodings; ``None`` where it is no text."""
    encodings = ("utf-16",) if raw.startswith(MARKS[1:]) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            content = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROL.search(content) else content
    return None
