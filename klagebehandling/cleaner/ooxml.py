"""docx, xlsx and pptx: the parts that the document needs, each one cleaned."""

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from . import markup, ooxml_font, picture
from . import ooxml_rules as rules
from .limits import CannotBeCleaned
from .ooxml_scrub import Scrubber, drop
from .package import Package, pack

FORMATS = ("docx", "xlsx", "pptx")
TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
RELATION_IDS = "officeDocument/2006/relationships", "officeDocument/relationships"
XML_ENDINGS = ("+xml", "/xml", ".vmlDrawing")
FONTS = ("obfuscatedFont", "x-fontdata", "font-sfnt", "x-font-ttf", "fontdata")
NOWHERE = "about:blank"
RELATION = {"Relationship": {"Id", "Type", "Target", "TargetMode"}}
TYPE = {
    "Default": {"Extension", "ContentType"},
    "Override": {"PartName", "ContentType"},
}
# As the programs of the family call them.
USUAL_FOLDER = re.compile(r"(?:word|xl|ppt)/")
USUAL_NAME = re.compile(r"(?:word|xl|ppt)/(?:[A-Za-z]+/)*\w+\.\w{2,7}", re.ASCII)
DIGITS = "0123456789"


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
        # The part that a relation of the part at hand leads to, by its id.
        self.targets = {}
        self.renamed = {}
        self.font_keys = {}

    def clean(self):
        """Keep what is reached from the root by relations that are known."""
        waiting = self._follow("", ROOT_RELATIONS)
        seen = set()
        while waiting:
            self.budget.check_time()
            name = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
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
        self.targets = {}
        self.parts[self._new_name(name)] = b""
        if relations in self.package:
            following = self._follow(name, relations)
        self.parts[self._new_name(name)] = self._clean_part(name, raw, kind)
        return following

    def _clean_part(self, name, raw, kind):
        if kind.startswith("image/"):
            return picture.clean(raw, self.budget)
        if kind.endswith(XML_ENDINGS):
            root = markup.parse(raw)
            self.scrubber.scrub(root)
            self._check_relations(root)
            self._take_font_keys()
            return markup.write(root)
        if kind.endswith(FONTS):
            return ooxml_font.lock_anew(raw, *self.font_keys.get(name, ()))
        return self._clean_inner(raw)

    def _take_font_keys(self):
        for number, keys in self.scrubber.font_keys.items():
            if number in self.targets:
                self.font_keys[self.targets[number]] = keys
        self.scrubber.font_keys.clear()

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
        self.targets = {}
        _keep_rows(root, RELATION)
        for relation in list(root):
            target = self._clean_relation(source, relation)
            if relation.getparent() is not None:
                self.targets[relation.attrib.get("Id")] = target
        self.parts[_relations_of(self._new_name(source)) if source else name] = (
            markup.write(root)
        )
        return [target for target in self.targets.values() if target]

    def _clean_relation(self, source, relation):
        """Remove a relation or clean it; return the part that it leads to, if any."""
        kind = relation.attrib.get("Type", "").rpartition("/")[2].lower()
        if kind in rules.DROPPED_PARTS:
            markup.remove(relation)
            return None
        if relation.attrib.get("TargetMode") == "External":
            self._clean_address(relation, kind)
            return None
        if kind not in rules.KEPT_PARTS:
            raise CannotBeCleaned(rules.REFUSED_PARTS.get(kind, "embedded"))
        target = relation.attrib["Target"]
        if target.startswith("#"):
            return None
        path = posixpath.join("/" + posixpath.dirname(source), unquote(target))
        path = posixpath.normpath(path.partition("#")[0]).lstrip("/")
        if self._new_name(path) != path:
            relation.attrib["Target"] = f"/{self._new_name(path)}"
        return path

    def _new_name(self, name):
        """A part keeps a name that programs give; any other may be a person's."""
        base, suffix = posixpath.splitext(posixpath.basename(name))
        is_usual = USUAL_NAME.fullmatch(name) and (
            base.rstrip(DIGITS).lower() in rules.PART_NAMES
        )
        if not name or is_usual:
            return name
        number = self.renamed.setdefault(name, len(self.renamed) + 1)
        folder = name.partition("/")[0] if USUAL_FOLDER.match(name) else "parts"
        return f"{folder}/part{number}{suffix.lower()}"

    def _clean_address(self, relation, kind):
        """Keep what a reader can click; other addresses lead to somebody's disk."""
        target = relation.attrib.get("Target", "")
        if kind != "hyperlink" or not target.lower().startswith(rules.SHOWN_ADDRESSES):
            relation.attrib["Target"] = NOWHERE

    def _check_relations(self, root):
        """Drop what pointed at a part that is gone: the settings of a printer."""
        for element in list(root.iter()):
            for attribute, value in list(element.attrib.items()):
                is_relation = markup.space(attribute).endswith(RELATION_IDS)
                if not is_relation or not value or value in self.targets:
                    continue
                if markup.local(element.tag) == "pageSetup":
                    del element.attrib[attribute]
                elif element is root:
                    raise CannotBeCleaned("embedded")
                else:
                    drop(element)

    def _type_of(self, name):
        by_suffix = ""
        for element in self.types:
            if element.attrib.get("PartName", "").lstrip("/") == name:
                return element.attrib.get("ContentType", "")
            if element.attrib.get("Extension", "").lower() == _suffix(name):
                by_suffix = element.attrib.get("ContentType", "")
        return by_suffix

    def _clean_types(self):
        _keep_rows(self.types, TYPE)
        suffixes = {_suffix(name) for name in self.parts}
        for element in list(self.types):
            part = element.attrib.get("PartName")
            if part:
                element.attrib["PartName"] = "/" + self._new_name(part.lstrip("/"))
                is_left = element.attrib["PartName"].lstrip("/") in self.parts
            else:
                is_left = element.attrib.get("Extension", "").lower() in suffixes
            if not is_left:
                markup.remove(element)


def _keep_rows(root, known):
    """Keep the rows of a list of parts, and of each what the format gives it.

    :param known: the attributes by the name of the row
    """
    root.attrib.clear()
    root.text = None
    for row in list(root):
        name = markup.local(row.tag)
        row.tail = row.text = None
        if name not in known or markup.space(row.tag) != markup.space(root.tag):
            markup.remove(row)
            continue
        for child in list(row):
            row.remove(child)
        for attribute in set(row.attrib) - known[name]:
            del row.attrib[attribute]
    etree.cleanup_namespaces(root)


def _relations_of(name):
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _suffix(name):
    return posixpath.splitext(name)[1][1:].lower()
