"""Takes persons, times and places out of a part of odt, ods, odp or odg."""

import base64
import re

from lxml import etree

from . import markup, picture
from .listed import Listed

LISTED = Listed("odf_names.txt")
# Elements of the list without which the document looks and reads the same.
DROPPED = {
    "applet",
    "connection-resource",
    "database-source-query",
    "database-source-sql",
    "database-source-table",
    "cell-range-source",
    "dde-connection-decls",
    "dde-links",
    "dde-source",
    "event-listener",
    "event-listeners",
    "execute-macro",
    "floating-frame",
    "font-face-src",
    "plugin",
    "script",
    "scripts",
    "section-source",
    "source-service",
    "table-source",
}
DROPPED_ATTRIBUTES = {
    "application-data",
    "class-id",
    "command",
    "comment",
    "connection-name",
    "database-name",
    "database-table-name",
    "datasource",
    "filter-name",
    "image-data",
    "macro-name",
    "protection-key",
    "protection-key-digest-algorithm",
    "time-value",
    "date-value",
    "user-name",
}
# Of a cell it is what the cell holds; of a field it is the second of its making.
VALUES = ("date-value", "time-value")
# Frames get names from programs, often those of files; nobody sees them.
UNNAMED = re.findall(
    r"[\w-]+",
    "caption circle connector control custom-shape ellipse frame g line measure path "
    "polygon polyline rect regular-polygon",
)
# Ids, and what refers to them: programs make them up anew for each document.
IDS = re.findall(
    r"[\w-]+",
    "caption-id change-id continue-list control end-shape for id list-id path-id "
    "rejecting-change-id shape-id start-shape targetElement",
)
CHANGE = "change-info"
PERSONS = ("creator", "date")
NO_DATE = "2000-01-01T00:00:00"
# An element of newer programs that holds words of the text.
WRAPPING = "content-control"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
HREF = "{http://www.w3.org/1999/xlink}href"
CLICKED = (f"{TEXT}a", f"{DRAW}a")
WEB = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
INNER = re.compile(r"(?:\./)?(?:Object \d+|Pictures/[\w.-]+)|#.*", re.ASCII)


class Scrubber:
    """The parts of one document: an id is replaced alike in all of them."""

    def __init__(self, budget, new_name):
        """Scrub nothing yet.

        :param new_name: function that tells what a picture is called now
        """
        self.budget = budget
        self.new_name = new_name
        self.ids = {}

    def scrub(self, root):
        """Clean the tree of a part in place."""
        for element in list(root.iter()):
            self.budget.take_object()
            if markup.local(element.tag) == WRAPPING:
                element.tag = f"{TEXT}span"
            if element is root or _may_stay(element):
                self._scrub_element(element)
            else:
                markup.remove(element)
        etree.cleanup_namespaces(root)

    def _scrub_element(self, element):
        home = markup.space(element.tag), markup.local(element.tag)
        for attribute, value in list(element.attrib.items()):
            space, local = markup.space(attribute), markup.local(attribute)
            if not LISTED.holds_attribute(home, space, local) or _tells(
                element, attribute, local
            ):
                del element.attrib[attribute]
            elif local in IDS:
                element.attrib[attribute] = self._numbered(value)
            elif attribute == HREF:
                self._scrub_address(element, value)
            elif "formula" in local or "condition" in local:
                element.attrib[attribute] = markup.without_disk_paths(value)
        self._scrub_words(element, home)

    def _numbered(self, given):
        return " ".join(
            f"id{self.ids.setdefault(one, len(self.ids) + 1)}" for one in given.split()
        )

    def _scrub_address(self, element, value):
        """Keep what a reader can click, and what lies in the file itself."""
        if INNER.fullmatch(value):
            element.attrib[HREF] = self.new_name(value)
        elif element.tag not in CLICKED or not WEB.match(value):
            del element.attrib[HREF]

    def _scrub_words(self, element, home):
        parent = element.getparent()
        if parent is not None and not _holds_text(parent):
            element.tail = None if (element.tail or "").strip() else element.tail
        if not LISTED.holds_text(*home) and (element.text or "").strip():
            element.text = None
        if element.tag == f"{OFFICE}binary-data":
            self._clean_picture(element)
        in_change = parent is not None and markup.local(parent.tag) == CHANGE
        if in_change and element.tag == f"{DUBLIN_CORE}date":
            element.text = NO_DATE
        elif in_change and element.tag == f"{DUBLIN_CORE}creator":
            element.text = ""
        elif home[1] in ("title", "desc") and element.tag.startswith(SVG):
            text = element.text or ""
            element.text = "" if markup.is_file_name(text) else text

    def _clean_picture(self, element):
        raw = base64.b64decode(element.text or "")
        self.budget.take_bytes(len(raw))
        content = picture.clean(raw, self.budget)
        element.text = base64.b64encode(content).decode()


def _holds_text(element):
    return LISTED.holds_text(markup.space(element.tag), markup.local(element.tag))


def _may_stay(element):
    space, local = markup.space(element.tag), markup.local(element.tag)
    parent = element.getparent()
    if local in DROPPED or not LISTED.holds(space, local):
        return False
    # A change must have a person and a date; a remark need not.
    is_person = element.tag.startswith(DUBLIN_CORE) and local in PERSONS
    return not is_person or markup.local(parent.tag) == CHANGE


def _tells(element, attribute, local):
    if local in VALUES:
        return attribute.startswith(TEXT)
    if local == "name":
        is_frame = markup.local(element.tag) in UNNAMED
        return (is_frame and attribute.startswith(DRAW)) or (
            attribute.startswith(OFFICE) and element.tag.startswith(OFFICE)
        )
    return local in DROPPED_ATTRIBUTES
