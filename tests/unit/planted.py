"""Files with marks in places where programs leave traces, made from a seed."""

import importlib
import io
import struct
import sys
import types
import zipfile
import zlib
from pathlib import Path

from lxml import etree
from PIL import Image

FIXTURES = Path(__file__).parents[2] / "klagebehandling/tests"


def fixtures(name):
    """A module of files for tests; the package around it needs Odoo, it does not."""
    package = sys.modules.setdefault("planted_files", types.ModuleType("planted_files"))
    package.__path__ = [str(FIXTURES)]
    return importlib.import_module(f"planted_files.{name}")


files, office = fixtures("file_fixtures"), fixtures("office_fixtures")
recordings = fixtures("recording_fixtures")
START = "Zq7x"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
SPACES = (
    "",
    W,
    f"{MICROSOFT}/word/2010/wordml",
    f"{MICROSOFT}/word/2012/wordml",
    f"{MICROSOFT}/word/2016/wordml/cid",
    f"{MICROSOFT}/word/2018/wordml/cex",
    f"{MICROSOFT}/word/2023/wordml/word16du",
    f"{MICROSOFT}/word/2010/wordprocessingDrawing",
    f"{MICROSOFT}/powerpoint/2010/main",
    f"{MICROSOFT}/powerpoint/2012/main",
    f"{MICROSOFT}/drawing/2014/main",
    f"{MICROSOFT}/spreadsheetml/2010/11/ac",
    f"{MICROSOFT}/spreadsheetml/2014/revision",
    f"{MICROSOFT}/spreadsheetml/2018/threadedcomments",
    f"{MICROSOFT}/thememl/2012/main",
    "urn:schemas-microsoft-com:office:office",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "http://openoffice.org/2009/office",
    "http://purl.org/dc/elements/1.1/",
    "urn:somebody",
)
TELLING = (
    *("rsidR", "rsid", "paraId", "textId", "durableId", "docId", "userId", "author"),
    *("providerId", "presenceInfo", "creationId", "modId", "uid", "absPath", "url"),
    *(
        "person",
        "creator",
        "date",
        "dateUtc",
        "initials",
        "editId",
        "anchorId",
        "rowId",
    ),
    *("lastModifiedBy", "userName", "refreshedBy", "dT", "personId", "parentId", "vid"),
    *("printer", "sender-initials", "creator-initials", "printed-by", "config-item"),
    *("threadedComment", "attachedTemplate", "docVar", "fileVersion", "revisionPtr"),
    *("storeItemID", "xpath", "codeName", "id-of-somebody", "designId", "themeFamily"),
)
PDF_KEYS = (
    *("/Author", "/Creator", "/Producer", "/Keywords", "/LastModified", "/PieceInfo"),
    *("/Private", "/AAPL:Keywords", "/Company", "/SourceModified", "/Metadata", "/JS"),
    *("/UF", "/PTEX.FileName", "/PTEX.InfoDict", "/GPTS", "/Desc", "/CreatorInfo"),
    *("/UserProperties", "/OPI", "/Alternates", "/Thumb", "/Somebody", "/MarkStyle"),
)
# EXIF and TIFF: who, where, when, with what; the first two of the list hold bytes.
TAGS = (0x9286, 0x927C, 0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298)
DEEP_TAGS = (0xA420, 0xA430, 0xA431, 0xA433, 0xA434, 0xA435, 0x9003, 0x9010, 0x9290)
GPS_TAGS = (0x12, 0x1B, 0x1C, 0x1D)


def mark(dice):
    """One of the facts that programs note down, with a beginning to look for."""
    number = f"{START}{dice.getrandbits(40):010x}"
    return dice.choice(
        (
            number,
            f"{number}@example.com",
            f"C:\\Users\\{number}\\report.docx",
            f"file:///home/{number}/Pictures/a.jpg",
            f"+59.9127+010.7461/{number}",
            f"2019-03-04T05:06:07Z {number}",
            f"S-1-5-21-{number}",
            f"https://{number}.sharepoint.com/personal/",
        )
    )


