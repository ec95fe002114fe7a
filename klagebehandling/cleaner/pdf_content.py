"""What the pages of a PDF are written in: without remarks and without private facts."""

import re

import pikepdf
from pikepdf import Dictionary, Name, Operator, Stream

from . import pdf_rules as rules

# A remark runs from its sign to the end of the line; within words the sign is none.
WORDS = re.compile(rb"\((?:\\.|[^()\\])*\)", re.DOTALL)
REMARK = re.compile(rb"(?:^|[\s\])>])%")
MARKED = re.compile(rb"<<(.*?)>>\s*(?:BDC|DP)\b", re.DOTALL)
# Keys and values in turn.
PIECE = re.compile(rb"/[^\s/\[\]()<>]*|\[[^\]]*\]|<[^>]*>|[^\s/\[\]()<>]+")
LINE = re.compile(rb"^%[^\r\n]*", re.MULTILINE)
WRITTEN = pikepdf.StreamDecodeLevel.generalized


def clean_page(document, page):
    """Write a page anew where something stands in it that is not shown."""
    if "/Contents" not in page.obj:
        return
    contents = page.obj.Contents
    parts = [contents] if isinstance(contents, Stream) else list(contents)
    if any(_is_telling(part) for part in parts if isinstance(part, Stream)):
        page.obj.Contents = document.make_stream(_write_anew(page))


def clean_stream(document, stream):
    """Do the same with a drawing that pages use, and with the tables of a font."""
    if "/CMapName" in stream or "/Type" not in stream and "/Length" in stream:
        _clean_table(stream)
    is_drawing = stream.get("/Subtype") == Name.Form or "/PatternType" in stream
    if is_drawing and "/Width" not in stream and _is_telling(stream):
        stream.write(_write_anew(stream))


def _clean_table(stream):
    """A table of letters begins with a line of the program that wrote it."""
    if not _is_readable(stream):
        return
    raw = stream.read_bytes(WRITTEN)
    if b"begincmap" in raw and LINE.search(raw):
        stream.write(LINE.sub(b"%", raw))


def _is_readable(stream):
    try:
        stream.get_stream_buffer(WRITTEN)
    except pikepdf.PdfError:
        return False
    return True


def _is_telling(stream):
    bare = WORDS.sub(b" . ", WORDS.sub(b" . ", stream.read_bytes(WRITTEN)))
    if REMARK.search(bare):
        return True
    keys = {
        key.decode("latin-1")
        for marked in MARKED.finditer(bare)
        for key in PIECE.findall(marked[1])[::2]
    }
    return not keys <= rules.MARKED


def _write_anew(holder):
    instructions = []
    for operands, operator in pikepdf.parse_content_stream(holder):
        kept = operands
        if operator in (Operator("BDC"), Operator("DP")):
            kept = [_marked(operand) for operand in operands]
        instructions.append((kept, operator))
    return pikepdf.unparse_content_stream(instructions)


def _marked(operand):
    if not isinstance(operand, Dictionary):
        return operand
    return Dictionary({key: operand[key] for key in operand if key in rules.MARKED})
