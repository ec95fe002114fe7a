"""What docx, xlsx and pptx may hold, in both forms of the standard."""

import functools
import re

from .listed import Listed

# The strict form of the standard has namespaces of its own for the same names.
STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(\w+)/(.+)")
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@functools.cache
def usual(space):
    """The namespace as the names are listed."""
    strict = STRICT.fullmatch(space)
    if not strict:
        return space
    return "http://schemas.openxmlformats.org/{}/2006/{}".format(*strict.groups())


# What stands in the boxes of old drawings is written as in a web page.
LISTED = Listed("ooxml_names.txt", usual, page="")
