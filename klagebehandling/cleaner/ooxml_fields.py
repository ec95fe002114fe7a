"""Fields and formulas: without paths, and without commands that reach outside."""

from . import markup
from . import ooxml_rules as rules


def scrub(root):
    """Clean the commands of a part; a command may be split over several pieces."""
    open_fields = []
    for element in root.iter():
        name = markup.local(element.tag)
        if name == "fldChar":
            _take_mark(open_fields, _value(element, "fldCharType"))
        elif name in rules.COMMANDS:
            _take_piece(open_fields, element)
        elif name in rules.FORMULAS and element.text:
            element.text = markup.without_disk_paths(element.text)
        elif name == "fldSimple":
            _scrub_simple(element)
    for pieces in open_fields:
        _scrub_command(pieces)


def _take_piece(open_fields, element):
    if open_fields:
        open_fields[-1].append(element)
    else:
        _scrub_command([element])


def _scrub_simple(element):
    for attribute, value in element.attrib.items():
        if markup.local(attribute) == "instr":
            element.attrib[attribute] = _cleaned(value)


def _take_mark(open_fields, kind):
    if kind == "begin":
        open_fields.append([])
    elif open_fields:
        _scrub_command(open_fields[-1])
        open_fields[-1] = []
        if kind == "end":
            open_fields.pop()


def _scrub_command(pieces):
    command = "".join(piece.text or "" for piece in pieces)
    cleaned = _cleaned(command)
    if cleaned == command:
        return
    for number, piece in enumerate(pieces):
        piece.text = "" if number else cleaned


def _cleaned(command):
    words = command.split(maxsplit=1)
    if words and words[0].upper() in rules.REACHING:
        return ""
    return markup.without_paths(command)


def _value(element, local):
    for attribute, value in element.attrib.items():
        if markup.local(attribute) == local:
            return value
    return None
