"""odt, ods, odp and odg: content and styles without persons, times and settings."""

import posixpath
import re

from lxml import etree

from . import markup, picture
from .limits import CannotBeCleaned
from .odf_scrub import Scrubber
from .package import Package, pack

FORMATS = ("odt", "ods", "odp", "odg")
MANIFEST = "META-INF/manifest.xml"
PARTS = re.compile(r"(?:Object \d+/)?(?:content|styles)\.xml")
PICTURES = re.compile(r"(?:Object \d+/)?Pictures/[^/]+")
DROPPED = re.compile(
    r"(?:Object \d+/)?(?:meta|settings)\.xml|Object \d+/mimetype|layout-cache"
    r"|(?:Object \d+/)?"
    r"(?:Thumbnails|Configurations2|Fonts|ObjectReplacements|Versions)/.*|.*/"
    r"|manifest\.rdf|VersionList\.xml|META-INF/manifest\.xml|mimetype"
)
REFUSED = (
    (re.compile(r"META-INF/.*signatures.*"), "signed"),
    (re.compile(r"(?:Basic|Scripts|Dialogs)/.*"), "macros"),
    (re.compile(r"[Mm]edia/.*"), "recording"),
)
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
SUFFIX = re.compile(r"\.[a-z]{3,4}")


def clean(raw, budget):
    """The document with nothing but its content."""
    return _Document(raw, budget).clean()


class _Document:
    def __init__(self, raw, budget):
        self.budget = budget
        self.package = Package(raw, budget)
        self.scrubber = Scrubber(budget, self._new_name)
        self.pictures = {}

    def clean(self):
        manifest = markup.parse(self.package.unpack(MANIFEST))
        if manifest.find(f".//{{{NAMESPACE}}}encryption-data") is not None:
            raise CannotBeCleaned("encrypted")
        parts = {}
        for name in self.package.names:
            content = self._clean_member(name)
            if content is not None:
                parts[self._new_name(name)] = content
        mimetype = self.package.unpack("mimetype").strip()
        entries = _write_manifest(manifest, mimetype.decode("ascii"), parts)
        return pack([("mimetype", mimetype), *parts.items(), (MANIFEST, entries)])

    def _clean_member(self, name):
        """The clean bytes of a member; ``None`` for what the document does not need."""
        for pattern, reason in REFUSED:
            if pattern.fullmatch(name):
                raise CannotBeCleaned(reason)
        if DROPPED.fullmatch(name):
            return None
        if PARTS.fullmatch(name):
            root = markup.parse(self.package.unpack(name))
            self.scrubber.scrub(root)
            return markup.write(root)
        if PICTURES.fullmatch(name):
            return picture.clean(self.package.unpack(name), self.budget)
        raise CannotBeCleaned("embedded")

    def _new_name(self, name):
        """Pictures are numbered: their names are made from what they were before."""
        folder, _slash, base = name.rpartition("Pictures/")
        if not _slash:
            return name
        number = self.pictures.setdefault(base, len(self.pictures) + 1)
        suffix = posixpath.splitext(base)[1].lower()
        return f"{folder}Pictures/{number}{suffix if SUFFIX.fullmatch(suffix) else ''}"


def _write_manifest(old, mimetype, parts):
    """Write a list of what is left: nothing of the old one but the media types."""
    full_path, media_type = f"{{{NAMESPACE}}}full-path", f"{{{NAMESPACE}}}media-type"
    root = etree.Element(f"{{{NAMESPACE}}}manifest", nsmap={"manifest": NAMESPACE})
    known = {entry.get(full_path): entry.get(media_type, "") for entry in old}
    folders = {f"{name.partition('/')[0]}/" for name in parts if "/" in name}
    known = {path: kind for path, kind in known.items() if MEDIA_TYPE.fullmatch(kind)}
    for path in ["/", *sorted(folders & set(known)), *parts]:
        kind = mimetype if path == "/" else known.get(path, "")
        kind = "text/xml" if path.endswith(".xml") else kind
        attributes = {full_path: path, media_type: kind}
        etree.SubElement(root, f"{{{NAMESPACE}}}file-entry", attributes)
    return markup.write(root)
