"""Takes persons, times and places out of one XML part of docx, xlsx or pptx."""

from . import markup
from . import ooxml_rules as rules

AUTHOR_ID = "{00000000-0000-4000-8000-%012d}"


class Scrubber:
    """The parts of one document: who wrote is forgotten alike in all of them."""

    def __init__(self, budget):
        self.budget = budget
        self.author_ids = {}

    def scrub(self, root):
        """Clean the tree of a part in place."""
        self._scrub_sheet_comments(root)
        for element in list(root.iter()):
            self.budget.take_object()
            if markup.local(element.tag) in rules.DROPPED_ELEMENTS:
                self._drop(element)
            else:
                self._scrub_element(element)

    def _drop(self, element):
        """Take an element out, and the extension that held nothing else."""
        parent = element.getparent()
        markup.remove(element)
        while (
            parent is not None
            and not len(parent)
            and markup.local(parent.tag) in ("ext", "extLst", "Choice")
        ):
            empty, parent = parent, parent.getparent()
            if markup.local(empty.tag) == "Choice":
                empty = parent
            markup.remove(empty)
            if empty is parent:
                break

    def _scrub_element(self, element):
        name = markup.local(element.tag)
        # What has to be there is emptied below.
        kept = rules.BLANKED_ATTRIBUTES.get(name, {})
        for attribute in list(element.attrib):
            local = markup.local(attribute)
            is_account = local in rules.ACCOUNTS and local not in kept
            if (
                is_account
                or self._is_telling(attribute)
                or local in rules.DROPPED_ATTRIBUTES.get(name, ())
            ):
                del element.attrib[attribute]
        self._scrub_author(element, name)
        if name in rules.LABELLED:
            self._scrub_labels(element)
        if name in rules.COMMANDS:
            element.text = markup.without_paths(element.text or "")
        for attribute in element.attrib:
            if markup.local(attribute) in ("instr", "alt"):
                self._scrub_command(element, attribute)

    def _is_telling(self, attribute):
        home, name = markup.space(attribute), markup.local(attribute)
        if "wordprocessingml" in home or "/office/word/" in home:
            return name in rules.WORD_ATTRIBUTES or name.startswith("rsid")
        if home == "urn:schemas-microsoft-com:office:office":
            return name in rules.OFFICE_ATTRIBUTES
        return "/revision" in home

    def _scrub_author(self, element, name):
        for attribute in list(element.attrib):
            if markup.local(attribute) == "author" and markup.space(attribute):
                element.attrib[attribute] = ""
        blanked = rules.BLANKED_ATTRIBUTES.get(name, {})
        for attribute, value in blanked.items():
            if attribute in element.attrib:
                element.attrib[attribute] = value
        if name in ("cm", "reply"):
            element.attrib.pop("dt", None)
            if "created" in element.attrib:
                element.attrib["created"] = rules.NO_TIME
        self._rename_author(element, name)

    def _rename_author(self, element, name):
        """Number the authors: their ids are the same in all they write."""
        attribute = "id" if name == "author" else "authorId"
        given = element.attrib.get(attribute, "")
        if given.startswith("{"):
            number = self.author_ids.setdefault(given, len(self.author_ids) + 1)
            element.attrib[attribute] = AUTHOR_ID % number

    def _scrub_labels(self, element):
        for label in rules.LABELS:
            if markup.is_file_name(element.attrib.get(label, "")):
                element.attrib[label] = ""

    def _scrub_command(self, element, attribute):
        text = element.attrib[attribute]
        if markup.local(attribute) == "alt" and markup.is_file_name(text):
            text = ""
        element.attrib[attribute] = markup.without_paths(text)

    def _scrub_sheet_comments(self, root):
        """Forget who commented in a sheet, also where the text begins with the name."""
        authors = [
            element
            for element in root.iter("{*}author")
            if markup.local(element.getparent().tag) == "authors"
        ]
        names = [author.text or "" for author in authors]
        for comment in root.iter("{*}comment"):
            number = comment.attrib.get("authorId", "")
            if number.isdecimal() and int(number) < len(names):
                self._drop_opening(comment, names[int(number)])
        for author in authors:
            author.text = ""

    def _drop_opening(self, comment, name):
        for text in comment.iter("{*}t"):
            opening = (text.text or "").lstrip()
            if name and opening.startswith(f"{name}:"):
                text.text = opening[len(name) + 1 :]
            return
