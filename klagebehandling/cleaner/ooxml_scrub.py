"""Takes persons, times and places out of one XML part of docx, xlsx or pptx."""

import re

from lxml import etree

from . import markup
from . import ooxml_fields as fields
from . import ooxml_rules as rules
from .ooxml_names import COMPATIBILITY, LISTED

GUID = re.compile(r"\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?")
NUMBERED = "00000000-0000-4000-8000-%012d"
DRAWN_ID = re.compile(r"_x0000_\w+")
MC = f"{{{COMPATIBILITY}}}"
WORD = ("wordprocessingml", "/office/word/")
VML = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
EMPTY_WITHOUT = ("ext", "extLst", "Choice", "Fallback", "AlternateContent")


class Scrubber:
    """The parts of one document: an id is replaced alike in all of them."""

    def __init__(self, budget):
        self.budget = budget
        self.numbers = {}
        # By the id of a relation: the keys of an embedded font, before and after.
        self.font_keys = {}

    def scrub(self, root):
        """Clean the tree of a part in place."""
        _scrub_sheet_comments(root)
        for element in list(root.iter()):
            self.budget.take_object()
            if element is not root and not _may_stay(element):
                drop(element)
            elif element.tag.startswith(MC):
                _scrub_choice(element)
            else:
                self._scrub_element(element)
        fields.scrub(root)
        _forget_namespaces(root)

    def _scrub_element(self, element):
        space, name = markup.space(element.tag), markup.local(element.tag)
        _scrub_ignored(element)
        for attribute, value in list(element.attrib.items()):
            if attribute.startswith(MC):
                continue
            if not _attribute_may_stay(element, name, attribute):
                del element.attrib[attribute]
            elif GUID.fullmatch(value):
                self._number(element, name, attribute)
        _scrub_text(element, space, name)
        for attribute, value in rules.BLANKED_ATTRIBUTES.get(name, {}).items():
            if attribute in element.attrib:
                element.attrib[attribute] = value
        _scrub_labels(element, space, name)
        if name not in rules.COMMON_IDS and GUID.fullmatch(element.text or ""):
            element.text = self._numbered(element.text)

    def _number(self, element, name, attribute):
        """Replace an id of somebody's or of this document only."""
        local, given = markup.local(attribute), element.attrib[attribute]
        if local in rules.COMMON_IDS:
            return
        element.attrib[attribute] = self._numbered(given)
        if local == "fontKey":
            relation = [
                value for key, value in element.attrib.items() if key.endswith("}id")
            ]
            self.font_keys.update(
                dict.fromkeys(relation, (given, element.attrib[attribute]))
            )

    def _numbered(self, given):
        key = GUID.fullmatch(given)[1].upper()
        number = NUMBERED % self.numbers.setdefault(key, len(self.numbers) + 1)
        return f"{{{number}}}" if given.startswith("{") else number


def drop(element):
    """Take an element out, and the extension that held nothing else."""
    parent = element.getparent()
    markup.remove(element)
    while (
        parent is not None
        and parent.getparent() is not None
        and not len(parent)
        and markup.local(parent.tag) in EMPTY_WITHOUT
    ):
        empty, parent = parent, parent.getparent()
        if markup.local(empty.tag) == "Choice":
            # A choice that offers less would be taken before the one behind it.
            empty, parent = parent, parent.getparent()
            if parent is None:
                return
        markup.remove(empty)


def _may_stay(element):
    space, name = markup.space(element.tag), markup.local(element.tag)
    if space == COMPATIBILITY:
        return name in ("AlternateContent", "Choice", "Fallback")
    if name in rules.DROPPED_ELEMENTS or not LISTED.holds(space, name):
        return False
    return not (name in rules.WORD_ELEMENTS and "wordprocessingml" in space)