def planted(dice):
    """The kind, the place, and a file with one mark in that place."""
    # Recordings take long to make.
    rare = [1 if kind in recordings.RECORDINGS else 5 for kind in MAKERS]
    kind = dice.choices(list(MAKERS), rare)[0]
    text = mark(dice)
    place, raw = MAKERS[kind](dice, text)
    return kind, place, raw


def _document(make):
    def plant(dice, text):
        with zipfile.ZipFile(io.BytesIO(make())) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        place = _plant_in_parts(parts, dice, text)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, content in parts.items():
                member = zipfile.ZipInfo(name)
                if place == "packing":
                    member.comment = text.encode()
                    member.extra = struct.pack("<HH", 0x7075, len(text)) + text.encode()
                package.writestr(member, content)
        return place, out.getvalue()

    return plant


def _plant_in_parts(parts, dice, text):
    if dice.random() < 0.05:
        return "packing"
    if dice.random() < 0.1:
        pictures = [name for name in parts if name.endswith((".jpeg", ".jpg"))]
        if pictures:
            name = dice.choice(pictures)
            place, parts[name] = _jpeg(dice, text)
            return f"{name} {place}"
    names = [name for name in parts if name.endswith((".xml", ".rels", ".vml"))]
    name = dice.choice([name for name in names if "stray" not in name])
    root = etree.fromstring(parts[name])
    way = dice.choice(
        ("attribute", "element", "remark", "command", "words", "extension")
    )
    _plant_in_tree(dice.choice(list(root.iter(etree.Element))), dice, text, way)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return f"{name} {way}"


def _plant_in_tree(element, dice, text, way):
    space, local = dice.choice(SPACES), dice.choice(TELLING)
    tag = f"{{{space}}}{local}" if space else local
    if way == "attribute":
        element.set(tag, text)
    elif way == "element":
        child = etree.SubElement(element, tag)
        child.set(f"{{{space}}}val" if space else "val", text)
        child.text = text
    elif way == "remark":
        element.append(etree.Comment(text.replace("--", "")))
    elif way == "command":
        element.append(etree.ProcessingInstruction("somebody", text))
    elif way == "words":
        strange = etree.SubElement(element, "{urn:somebody}w")
        etree.SubElement(strange, f"{{{W}}}t").text = text
    else:
        home = etree.QName(element).namespace or "urn:somebody"
        extension = etree.SubElement(element, f"{{{home}}}extLst")
        inner = etree.SubElement(extension, "{urn:somebody}ext", uri=text)
        etree.SubElement(inner, tag, {"val": text}).text = text


def _pdf(dice, text):
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(office.pdf())) as document:
        if dice.random() < 0.3:
            page = document.pages[dice.randrange(2)]
            page.contents_add(f"% {text}\n".encode())
            place = "page"
        else:
            kinds = (pikepdf.Dictionary, pikepdf.Stream)
            holders = [one for one in document.objects if isinstance(one, kinds)]
            place = dice.choice(PDF_KEYS)
            dice.choice(holders)[place] = pikepdf.String(text)
        document.save(out, static_id=True, fix_metadata_version=False)
    raw = out.getvalue()
    return place, raw + text.encode() if dice.random() < 0.2 else raw


def _exif(dice, text):
    data = Image.Exif()
    where = dice.choice(("exif", "camera", "place"))
    if where == "exif":
        data[dice.choice(TAGS)] = text
    elif where == "camera":
        data.get_ifd(0x8769)[dice.choice(DEEP_TAGS)] = text
    else:
        data.get_ifd(0x8825)[dice.choice(GPS_TAGS)] = text.encode()
    return where, data.tobytes()


def _saved(kind, **options):
    out = io.BytesIO()
    files.picture().save(out, kind, **options)
    return out.getvalue()


