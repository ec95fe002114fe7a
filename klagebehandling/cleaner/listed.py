"""Which elements and attributes a format may hold: what is not listed goes."""

import functools
from pathlib import Path

XML = "http://www.w3.org/XML/1998/namespace"


class Listed:
    """The names of one format, read from the list beside this file.

    The list has its namespaces first, then lines of: prefix, elements, a colon where
    they hold text, and behind a bar their attributes.
    """

    def __init__(self, name, usual=lambda space: space, **spaces):
        """Read nothing yet.

        :param usual: what a namespace is called in the list
        :param spaces: prefixes that the list cannot give a namespace
        """
        self.path = Path(__file__).with_name(name)
        self.usual = usual
        self.spaces = {"xml": XML, **spaces}

    @functools.cached_property
    def names(self):
        """For each namespace and element: its attributes, and whether it holds text."""
        names = {}
        for line in self.path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            if " " not in line:
                prefix, _equals, space = line.partition("=")
                self.spaces[prefix] = space
                continue
            left, _bar, right = line.partition(" | ")
            prefix, *elements = left.split()
            has_text = elements[-1] == ":"
            attributes = frozenset(map(self._key, right.split()))
            for element in elements[: -1 if has_text else None]:
                names[self.spaces[prefix], element] = attributes, has_text
        return names

    @functools.cached_property
    def known_spaces(self):
        return {space for space, _name in self.names if space}

    def _key(self, attribute):
        prefix, _colon, local = attribute.rpartition(":")
        return self.spaces[prefix] if prefix else "", local

    def is_known(self, space):
        """Whether elements of a namespace may stay at all."""
        return self.usual(space) in self.known_spaces

    def holds(self, space, name):
        """Whether an element may stay."""
        return (self.usual(space), name) in self.names

    def holds_attribute(self, element, space, name):
        """Whether an attribute may stay.

        :param element: namespace and name of its element
        """
        home, local = element
        attributes, _has_text = self.names.get((self.usual(home), local), ((), False))
        return (self.usual(space), name) in attributes

    def holds_text(self, space, name):
        """Whether words may stand in an element, or behind those within it."""
        return self.names.get((self.usual(space), name), ((), False))[1]
