"""Documents with one leak each, in a place where programs and people leave such things.

``LEAKS`` holds for each a name, the file and the code it must be found under; ``CLEAN``
what holds none. The words of a leak stand in ``SECRET``; ``OTHER`` is a person of
another case.
"""

import io

from PIL import Image, PngImagePlugin

from ...cleaner import package
from ..office_fixtures import (
    DRAWING,
    OFFICE,
    PACKAGE,
    RELATIONS,
    SHEET,
    SLIDE,
    WORD,
    XML,
    relations,
    types,
)


def pack(members):
    """A packed file without anything that a program adds."""
    return package.pack(
        (name, text.encode() if isinstance(text, str) else text)
        for name, text in members.items()
    )


SECRET = "Rolf has hit her"
OTHER = "Peder Aasen"
TEXT = "The food was cold on Monday."
META = f"{PACKAGE}/relationships/metadata/core-properties"
COMMENTS = f"{OFFICE}.wordprocessingml.comments+xml"


def run(text, how=""):
    return f'<w:r><w:rPr>{how}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, how=""):
    return f"<w:p><w:pPr>{how}</w:pPr>{''.join(runs)}</w:p>"


def docx(*content, rows=(), parts=None, kinds=None):
    """A document; without anything else nothing is hidden in it."""
    body = "".join(content) or paragraph(run(TEXT))
    parts = dict(parts or {})
    known = {"word/document.xml": f"{OFFICE}.wordprocessingml.document.main+xml"}
    members = {
        "[Content_Types].xml": types({**known, **(kinds or {})}),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "word/document.xml"), *rows
        ),
        "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}">'
        f"<w:body>{body}</w:body></w:document>",
        **parts,
    }
    return pack(members)


def word_part(name, inner):
    return {f"word/{name}.xml": f'{XML}<w:{name} xmlns:w="{WORD}">{inner}</w:{name}>'}


def core(**facts):
    lines = "".join(f"<x:{name}>{text}</x:{name}>" for name, text in facts.items())
    return (
        f'{XML}<cp:coreProperties xmlns:cp="u" xmlns:x="v">{lines}</cp:coreProperties>'
    )


def xlsx(rows="", before="", sheets="", parts=None, styles="", after=""):
    rows = rows or f'<row r="1">{cell("A1", TEXT)}</row>'
    fonts = (
        '<fonts><font><sz val="11"/></font><font><color rgb="FFFFFFFF"/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill></fills>'
        '<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/>'
        '<xf fontId="0" fillId="0" numFmtId="170"/></cellXfs>'
    )
    members = {
        "[Content_Types].xml": types(
            {"xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet.main+xml"}
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{SHEET}"><sheets>'
        f'<sheet name="Days" sheetId="1"/>{sheets}</sheets>{after}</workbook>',
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{SHEET}">{styles}{fonts}'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{SHEET}">{before}'
        f"<sheetData>{rows}</sheetData></worksheet>",
        **(parts or {}),
    }
    return pack(members)


def cell(place, text, style=0):
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def pptx(attributes="", shapes="", parts=None):
    slide = (
        f'{XML}<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" {attributes}><p:cSld>'
        f"<p:spTree><a:p><a:r><a:t>{TEXT}</a:t></a:r></a:p>{shapes}</p:spTree>"
        "</p:cSld></p:sld>"
    )
    main = f"{OFFICE}.presentationml.presentation.main+xml"
    members = {
        "[Content_Types].xml": types({"ppt/presentation.xml": main}),
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f'{XML}<p:presentation xmlns:p="{SLIDE}">'
        '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/slides/slide1.xml": slide,
        **(parts or {}),
    }
    return pack(members)


def odt(content="", styles="", meta=""):
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{XML}<office:document-content {spaces}>{styles}<office:body>"
        f"<text:p>{TEXT}</text:p>{content}</office:body></office:document-content>",
        "meta.xml": f"{XML}<office:document-meta {spaces}>{meta}"
        "</office:document-meta>",
    }
    return pack(members)