def _jpeg(dice, text):
    way = dice.choice(("exif", "segment", "behind", "second", "film"))
    if way == "exif":
        where, data = _exif(dice, text)
        return where, _saved("JPEG", exif=data)
    raw, content = _saved("JPEG"), text.encode()
    if way == "segment":
        content = (
            dice.choice((b"", b"MPF\0", b"JFXX\0\x10", b"FPXR\0", b"http://x\0"))
            + content
        )
        head = bytes([0xFF, dice.choice([*range(0xE0, 0xF0), 0xFE])])
        segment = head + struct.pack(">H", len(content) + 2) + content
        return f"segment {head[1]:x}", raw[:2] + segment + raw[2:]
    second = _saved("JPEG", comment=content)
    film = struct.pack(">I4s", 16, b"ftyp") + b"mp42" + bytes(4) + content
    return way, raw + {"behind": content, "second": second, "film": film}[way]


def _png(dice, text):
    if dice.random() < 0.3:
        where, data = _exif(dice, text)
        return where, _saved("PNG", exif=data)
    name = dice.choice((b"tEXt", b"zTXt", b"iTXt", b"prVt", b"eXIf", b"iCCP", b"caBX"))
    content = b"Comment\0\0" + text.encode()
    if name == b"zTXt":
        content = b"Comment\0\0" + zlib.compress(text.encode())
    chunk = struct.pack(">I", len(content)) + name + content
    chunk += struct.pack(">I", zlib.crc32(name + content))
    raw = _saved("PNG")
    at = 33 if dice.random() < 0.7 else len(raw)
    return name.decode(), raw[:at] + chunk + raw[at:]


def _webp(dice, text):
    way = dice.choice(("exif", "xmp", "chunk"))
    if way == "xmp":
        return way, _saved("WEBP", xmp=text.encode())
    if way == "exif":
        where, data = _exif(dice, text)
        return where, _saved("WEBP", exif=data)
    raw, content = _saved("WEBP"), text.encode().ljust(100, b".")
    raw += b"SOME" + struct.pack("<I", len(content)) + content
    return way, raw[:4] + struct.pack("<I", len(raw) - 8) + raw[8:]


def _gif(dice, text):
    raw, content = _saved("GIF"), text.encode()[:255]
    way = dice.choice(("comment", "program", "behind"))
    if way == "comment":
        return way, _saved("GIF", comment=content)
    if way == "behind":
        return way, raw + content
    block = b"!\xff\x0bSOMEBODY1.0" + bytes([len(content)]) + content + b"\0"
    return way, raw[:-1] + block + b";"


def _tiff(dice, text):
    tag = dice.choice((270, 271, 272, 285, 305, 315, 316, 33432, 65000, 50971, 42016))
    tags = files.ImageFileDirectory_v2()
    tags[tag] = text
    tags.tagtype[tag] = 2
    return str(tag), _saved("TIFF", tiffinfo=tags)


def _photo(kind):
    def plant(dice, text):
        where, data = _exif(dice, text)
        out = io.BytesIO()
        if kind == "heic":
            import pillow_heif

            pillow_heif.from_pillow(files.picture()).save(out, exif=data)
        else:
            from PIL import AvifImagePlugin  # noqa: F401

            files.picture().save(out, "AVIF", exif=data)
        return where, out.getvalue() + text.encode()

    return plant


def _recording(kind):
    def plant(_dice, text):
        return "tags", recordings.recording(kind, name=text)

    return plant


MAKERS = {
    **{
        kind: _document(make)
        for kind, make in office.DOCUMENTS.items()
        if kind != "pdf"
    },
    "pdf": _pdf,
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "tiff": _tiff,
    "heic": _photo("heic"),
    "avif": _photo("avif"),
    **{kind: _recording(kind) for kind in recordings.RECORDINGS},
}
