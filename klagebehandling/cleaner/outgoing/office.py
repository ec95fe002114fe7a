"""docx, xlsx and pptx: every part is read, whatever leads to it."""

import re

from .. import markup
from ..package import Package
from . import picture, sheet, slide, word

# Of what programs write about a document, what a person or an organisation is in.
ABOUT = {
    *("creator", "lastModifiedBy", "title", "subject", "keywords", "description"),
    *("category", "contentStatus", "identifier", "Manager", "Company"),
    *("HyperlinkBase", "lastPrinted"),
}
COMMENTS = re.compile(r"comment|threadedComment", re.IGNORECASE)
AUTHORS = re.compile(r"/(?:people|persons?/\w+|commentAuthors|authors)\.xml$")
EMBEDDED = re.compile(r"/(?:embeddings|activeX|externalLinks|ctrlProps)/|vbaProject")
HIDDEN_DATA = re.compile(
    r"/pivotCache/pivotCacheRecords|/queryTables/|connections\.xml$"
)
REVISIONS = re.compile(r"/revisions/")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|tiff?|webp)$", re.IGNORECASE)
VECTOR = re.compile(r"\.(?:emf|wmf|svg)$", re.IGNORECASE)
DATA = re.compile(r"^customXml/item\d*\.xml$")
# Names in attributes that a reader sees only by looking for them.
ALTERNATIVE = ("descr", "title", "alt", "tooltip")
FAMILIES = {"word/": word, "xl/": sheet, "ppt/": slide}


def look(raw, notes):
    package = Package(raw, notes.budget)
    if package.zip.comment.strip(b"\0 "):
        notes.find(
            "metadata", "file", "", package.zip.comment.decode("utf-8", "replace")
        )
    family = next(
        (one for start, one in FAMILIES.items() if _has(package, start)), word
    )
    reader = family.Reader(package, notes)
    for name in package.names:
        notes.budget.check_time()
        _look_part(name, package, reader, notes)


def _has(package, start):
    return any(name.startswith(start) for name in package.names)


def _look_part(name, package, reader, notes):
    if name.endswith("/"):
        return
    if EMBEDDED.search(f"/{name}"):
        notes.find("embedded", "part", name)
    if not name.endswith((".xml", ".rels", ".vml")):
        _look_bytes(name, package, notes)
        return
    root = markup.parse(package.unpack(name))
    if name == "[Content_Types].xml":
        return
    if name.endswith(".rels"):
        _look_relations(name, root, notes)
    elif name.startswith(("docProps/", "docMetadata/")):
        _look_about(name, root, notes)
    elif DATA.match(name):
        notes.find("metadata", "part", name, _all_text(root))
        notes.tell(_all_text(root), "part", name)
    else:
        _look_kind(name, root, notes)
        reader.look(name, root)
        _look_alternatives(name, root, notes)


def _look_bytes(name, package, notes):
    if PICTURE.search(name):
        picture.look(package.unpack(name), notes, "part", name)
    elif "thumbnail" in name:
        notes.find("metadata", "part", name)
    elif "/embeddings/" in f"/{name}" or name.endswith((".bin", ".ole")):
        is_printer = "printerSettings" in name
        notes.find("metadata" if is_printer else "embedded", "part", name)
    elif not VECTOR.search(name) and "/fonts/" not in f"/{name}":
        notes.find("unread", "part", name)


def _look_relations(name, root, notes):
    for row in root:
        if row.get("TargetMode") != "External":
            continue
        target = row.get("Target", "")
        notes.tell(target.replace("%20", " "), "part", name)
        if markup.is_file_name(target) and not target.startswith(("http", "mailto:")):
            notes.find("metadata", "part", name, target)


def _look_about(name, root, notes):
    for element in root.iter():
        local, text = markup.local(element.tag), (element.text or "").strip()
        is_own = name.endswith("custom.xml") or name.startswith("docMetadata/")
        if local in ABOUT and text:
            notes.find("metadata", "part", name, f"{local}: {text}")
            notes.tell(text, "part", name)
        elif is_own and (text or local in ("label", "l")):
            notes.find("metadata", "part", name, text)
            notes.tell(text, "part", name)


def _look_kind(name, root, notes):
    is_filled = len(root) or (root.text or "").strip()
    if AUTHORS.search(f"/{name}") and is_filled:
        notes.find("metadata", "part", name)
        for element in root.iter():
            for value in element.attrib.values():
                notes.tell(value, "part", name)
    elif COMMENTS.search(name.rpartition("/")[2]) and len(root):
        notes.find("comment", "part", name, _all_text(root))
    elif REVISIONS.search(f"/{name}"):
        notes.find("tracked", "part", name)
    elif HIDDEN_DATA.search(f"/{name}"):
        notes.find("hidden", "part", name)
        notes.tell(" ".join(root.xpath(".//@v")), "part", name)


def _look_alternatives(name, root, notes):
    for element in root.iter():
        for attribute in ALTERNATIVE:
            if value := element.attrib.get(attribute):
                notes.tell(value, "part", name)


def _all_text(root):
    return " ".join(text.strip() for text in root.itertext() if text.strip())