def _attribute_may_stay(element, name, attribute):
    space, local = markup.space(attribute), markup.local(attribute)
    home = markup.space(element.tag), name
    if not LISTED.holds_attribute(home, space, local):
        return False
    if local in rules.DROPPED_ANYWHERE and local not in rules.BLANKED_ATTRIBUTES.get(
        name, {}
    ):
        return False
    if local in rules.DROPPED_ATTRIBUTES.get(name, ()):
        return False
    if space in VML or markup.space(element.tag) in VML:
        return _drawn_may_stay(local, element.attrib[attribute])
    if any(word in space for word in WORD):
        is_person = local == "author"
        if is_person:
            element.attrib[attribute] = ""
        return local not in rules.WORD_ATTRIBUTES and not local.startswith("rsid")
    return True


def _drawn_may_stay(local, value):
    if local == "id":
        return bool(DRAWN_ID.fullmatch(value))
    if local in rules.ADDRESSES:
        return value.lower().startswith(rules.SHOWN_ADDRESSES)
    return local not in rules.OFFICE_ATTRIBUTES


def _scrub_text(element, space, name):
    """Words stay where the format has a place for them."""
    element.tail = None if (element.tail or "").strip() else element.tail
    if not LISTED.holds_text(space, name) and (element.text or "").strip():
        element.text = None


def _scrub_labels(element, space, name):
    labels = list(rules.LABELS) if name in rules.LABELLED else []
    labels += ["alt"] if space in VML else []
    for label in labels:
        if markup.is_file_name(element.attrib.get(label, "")):
            element.attrib[label] = ""


def _scrub_ignored(element):
    """Name the namespaces that a program may pass over, as far as they are left."""
    for attribute in list(element.attrib):
        if not attribute.startswith(MC):
            continue
        kept = [
            prefix
            for prefix in element.attrib[attribute].split()
            if LISTED.is_known(element.nsmap.get(prefix, ""))
        ]
        if markup.local(attribute) == "Ignorable" and kept:
            element.attrib[attribute] = " ".join(kept)
        else:
            del element.attrib[attribute]


def _scrub_choice(element):
    """Keep what is offered for programs that know the namespaces which stay."""
    needed = element.attrib.get("Requires", "").split()
    element.attrib.clear()
    element.text = element.tail = None
    if markup.local(element.tag) == "Choice":
        spaces = [element.nsmap.get(prefix, "") for prefix in needed]
        if not needed or not all(map(LISTED.is_known, spaces)):
            parent = element.getparent()
            markup.remove(element)
            _unwrap_last_resort(parent)
            return
        element.attrib["Requires"] = " ".join(needed)


def _unwrap_last_resort(alternates):
    """Where no choice is left, what stands instead of them takes their place."""
    left = [markup.local(child.tag) for child in alternates]
    if "Choice" in left or alternates.getparent() is None:
        return
    parent, at = alternates.getparent(), alternates.getparent().index(alternates)
    parent[at : at + 1] = [child for last in alternates for child in last]


def _forget_namespaces(root):
    prefixes = {
        prefix
        for element in root.iter()
        for attribute, value in element.attrib.items()
        if attribute == "Requires" or attribute == f"{MC}Ignorable"
        for prefix in value.split()
    }
    etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(prefixes))


def _scrub_sheet_comments(root):
    """Forget who commented in a sheet, also where the text begins with the name."""
    authors = [
        element
        for element in root.iter("{*}author")
        if element.getparent() is not None
        and markup.local(element.getparent().tag) == "authors"
    ]
    names = [author.text or "" for author in authors]
    for comment in root.iter("{*}comment"):
        number = comment.attrib.get("authorId", "")
        if number.isdecimal() and int(number) < len(names):
            _drop_opening(comment, names[int(number)])
    for author in authors:
        author.text = ""


def _drop_opening(comment, name):
    for text in comment.iter("{*}t"):
        opening = (text.text or "").lstrip()
        if name and opening.startswith(f"{name}:"):
            text.text = opening[len(name) + 1 :]
        return
