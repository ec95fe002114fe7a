"""HTML as text in which nothing is lost: links, lists, tables, quotes, pictures."""

import base64
import binascii
import re
from html import unescape
from urllib.parse import unquote_to_bytes

from lxml import etree, html
from lxml.html import defs

DROPPED = {"style", "script", "head", "title", "template"}
# What begins a line of its own.
BLOCKS = defs.block_tags | defs.table_tags | {"body", "li", "html", "main", "tr"}
BLOCKS -= {"td", "th"}
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre"}
PICTURE = re.compile(
    r"\s*data:(?P<type>[\w/+.-]*)(?P<options>[^,]*),(?P<data>.*)", re.S
)
# The same within other words, as in a style or a list of sources.
WITHIN = re.compile(r"data:[\w/+.-]*(?:;[\w=.-]+)*;base64,[\w+/=%-]+", re.I)
SPACES = re.compile(r"[ \t\r\n\f]+")
LINKS = ("http:", "https:", "mailto:", "tel:", "ftp:")


class _Writer:
    """Puts text together, line by line, in the order in which it is read."""

    def __init__(self):
        self.lines = [""]
        self.prefixes = []
        self.pictures = []

    def say(self, text, is_literal=False):
        if is_literal:
            first, *rest = text.split("\n")
            self._add(first)
            for line in rest:
                self.break_line()
                self._add(line)
            return
        text = SPACES.sub(" ", text)
        if self.lines[-1] in ("", self._prefix()) or self.lines[-1].endswith(" "):
            text = text.lstrip(" ")
        self._add(text)

    def _add(self, text):
        if text and not self.lines[-1]:
            self.lines[-1] = self._prefix()
        self.lines[-1] += text

    def _prefix(self):
        return "".join(self.prefixes)

    def break_line(self):
        self.lines[-1] = self.lines[-1].rstrip()
        self.lines.append("")

    def end_line(self):
        """Go to the beginning of a line, where this is not one."""
        if self.lines[-1]:
            self.break_line()

    def leave_space(self):
        self.end_line()
        if len(self.lines) > 1 and self.lines[-2]:
            self.lines.append("")

    def text(self):
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def to_text(source):
    """Return the text of an HTML document, and the pictures that lie within it.

    :param source: text
    :return: text, and a list of (name, bytes)
    """
    plain = _strip(source)
    if not source.strip():
        return "", []
    # As bytes: lxml refuses text that says in which charset it was.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        root = html.document_fromstring(source.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return plain, []
    writer = _Writer()
    _walk(root, writer)
    text = writer.text()
    # The parser gives up within what is too deep for it, and says nothing.
    return (text if _letters(text) >= _letters(plain) else plain), writer.pictures


def _strip(source):
    """Return a document without its tags: the least that has to be in its text."""
    source = re.sub(
        r"(?is)<(style|script|head|title|template)\b.*?</\1\s*>", " ", source
    )
    source = re.sub(r"(?s)<!--.*?-->|<[^<>]*>", " ", source)
    return re.sub(r"[ \t]+", " ", unescape(source)).strip()


def _letters(text):
    return len(re.findall(r"\w", text))


def _walk(root, writer):
    """Go through the tree without recursion: a stranger decides how deep it is."""
    pending = [(root, False, False)]
    while pending:
        element, is_left, is_literal = pending.pop()
        if is_left:
            _leave(element, writer)
            if element.tail:
                writer.say(element.tail, is_literal)
            continue
        if not isinstance(element.tag, str) or element.tag in DROPPED:
            if element.tail:
                writer.say(element.tail, is_literal)
            continue
        # What follows the element is as literal as what is around it.
        pending.append((element, True, is_literal))
        inside = is_literal or element.tag in ("pre", "textarea")
        _keep_data(element, writer)
        _enter(element, writer)
        if element.text:
            writer.say(element.text, inside)
        pending += [(child, False, inside) for child in reversed(element)]


def _enter(element, writer):
    if element.tag in SPACED:
        writer.leave_space()
    elif element.tag in BLOCKS:
        writer.end_line()
    if begin := BEGINNINGS.get(element.tag):
        begin(element, writer)


def _cell(element, writer):
    if element.getprevious() is not None:
        writer.say(" | ")


def _value(element, writer):
    writer.say(element.get("value") or "")


def _leave(element, writer):
    tag = element.tag
    if tag == "a":
        address = (element.get("href") or "").strip()
        shown = "".join(element.itertext())
        if address.lower().startswith(LINKS) and _bare(address) not in shown:
            writer.say(f" ({address})")
    if tag == "blockquote":
        writer.end_line()
        writer.prefixes.pop()
    if tag in SPACED:
        writer.leave_space()
    elif tag in BLOCKS:
        writer.end_line()


def _bullet(element):
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    place = 1 + sum(1 for before in element.itersiblings("li", preceding=True))
    return f"{place}. "


def _bare(address):
    """Return an address as people write it."""
    return re.sub(r"^(https?://|mailto:|tel:)", "", address, flags=re.I).rstrip("/")


def _picture(element, writer):
    source, label = element.get("src") or "", (element.get("alt") or "").strip()
    name = _file(source, writer)
    if name or label:
        writer.say(f"[{label or name}]")
    if source.lower().startswith(("http:", "https:")):
        writer.say(f" ({source})")


def _keep_data(element, writer):
    """Keep as files what lies in other places of an element than a picture's."""
    for key, value in element.attrib.items():
        if "data:" not in value.lower() or (element.tag, key) == ("img", "src"):
            continue
        whole = PICTURE.match(value)
        for source in [value] if whole else WITHIN.findall(value):
            if name := _file(source, writer):
                writer.say(f"[{name}]")


def _file(source, writer):
    """Keep what lies within an address, and return what it is called then."""
    found = PICTURE.match(source)
    raw = found and _data(found)
    if not raw:
        return ""
    kind = found["type"].rpartition("/")[2].partition("+")[0] or "bin"
    name = f"picture-{len(writer.pictures) + 1}.{kind}"
    writer.pictures.append((name, raw))
    return name


def _data(found):
    data = unquote_to_bytes(found["data"])
    if "base64" not in found["options"].lower():
        return data
    data = re.sub(rb"\s", b"", data)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return b""


# What is written where an element begins.
BEGINNINGS = {
    "blockquote": lambda _element, writer: writer.prefixes.append("> "),
    "br": lambda _element, writer: writer.break_line(),
    "hr": lambda _element, writer: writer.say("----"),
    "img": _picture,
    "input": _value,
    "li": lambda element, writer: writer.say(_bullet(element)),
    "td": _cell,
    "th": _cell,
}
