"""What docx, xlsx and pptx may hold: what is not listed goes."""

import functools
import re
from pathlib import Path

NAMES = Path(__file__).with_name("ooxml_names.txt")
# The strict form of the standard has namespaces of its own for the same names.
STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(\w+)/(.+)")
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# What stands in the boxes of old drawings is written as in a web page.
PAGE = ""
XML = "http://www.w3.org/XML/1998/namespace"


@functools.cache
def usual(space):
    """The namespace as the names are listed."""
    strict = STRICT.fullmatch(space)
    if not strict:
        return space
    return "http://schemas.openxmlformats.org/{}/2006/{}".format(*strict.groups())


@functools.cache
def load():
    """The namespaces, and for each element its attributes and whether it holds text."""
    spaces, names = {"xml": XML, "page": PAGE}, {}
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        left, _bar, right = line.partition(" | ")
        if " " not in line:
            prefix, _equals, space = line.partition("=")
            spaces[prefix] = space
            continue
        prefix, *elements = left.split()
        has_text = elements[-1] == ":"
        attributes = {_key(spaces, attribute) for attribute in right.split()}
        for element in elements[: -1 if has_text else None]:
            names[spaces[prefix], element] = frozenset(attributes), has_text
    return frozenset(spaces.values()), names


def _key(spaces, attribute):
    prefix, _colon, local = attribute.rpartition(":")
    return spaces[prefix] if prefix else "", local


def is_known(space):
    """Whether elements of a namespace may stay at all."""
    return bool(space) and usual(space) in load()[0]


def attributes_of(space, element):
    """The attributes that an element may have; ``None`` where it may not be there."""
    known = load()[1].get((usual(space), element))
    return known and known[0]


def holds_text(space, element):
    return load()[1][usual(space), element][1]