def pdf(content=b"", info=None, change=None):
    """One page with a line of text, and what else is drawn on it."""
    import pikepdf

    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    line = b"BT /F1 12 Tf 0 g 20 250 Td (" + TEXT.encode() + b") Tj ET "
    page.Contents = document.make_stream(line + content)
    for name, value in (info or {}).items():
        document.docinfo[f"/{name}"] = value
    if change:
        change(document, page)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def written(text, place=b"20 200", how=b""):
    return (
        b"BT /F1 12 Tf " + how + b" " + place + b" Td (" + text.encode() + b") Tj ET "
    )


def remark(kind, **more):
    def change(document, page):
        import pikepdf

        note = pikepdf.Dictionary(
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=[10, 10, 30, 30],
            Contents=SECRET,
            **more,
        )
        page.Annots = document.make_indirect(pikepdf.Array([note]))

    return change


def attached(document, page):
    document.attachments["secret.txt"] = SECRET.encode()


def layer(document, page):
    import pikepdf

    group = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Old address")
    )
    document.Root.OCProperties = pikepdf.Dictionary(
        OCGs=[group], D=pikepdf.Dictionary(OFF=[group])
    )


def older():
    """Saved once more with a change, so that the first state is still there."""
    whole = pdf()
    xref = int(whole.rpartition(b"startxref")[2].split()[0])
    return whole + b"\n1 0 obj\n<<>>\nendobj\nstartxref\n%d\n%%%%EOF\n" % xref


def jpeg(**saving):
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG", **saving)
    return out.getvalue()


def exif(tag, value):
    tags = Image.Exif()
    tags[tag] = value
    return tags


def located():
    tags = Image.Exif()
    tags.get_ifd(0x8825)[2] = (59.0, 55.0, 0.0)
    tags.get_ifd(0x8825)[1] = "N"
    return tags


def png(text=None):
    out, info = io.BytesIO(), PngImagePlugin.PngInfo()
    if text:
        info.add_text("Author", text)
    Image.new("RGB", (20, 20)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def tiff(**saving):
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "TIFF", **saving)
    return out.getvalue()


AUTHOR = 'w:author="Kari" w:date="2026-01-01T00:00:00Z" w:id="1"'
HIDDEN_STYLE = (
    f'{XML}<w:styles xmlns:w="{WORD}"><w:style w:styleId="Away" w:type="character">'
    "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
)
CUSTOM = {
    "docProps/custom.xml": f"{XML}<Properties><p><v>{SECRET}</v></p></Properties>"
}
NOTES = {
    "ppt/notesSlides/notesSlide1.xml": f'{XML}<p:notes xmlns:p="{SLIDE}" '
    f'xmlns:a="{DRAWING}"><a:p><a:r><a:t>{SECRET}</a:t></a:r></a:p></p:notes>'
}
REMARK = {
    "word/comments.xml": f'{XML}<w:comments xmlns:w="{WORD}"><w:comment {AUTHOR}>'
    f"{paragraph(run(SECRET))}</w:comment></w:comments>"
}
CELLS = f'<row r="1">{cell("A1", TEXT)}</row>'

