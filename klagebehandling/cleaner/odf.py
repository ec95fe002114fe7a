"""odt, ods, odp and odg: content and styles without persons, times and settings."""

import posixpath
import re

from . import markup, picture
from .limits import CannotBeCleaned
from .package import Package, pack

FORMATS = ("odt", "ods", "odp", "odg")
MANIFEST = "META-INF/manifest.xml"
PARTS = re.compile(r"(?:Object \d+/)?(?:content|styles)\.xml")
PICTURES = re.compile(r"(?:Object \d+/)?Pictures/[^/]+")
DROPPED = re.compile(
    r"(?:Object \d+/)?(?:meta|settings)\.xml|Object \d+/mimetype|layout-cache"
    r"|(?:Thumbnails|Configurations2|ObjectReplacements|Versions)/.*|.*/"
    r"|manifest\.rdf|VersionList\.xml|META-INF/manifest\.xml|mimetype"
)
REFUSED = (
    (re.compile(r"META-INF/.*signatures.*"), "signed"),
    (re.compile(r"(?:Basic|Scripts|Dialogs)/.*"), "macros"),
    (re.compile(r"[Mm]edia/.*"), "recording"),
)
PERSONS = {
    "creator",
    "creator-initials",
    "sender-initials",
    "initial-creator",
    "date-string",
}
SETTINGS = ("rsid", "paragraph-rsid")
CHANGE = "change-info"
NO_DATE = "2000-01-01T00:00:00"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


def clean(raw, budget):
    """The document with nothing but its content."""
    package = Package(raw, budget)
    manifest = markup.parse(package.unpack(MANIFEST))
    if manifest.find(f".//{{{NAMESPACE}}}encryption-data") is not None:
        raise CannotBeCleaned("encrypted")
    parts = {}
    for name in package.names:
        content = _clean_member(name, package, budget)
        if content is not None:
            parts[name] = content
    mimetype = package.unpack("mimetype").strip()
    return pack(
        [
            ("mimetype", mimetype),
            *parts.items(),
            (MANIFEST, _clean_manifest(manifest, parts)),
        ]
    )


def _clean_member(name, package, budget):
    """The clean bytes of a member; ``None`` for what the document does not need."""
    for pattern, reason in REFUSED:
        if pattern.fullmatch(name):
            raise CannotBeCleaned(reason)
    if DROPPED.fullmatch(name):
        return None
    if PARTS.fullmatch(name):
        root = markup.parse(package.unpack(name))
        for element in list(root.iter()):
            budget.take_object()
            _scrub(element)
        return markup.write(root)
    if PICTURES.fullmatch(name):
        return picture.clean(package.unpack(name), budget)
    raise CannotBeCleaned("embedded")


def _scrub(element):
    name = markup.local(element.tag)
    in_change = element.getparent() is not None and (
        markup.local(element.getparent().tag) == CHANGE
    )
    if element.tag == f"{{{DUBLIN_CORE}}}date":
        # A change must have a date; a remark need not.
        if in_change:
            element.text = NO_DATE
        else:
            markup.remove(element)
    elif name in PERSONS:
        if in_change:
            element.text = ""
        else:
            markup.remove(element)
    elif name in ("scripts", "event-listeners"):
        markup.remove(element)
    _scrub_attributes(element)


def _scrub_attributes(element):
    for name, value in list(element.attrib.items()):
        label = markup.local(name)
        is_path = name == XLINK_HREF and _leads_to_a_disk(value)
        is_label = label == "name" and markup.space(name).endswith("drawing:1.0")
        if label in SETTINGS or is_path:
            del element.attrib[name]
        elif is_label and markup.is_file_name(value):
            element.attrib[name] = ""


def _leads_to_a_disk(address):
    return bool(markup.PATH.search(address)) or address.startswith("../")


def _clean_manifest(manifest, parts):
    for entry in list(manifest):
        path = entry.attrib.get(f"{{{NAMESPACE}}}full-path", "")
        is_folder = path.endswith("/") and any(
            posixpath.commonprefix([name, path]) == path for name in parts
        )
        if path != "/" and path not in parts and not is_folder:
            markup.remove(entry)
    return markup.write(manifest)
