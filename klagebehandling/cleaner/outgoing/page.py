"""PDF: pages, remarks, layers, what lies under something else."""

import importlib.util
import io
import re

from ..limits import CannotBeCleaned
from . import picture
from .painted import Painter

HAS_ENGINE = all(
    importlib.util.find_spec(name) is not None for name in ("pikepdf", "pypdf")
)
# Remarks that are drawn as part of the page.
SHOWN = ("/Link", "/Widget")
HIDING = 0x2 | 0x20
ABOUT = ("/Author", "/Title", "/Subject", "/Keywords")
PROGRAMS = ("/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped")
XMP = re.compile(
    r"<(dc:creator|dc:title|dc:description|dc:subject|pdf:Keywords|xmpMM:History"
    r"|photoshop:\w+|pdfx:\w+)\b[^>]*>(.*?)</\1>",
    re.DOTALL,
)
OLDER = re.compile(rb"startxref\s+(?!0\s)\d+\s+%%EOF")


def look(raw, notes):
    if not HAS_ENGINE:
        raise CannotBeCleaned("no_engine")
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(raw))
    except pikepdf.PasswordError as error:
        raise CannotBeCleaned("encrypted") from error
    with document:
        if len(OLDER.findall(raw)) > 1 + bool(document.is_linearized):
            notes.find("hidden", "file", "", "older version")
        _look_about(document, notes)
        _look_whole(document, notes)
        for number, one in enumerate(document.pages, start=1):
            notes.budget.check_time()
            _look_remarks(one, number, notes)
            Painter(one, number, notes).paint()
        _look_pictures(document, notes)
    _tell_texts(raw, notes)


def _look_about(document, notes):
    for key, value in document.docinfo.items():
        if key not in PROGRAMS and str(value).strip():
            notes.find("metadata", "file", "", f"{key[1:]}: {value}")
            notes.tell(str(value))
    if "/Metadata" in document.Root:
        packet = document.Root.Metadata.read_bytes().decode("utf-8", "replace")
        for name, inner in XMP.findall(packet):
            text = " ".join(re.sub(r"<[^>]*>", " ", inner).split())
            if text or name == "xmpMM:History":
                notes.find("metadata", "file", "", f"{name.partition(':')[2]}: {text}")
                notes.tell(text)


def _look_whole(document, notes):
    root = document.Root
    names = root.get("/Names", {})
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        notes.find("embedded")
    if "/JavaScript" in names or "/OpenAction" in root and "/JS" in root.OpenAction:
        notes.find("embedded", "file", "", "JavaScript")
    layers = root.get("/OCProperties", {}).get("/D", {})
    if len(layers.get("/OFF", [])) or str(layers.get("/BaseState", "")) == "/OFF":
        off = [str(one.get("/Name", "")) for one in layers.get("/OFF", [])]
        notes.find("hidden", "file", "", " ".join(off))
    if "/XFA" in root.get("/AcroForm", {}):
        notes.find("embedded", "file", "", "XFA")
    if "/PieceInfo" in root:
        notes.find("metadata", "file", "", "PieceInfo")


def _look_remarks(one, number, notes):
    for remark in one.get("/Annots", []):
        kind = str(remark.get("/Subtype", ""))
        words = [str(remark[key]) for key in ("/Contents", "/T") if key in remark]
        value = remark.get("/V")
        if value is not None and kind == "/Widget":
            words.append(str(value))
        notes.tell(" ".join(words), "page", number)
        if kind == "/FileAttachment":
            notes.find("embedded", "page", number)
        elif int(remark.get("/F", 0)) & HIDING and kind != "/Popup":
            notes.find("hidden", "page", number, " ".join(words))
        elif kind not in SHOWN:
            notes.find("comment", "page", number, " ".join(words))
        target = remark.get("/A", {}).get("/URI") if "/A" in remark else None
        if target is not None:
            notes.tell(str(target), "page", number)


def _look_pictures(document, notes):
    import pikepdf

    for one in document.objects:
        if not isinstance(one, pikepdf.Stream) or one.get("/Subtype") != "/Image":
            continue
        notes.budget.take_object()
        if one.get("/Filter") == "/DCTDecode" or one.get("/Filter") == ["/DCTDecode"]:
            picture.look(one.read_raw_bytes(), notes, "file", "")
        if "/Metadata" in one:
            notes.find("metadata", "file", "", "XMP")


def _tell_texts(raw, notes):
    import pypdf

    for number, one in enumerate(pypdf.PdfReader(io.BytesIO(raw)).pages, start=1):
        notes.budget.check_time()
        notes.tell(one.extract_text(), "page", number)