LEAKS = [
    # Word
    ("ins.docx", docx(paragraph(f"<w:ins {AUTHOR}>{run(SECRET)}</w:ins>")), "tracked"),
    (
        "del.docx",
        docx(
            paragraph(
                f"<w:del {AUTHOR}><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>"
            )
        ),
        "tracked",
    ),
    (
        "moved.docx",
        docx(paragraph(f"<w:moveFrom {AUTHOR}>{run(SECRET)}</w:moveFrom>")),
        "tracked",
    ),
    (
        "format.docx",
        docx(paragraph(run(TEXT, f"<w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange>"))),
        "tracked",
    ),
    ("comment.docx", docx(parts=REMARK), "comment"),
    ("vanish.docx", docx(paragraph(run(SECRET, "<w:vanish/>"))), "hidden"),
    (
        "style.docx",
        docx(
            paragraph(run(SECRET, '<w:rStyle w:val="Away"/>')),
            parts={"word/styles.xml": HIDDEN_STYLE},
        ),
        "hidden",
    ),
    (
        "white.docx",
        docx(paragraph(run(SECRET, '<w:color w:val="FFFFFF"/>'))),
        "hidden",
    ),
    ("tiny.docx", docx(paragraph(run(SECRET, '<w:sz w:val="2"/>'))), "hidden"),
    (
        "author.docx",
        docx(parts={"docProps/core.xml": core(creator="Kari Handler")}),
        "metadata",
    ),
    ("custom.docx", docx(parts=CUSTOM), "metadata"),
    (
        "template.docx",
        docx(parts=word_part("settings", '<w:docVar w:name="a" w:val="Old address"/>')),
        "metadata",
    ),
    ("embedded.docx", docx(parts={"word/embeddings/a.bin": "x"}), "embedded"),
    (
        "picture.docx",
        docx(parts={"word/media/a.jpeg": jpeg(exif=exif(315, "Kari Handler"))}),
        "metadata",
    ),
    (
        "data.docx",
        docx(parts={"customXml/item1.xml": f"{XML}<a>{SECRET}</a>"}),
        "metadata",
    ),
    # Excel
    (
        "sheet.xlsx",
        xlsx(sheets='<sheet name="Names" sheetId="2" state="hidden"/>'),
        "hidden",
    ),
    (
        "very.xlsx",
        xlsx(sheets='<sheet name="Names" sheetId="2" state="veryHidden"/>'),
        "hidden",
    ),
    (
        "row.xlsx",
        xlsx(f'{CELLS}<row r="2" hidden="1">{cell("A2", SECRET)}</row>'),
        "hidden",
    ),
    (
        "column.xlsx",
        xlsx(before='<cols><col min="2" max="3" hidden="1"/></cols>'),
        "hidden",
    ),
    ("white.xlsx", xlsx(f'<row r="1">{cell("A1", SECRET, 1)}</row>'), "hidden"),
    (
        "format.xlsx",
        xlsx(
            f'<row r="1">{cell("A1", SECRET, 2)}</row>',
            styles='<numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts>',
        ),
        "hidden",
    ),
    (
        "comment.xlsx",
        xlsx(
            parts={
                "xl/comments1.xml": f'{XML}<comments xmlns="{SHEET}"><commentList>'
                f"<comment><text><t>{SECRET}</t></text></comment></commentList>"
                "</comments>"
            }
        ),
        "comment",
    ),
    (
        "pivot.xlsx",
        xlsx(
            parts={
                "xl/pivotCache/pivotCacheRecords1.xml": f'{XML}<r xmlns="{SHEET}">'
                f'<s v="{SECRET}"/></r>'
            }
        ),
        "hidden",
    ),
    (
        "path.xlsx",
        xlsx(after='<absPath url="C:\\Users\\kari\\"/>'),
        "metadata",
    ),
    # PowerPoint and OpenDocument
    ("slide.pptx", pptx('show="0"'), "hidden"),
    ("notes.pptx", pptx(parts=NOTES), "hidden"),
    (
        "shape.pptx",
        pptx(shapes='<p:cNvPr id="2" name="Box" hidden="1"/>'),
        "hidden",
    ),
    (
        "changes.odt",
        odt(f"<text:tracked-changes><text:p>{SECRET}</text:p></text:tracked-changes>"),
        "tracked",
    ),
    (
        "remark.odt",
        odt(f"<office:annotation><text:p>{SECRET}</text:p></office:annotation>"),
        "comment",
    ),
    (
        "hidden.odt",
        odt(
            f'<text:p text:style-name="P1">{SECRET}</text:p>',
            '<style:style style:name="P1"><style:text-properties text:display="none"/>'
            "</style:style>",
        ),
        "hidden",
    ),
    ("about.odt", odt(meta="<dc:creator>Kari Handler</dc:creator>"), "metadata"),
    # PDF
    ("author.pdf", pdf(info={"Author": "Kari Handler"}), "metadata"),
    ("remark.pdf", pdf(change=remark("Text")), "comment"),
    ("redact.pdf", pdf(change=remark("Redact")), "comment"),
    ("attached.pdf", pdf(change=attached), "embedded"),
    ("layer.pdf", pdf(change=layer), "hidden"),
    ("unseen.pdf", pdf(written(SECRET, how=b"3 Tr")), "hidden"),
    ("white.pdf", pdf(written(SECRET, how=b"1 1 1 rg")), "hidden"),
    ("outside.pdf", pdf(written(SECRET, b"900 900")), "hidden"),
    (
        "bar.pdf",
        pdf(written(SECRET) + b"0 g 10 190 250 30 re f "),
        "covered",
    ),
    ("older.pdf", older(), "hidden"),
    # Pictures and text
    ("place.jpg", jpeg(exif=located()), "metadata"),
    ("artist.jpg", jpeg(exif=exif(315, "Kari Handler")), "metadata"),
    ("remark.jpg", jpeg(comment=SECRET.encode()), "metadata"),
    ("behind.jpg", jpeg() + b"PK" + SECRET.encode(), "hidden"),
    ("text.png", png("Kari Handler"), "metadata"),
    ("behind.png", png() + SECRET.encode(), "hidden"),
    ("software.tif", tiff(software="Kari's scanner"), "metadata"),
    ("unseen.txt", f"{TEXT}\u200b\u202e".encode(), "hidden"),
    ("packed.zip", pack({"a.txt": SECRET}), "unread"),
    ("locked.bin", b"\x00\x01\x02\x03" * 40, "unread"),
]
# The name of somebody else, where a reader may overlook it.
NAMED = [
    ("body.docx", docx(paragraph(run(f"As we told {OTHER} last week.")))),
    (
        "pieces.docx",
        docx(paragraph(run("As we told Pe"), run("der Aa"), run("sen last week."))),
    ),
    ("header.docx", docx(parts=word_part("hdr", paragraph(run(f"For {OTHER}"))))),
    ("footnotes.docx", docx(parts=word_part("footnotes", paragraph(run(OTHER))))),
    ("comma.docx", docx(paragraph(run("List: Aasen, Peder. Done.")))),
    ("lower.txt", f"{TEXT} peder aasen".encode()),
    ("surname.txt", b"The food of Aasen was cold."),
    ("address.csv", b"name;mail\nA;peder.aasen@example.com\n"),
    ("phone.txt", b"Call 92 34 56 78 first."),
    (
        "cells.xlsx",
        xlsx(f'<row r="1">{cell("A1", "Peder")}{cell("B1", "Aasen")}</row>'),
    ),
    ("text.pdf", pdf(written(OTHER))),
    ("slide.pptx", pptx(shapes=f"<a:p><a:r><a:t>{OTHER}</a:t></a:r></a:p>")),
    ("text.odt", odt(f"<text:p>{OTHER}</text:p>")),
    ("Reply to Peder Aasen.txt", TEXT.encode()),
]
DARK = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
CLEAN = [
    ("plain.docx", docx()),
    (
        "table.docx",
        docx(
            f"<w:tbl><w:tr><w:tc>{DARK}"
            + paragraph(run("Day", '<w:color w:val="FFFFFF"/>'))
            + "</w:tc></w:tr></w:tbl>"
        ),
    ),
    ("plain.xlsx", xlsx()),
    ("plain.pptx", pptx()),
    ("plain.odt", odt()),
    ("plain.pdf", pdf()),
    ("filled.pdf", pdf(b"0 g 10 100 250 30 re f " + written("Day", b"20 110", b"1 g"))),
    ("plain.jpg", jpeg()),
    ("plain.png", png()),
    ("plain.txt", f"{TEXT}\nÆØÅ æøå – «sitat»\n".encode()),
    ("plain.csv", b"dag;mat\n1;kald\n"),
]
