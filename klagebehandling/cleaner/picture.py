"""Pictures within documents: those of ``image``, and drawings."""

from . import image, markup
from .detect import kind_of
from .limits import CannotBeCleaned

EMF_START = b"\x01\0\0\0"
EMF_SIGNATURE = b" EMF"
PLACEABLE_WMF = b"\xd7\xcd\xc6\x9a"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
TELLING = {"metadata", "title", "desc", "script", "foreignObject"}


def clean(raw, budget):
    """A picture as it lies in a document.

    :raises CannotBeCleaned: with ``embedded`` for what is no picture
    """
    if raw[:4] == EMF_START and raw[40:44] == EMF_SIGNATURE:
        return _clean_emf(raw)
    if raw[:4] == PLACEABLE_WMF or raw[:6] == b"\x01\0\x09\0\0\x03":
        return raw
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


def _clean_emf(raw):
    """Blank what the header says of the program and of the drawing's name."""
    length = int.from_bytes(raw[60:64], "little") * 2
    start = int.from_bytes(raw[64:68], "little")
    if not length:
        return raw
    if start < 88 or start + length > len(raw):
        raise CannotBeCleaned("unreadable")
    return raw[:start] + bytes(length) + raw[start + length :]


def _clean_svg(raw, budget):
    root = markup.parse(raw)
    if root.tag != f"{{{SVG}}}svg":
        raise CannotBeCleaned("embedded")
    for element in list(root.iter()):
        budget.take_object()
        # Drawing programs keep the path of the file and much else beside the drawing.
        is_foreign = markup.space(element.tag) != SVG
        if element is not root and (is_foreign or markup.local(element.tag) in TELLING):
            markup.remove(element)
            continue
        for name, value in list(element.attrib.items()):
            home = markup.space(name)
            if home not in ("", XLINK, XML) or markup.PATH.search(value):
                del element.attrib[name]
            elif value.startswith("data:"):
                raise CannotBeCleaned("embedded")
    return markup.write(root)
