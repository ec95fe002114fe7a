"""docx, xlsx and pptx: the parts that the document needs, each one cleaned."""

import posixpath
from urllib.parse import unquote

from . import markup, ooxml_rules, picture
from .limits import CannotBeCleaned
from .ooxml_scrub import Scrubber
from .package import Package, pack

FORMATS = ("docx", "xlsx", "pptx")
TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
RELATION_IDS = "officeDocument/2006/relationships", "officeDocument/relationships"
XML_ENDINGS = ("+xml", "/xml", ".vmlDrawing")
FONTS = ("obfuscatedFont", "x-fontdata", "font-sfnt", "x-font-ttf", "fontdata")
SHOWN_ADDRESSES = ("http:", "https:", "mailto:", "tel:", "ftp:")
NOWHERE = "about:blank"


def clean(raw, budget):
    """The document with nothing but its content."""
    return _Document(raw, budget).clean()


class _Document:
    def __init__(self, raw, budget):
        self.budget = budget
        self.package = Package(raw, budget)
        self.types = markup.parse(self.package.unpack(TYPES))
        self.scrubber = Scrubber(budget)
        self.parts = {}

    def clean(self):
        """Keep what is reached from the root by relations that are known."""
        waiting = self._follow("", ROOT_RELATIONS)
        while waiting:
            self.budget.check_time()
            name = waiting.pop(0)
            if name in self.parts:
                continue
            if name not in self.package:
                raise CannotBeCleaned("unreadable")
            waiting += self._take(name)
        self._clean_types()
        first = [(TYPES, markup.write(self.types))]
        return pack(first + list(self.parts.items()))

    def _take(self, name):
        """Clean one part; return the names of those that it leads to."""
        raw, kind = self.package.unpack(name), self._type_of(name)
        following, relations = [], _relations_of(name)
        known = set()
        self.parts[name] = b""
        if relations in self.package:
            following = self._follow(name, relations)
            known = self.ids
        self.parts[name] = self._clean_part(raw, kind, known)
        return following

    def _clean_part(self, raw, kind, known):
        if kind.startswith("image/"):
            return picture.clean(raw, self.budget)
        if kind.endswith(XML_ENDINGS):
            root = markup.parse(raw)
            self.scrubber.scrub(root)
            self._check_relations(root, known)
            return markup.write(root)
        if kind.endswith(FONTS):
            return raw
        return self._clean_inner(raw)

    def _clean_inner(self, raw):
        """A document within the document, such as the figures behind a chart."""
        from . import CLEANERS, kind_of

        kind = kind_of("", raw)
        if kind not in FORMATS:
            raise CannotBeCleaned("embedded")
        self.budget.enter()
        content = CLEANERS[kind](raw, self.budget)
        self.budget.leave()
        return content

    def _follow(self, source, name):
        """Clean the relations of a part; return the parts they lead to."""
        root = markup.parse(self.package.unpack(name))
        found, self.ids = [], set()
        for relation in list(root):
            target = self._clean_relation(source, relation)
            if relation.getparent() is None:
                continue
            self.ids.add(relation.attrib.get("Id"))
            if target:
                found.append(target)
        self.parts[name] = markup.write(root)
        return found

    def _clean_relation(self, source, relation):
        """Remove a relation or clean it; return the part that it leads to, if any."""
        kind = relation.attrib.get("Type", "").rpartition("/")[2].lower()
        if kind in ooxml_rules.DROPPED_PARTS:
            markup.remove(relation)
            return None
        if relation.attrib.get("TargetMode") == "External":
            self._clean_address(relation, kind)
            return None
        if kind not in ooxml_rules.KEPT_PARTS:
            raise CannotBeCleaned(ooxml_rules.REFUSED_PARTS.get(kind, "embedded"))
        target = relation.attrib["Target"]
        if target.startswith("#"):
            return None
        path = posixpath.join("/" + posixpath.dirname(source), unquote(target))
        return posixpath.normpath(path.partition("#")[0]).lstrip("/")

    def _clean_address(self, relation, kind):
        """Keep what a reader can click; other addresses lead to somebody's disk."""
        target = relation.attrib.get("Target", "")
        if kind != "hyperlink" or not target.lower().startswith(SHOWN_ADDRESSES):
            relation.attrib["Target"] = NOWHERE

    def _check_relations(self, root, known):
        """Drop what pointed at a printer; anything else must still lead somewhere."""
        for element in root.iter():
            for attribute, value in list(element.attrib.items()):
                if markup.space(attribute).endswith(RELATION_IDS) and (
                    value and value not in known
                ):
                    if markup.local(element.tag) != "pageSetup":
                        raise CannotBeCleaned("embedded")
                    del element.attrib[attribute]

    def _type_of(self, name):
        by_suffix = ""
        for element in self.types:
            if element.attrib.get("PartName", "").lstrip("/") == name:
                return element.attrib.get("ContentType", "")
            if element.attrib.get("Extension", "").lower() == _suffix(name):
                by_suffix = element.attrib.get("ContentType", "")
        return by_suffix

    def _clean_types(self):
        for element in list(self.types):
            part = element.attrib.get("PartName")
            if part and part.lstrip("/") not in self.parts:
                markup.remove(element)


def _relations_of(name):
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _suffix(name):
    return posixpath.splitext(name)[1][1:].lower()
