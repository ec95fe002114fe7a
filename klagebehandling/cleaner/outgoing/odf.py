"""OpenDocument: paragraphs, tracked changes, remarks, what is not shown."""

from .. import markup
from ..package import Package
from . import colours, picture

TRACKED = {"tracked-changes", "change", "change-start", "change-end"}
REMARKS = {"annotation", "annotation-end"}
HIDDEN = {"hidden-text", "hidden-paragraph"}
ABOUT = {"creator", "initial-creator", "printed-by", "title", "subject", "keyword"}
ABOUT |= {"description", "user-defined", "template", "generator-user"}
NAMED = ("bookmark", "bookmark-start", "frame")
READ = ("content.xml", "styles.xml")
KNOWN = (".xml", ".rdf", "mimetype")


def look(raw, notes):
    package = Package(raw, notes.budget)
    if package.zip.comment.strip(b"\0 "):
        text = package.zip.comment.decode("utf-8", "replace")
        notes.find("metadata", "file", "", text)
    for name in package.names:
        base = name.rpartition("/")[2]
        if name.endswith("/") or base in ("mimetype", "manifest.xml", "settings.xml"):
            continue
        _look_part(name, base, package, notes)


def _look_part(name, base, package, notes):
    if name.startswith(("Object ", "ObjectReplacements/")) or "Basic/" in name:
        notes.find("embedded", "part", name)
    if "Thumbnails/" in name or name.startswith("Versions/"):
        notes.find("metadata", "part", name)
    elif base == "meta.xml":
        _look_about(name, markup.parse(package.unpack(name)), notes)
    elif base in READ:
        _look_content(name, markup.parse(package.unpack(name)), notes)
    elif name.startswith("Pictures/"):
        _look_picture(name, package, notes)
    elif not name.endswith(KNOWN) and not name.startswith("Configurations"):
        notes.find("unread", "part", name)


def _look_picture(name, package, notes):
    if name.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif")):
        picture.look(package.unpack(name), notes, "part", name)


def _look_about(name, root, notes):
    for element in root.iter():
        text = (element.text or "").strip()
        local = markup.local(element.tag)
        if local in ABOUT and (text or local == "template"):
            notes.find("metadata", "part", name, f"{local}: {text}")
            notes.tell(text, "part", name)


def _look_content(name, root, notes):
    unseen, number = _unseen_styles(root), 0
    for element in root.iter():
        local = markup.local(element.tag)
        own = {markup.local(key): value for key, value in element.attrib.items()}
        if local in ("p", "h"):
            number += 1
            notes.tell("".join(element.itertext()), "paragraph", number)
        if code := _code_of(element, local, own, unseen):
            values = " ".join(own.values()) if local in HIDDEN else ""
            notes.find(code, "paragraph", number, values or _text(element))
            notes.tell(values, "paragraph", number)
        if local in NAMED:
            for key in ("name", "title", "desc"):
                notes.tell(own.get(key), "paragraph", number)


def _code_of(element, local, own, unseen):
    """What an element is found for, if anything."""
    if local in TRACKED:
        return "tracked"
    if local in REMARKS:
        return "comment"
    is_shut = own.get("visibility") in ("collapse", "filter")
    is_off = own.get("display") == "none" and local != "text-properties"
    is_unseen = own.get("style-name") in unseen and _text(element)
    return "hidden" if local in HIDDEN or is_shut or is_off or is_unseen else None


def _unseen_styles(root):
    unseen = set()
    for style in root.iter():
        if markup.local(style.tag) != "style":
            continue
        how = {}
        for one in style:
            how |= {markup.local(key): value for key, value in one.attrib.items()}
        is_bare = how.get("background-color", "transparent") == "transparent"
        if (
            how.get("display") in ("none", "false")
            or (colours.is_white(how.get("color")) and is_bare)
            or how.get("font-size") in ("1pt", "0pt", "2pt")
        ):
            names = [v for k, v in style.attrib.items() if markup.local(k) == "name"]
            unseen |= set(names)
    return unseen


def _text(element):
    return " ".join(" ".join(element.itertext()).split())
