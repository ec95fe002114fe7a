"""Pictures within documents: those of ``image``, and drawings."""

import re

from lxml import etree

from . import image, markup, metafile
from .detect import kind_of
from .limits import CannotBeCleaned

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# What draws, in SVG 1.1 and 2; not what scripts, links and explains.
DRAWING = set(
    re.findall(
        r"\w+",
        "a animate animateMotion animateTransform circle clipPath defs ellipse feBlend "
        "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDropShadow "
        "feDiffuseLighting feDisplacementMap feDistantLight feFlood feFuncA feFuncB "
        "feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology "
        "feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence "
        "filter g image line linearGradient marker mask mpath path pattern polygon "
        "polyline radialGradient rect set stop style svg switch symbol text textPath "
        "tspan use view",
    )
)
LABELS = re.compile(r"(?:data-|aria-|on).*|role|name|label|title|lang", re.IGNORECASE)
# It names the standard; one that defines something is not read.
DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>")
WORDS = {"style", "text", "textPath", "tspan", "a"}
OWN_IDS = re.compile(r"(url\(\s*['\"]?#|^#)([^'\")\s]+)")
REMARKS = re.compile(r"/\*.*?\*/", re.DOTALL)
OUTSIDE = re.compile(r"@import[^;]*;?|url\(\s*['\"]?(?!#)[^)]*\)", re.IGNORECASE)


def clean(raw, budget):
    """A picture as it lies in a document.

    :raises CannotBeCleaned: with ``embedded`` for what is no picture
    """
    if metafile.is_one(raw):
        return metafile.clean(raw, budget)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _clean_svg(raw, budget)
    if _kind(raw) not in image.FORMATS:
        raise CannotBeCleaned("embedded")
    return image.clean(raw, budget, is_embedded=True)


def _kind(raw):
    try:
        return kind_of("", raw)
    except CannotBeCleaned:
        return None


def _clean_svg(raw, budget):
    root = markup.parse(DOCTYPE.sub(b"", raw, count=1))
    if root.tag != f"{{{SVG}}}svg":
        raise CannotBeCleaned("embedded")
    ids = {}
    for element in list(root.iter()):
        budget.take_object()
        # Drawing programs keep the path of the file and much else beside the drawing.
        is_drawing = markup.space(element.tag) == SVG and (
            markup.local(element.tag) in DRAWING
        )
        if not is_drawing:
            markup.remove(element)
        else:
            _clean_shape(element, ids)
    etree.cleanup_namespaces(root)
    return markup.write(root)


def _clean_shape(element, ids):
    parent = element.getparent()
    if markup.local(element.tag) not in WORDS and (element.text or "").strip():
        element.text = None
    if parent is not None and markup.local(parent.tag) not in WORDS:
        element.tail = None
    if markup.local(element.tag) == "style":
        element.text = _clean_style(element.text or "")
    for name, value in list(element.attrib.items()):
        home = markup.space(name)
        is_link = markup.local(name) == "href"
        if value.startswith("data:"):
            raise CannotBeCleaned("embedded")
        is_outside = is_link and not value.startswith("#")
        if home not in ("", XLINK, XML) or is_outside or LABELS.fullmatch(name):
            del element.attrib[name]
        elif name == "id":
            element.attrib[name] = _numbered(ids, value)
        else:
            element.attrib[name] = OWN_IDS.sub(
                lambda found: found[1] + _numbered(ids, found[2]), _clean_style(value)
            )


def _numbered(ids, given):
    """Ids are names of layers, or made up anew for each drawing."""
    return ids.setdefault(given, f"id{len(ids) + 1}")


def _clean_style(text):
    return OUTSIDE.sub("none", REMARKS.sub("", text))
