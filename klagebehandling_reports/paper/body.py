"""Which elements and attributes of a pasted text survive on paper."""

import re
import unicodedata

from lxml import etree, html
from lxml.html import clean
from markupsafe import Markup

from . import style, table

# What a browser shows as a block of its own, and paper as a paragraph.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "button",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "legend",
        "main",
        "menu",
        "nav",
        "optgroup",
        "option",
        "section",
        "summary",
        "textarea",
    ]
)
KEPT = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", **dict.fromkeys(BLOCKS, "div")}
ATTRIBUTES = frozenset(
    [
        "alt",
        "colspan",
        "dir",
        "href",
        "lang",
        "reversed",
        "rowspan",
        "src",
        "start",
        "style",
        "type",
        "value",
    ]
)
# Blocks that hold text of their own, and those whose direction is that of their parts.
HOLDERS = ("dd", "div", "dt", "h2", "h3", "h4", "li", "p", "pre", "td", "th")
GROUPS = ("blockquote", "dl", "ol", "table", "ul")
LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# Pictures that stand in the document, or in a folder of an addon.
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,|/\w+/static/")
NUMBER = re.compile(r"-?\d{1,4}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
CHECKS = {
    "href": LINK.match,
    "src": PICTURE.match,
    "start": NUMBER.fullmatch,
    "value": NUMBER.fullmatch,
    "lang": LANGUAGE.fullmatch,
    "type": re.compile(r"[1aAiI]").fullmatch,
    "dir": re.compile(r"ltr|rtl").fullmatch,
}
# WeasyPrint lays out by recursion; nobody writes deeper than this by hand.
DEPTH = 16

CLEANER = clean.Cleaner(
    allow_tags=KEPT,
    remove_unknown_tags=False,
    safe_attrs_only=True,
    safe_attrs=ATTRIBUTES,
    kill_tags=("head", "script", "style", "template", "title"),
    style=False,
    forms=False,
    embedded=False,
    frames=False,
    annoying_tags=False,
)


def fit(body):
    """Bring what was pasted into a form that fits on the sheet, with all its words.

    Nothing of it is placed, hidden, coloured away or fetched.

    :param body: HTML as it is stored, or nothing
    :return: safe HTML
    """
    if not body or not body.strip():
        return Markup()
    root = html.Element("div")
    try:
        root.append(html.document_fromstring(str(body)))
    except etree.ParserError:  # Nothing but remarks.
        return Markup()
    for element in list(root.iter(etree.Element)):
        element.tag = RENAMED.get(element.tag, element.tag)
    _speak_pictures(root)
    CLEANER(root)
    for element in root.iter(etree.Element):
        _check_attributes(element)
    table.fit_all(root)
    _flatten(root, 0)
    _turn(root)
    return Markup(html.tostring(root, encoding="unicode"))


def _speak_pictures(root):
    """Put the words of a picture that is not printed in its place."""
    for picture in list(root.iter("img")):
        if not PICTURE.match(picture.get("src") or ""):
            picture.tag, picture.text = "span", picture.get("alt")


def _check_attributes(element):
    for name, check in CHECKS.items():
        if name in element.attrib and not check(element.get(name)):
            del element.attrib[name]
    if not (kept := style.kept(element.attrib.pop("style", ""))):
        return
    element.set("style", kept)


def _flatten(parent, depth):
    """Unwrap what adds nothing, and what lies too deep."""
    for child in list(parent.iterchildren(etree.Element)):
        is_bare = child.tag in ("span", "div") and not child.attrib and not child.tail
        is_only = len(parent) == 1 and not (parent.text or "").strip()
        if depth >= DEPTH and child.tag not in ("br", "img", "wbr"):
            _unwrap(child)
        elif is_bare and is_only and parent.tag == child.tag:
            _flatten(child, depth)
            child.drop_tag()
        else:
            _flatten(child, depth + 1)


def _unwrap(element):
    """Keep the words of all that lies below."""
    words = " ".join(element.itertext())
    element.clear(keep_tail=True)
    element.tag = "span"
    element.text = words


def _turn(root):
    """Write each block from the side from which its first letter is written."""
    for element in root.iter(*HOLDERS, *GROUPS):
        if "dir" in element.attrib:
            continue
        own = _direction(_own_text(element))
        around = (one.get("dir") for one in element.iterancestors())
        if own and own != next(filter(None, around), "ltr"):
            element.set("dir", own)


def _own_text(element):
    """The text of a block up to the first block within."""
    if element.tag in GROUPS:
        return element.text_content()
    words = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        if child.tag in HOLDERS or child.tag in GROUPS:
            break
        words += [child.text_content(), child.tail or ""]
    return "".join(words)


def _direction(text):
    """The side from which the first letter of a text is written, if it has any."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""
