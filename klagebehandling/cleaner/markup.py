"""XML read without entities, comments and instructions, and written anew."""

import re

from lxml import etree

from .limits import MAX_XML, CannotBeCleaned

# A path on somebody's disk, or a file name: both can hold a name.
PATH = re.compile(
    r"^\s*(?:file:|[A-Za-z]:[\\/]|\\\\|~/|/(?:home|Users|Volumes)/)", re.I
)
FILE_NAME = re.compile(r"\.[A-Za-z]\w{1,4}\s*$")
DISK_PATH = re.compile(
    r"(?:file:/*|\b[A-Za-z]:\\|\\\\\w[\w.-]*\\|/(?:home|Users|Volumes)/)[^\"'<>|\r\n]*",
    re.I,
)
INNER_PATH = re.compile(
    r"(?:file:/*|[A-Za-z]:\\|\\\\|/(?:home|Users|Volumes)/)[^\"<>|\r\n]*", re.I
)


def parse(raw):
    """The root of an XML part.

    :raises CannotBeCleaned: where it is none, or brings definitions of its own
    """
    if len(raw) > MAX_XML:
        raise CannotBeCleaned("too_large")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(raw, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotBeCleaned("unreadable")
    return root


def write(root):
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True, with_tail=False
    )


def local(tag):
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def space(tag):
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def remove(element):
    """Take an element out, its tail stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def is_file_name(text):
    """Whether a label is only what a file was called on somebody's disk."""
    return bool(PATH.search(text) or FILE_NAME.search(text) or "\\" in text)


def without_paths(text):
    """A text of commands without the paths in it."""
    return INNER_PATH.sub("", text)


def without_disk_paths(text):
    """A formula without the paths in it: two strokes in a row alone are none."""
    return DISK_PATH.sub("", text)
