"""docx, xlsx, pptx, odt and PDF with canaries; see ``file_fixtures``."""

import io
import re

from .file_fixtures import MARK, MOMENT, NAME, PLACE, emf, jpeg, pack, png, profile, svg

TEXT = "The food is cold æøå"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REMARKS = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DISK = f"file:///C:\\Users\\{NAME}\\Normal.dotm"
KARI = f'w:author="{NAME}" w:initials="{NAME}" w:date="{MOMENT}Z"'
BLIP = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    f'wordprocessingDrawing"><wp:docPr id="1" name="{NAME}.jpg" descr="C:\\{NAME}\\x"/>'
    f'<a:graphic xmlns:a="{DRAWING}"><a:blip r:embed="rId1"/></a:graphic>'
    "</wp:inline></w:drawing>"
)
CREATION = (
    '<p:extLst><p:ext uri="{1}"><p14:creationId xmlns:p14="http://schemas.microsoft.com'
    f'/office/powerpoint/2010/main" val="{MARK}"/></p:ext></p:extLst>'
)


def types(parts, **defaults):
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml"}
    known |= {"xml": "application/xml", "jpeg": "image/jpeg", "png": "image/png"}
    known |= {"emf": "image/x-emf", "svg": "image/svg+xml", **defaults}
    rows = [f'<Default Extension="{k}" ContentType="{v}"/>' for k, v in known.items()]
    rows += [
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in parts.items()
    ]
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>'


def relations(*rows):
    """Each row: id, type (its last word or all of it) and target."""
    lines = []
    for number, kind, target in rows:
        full = kind if "/" in kind else f"{RELATIONS}/{kind}"
        is_outside = "://" in target or target.startswith("mailto:")
        mode = ' TargetMode="External"' if is_outside else ""
        lines.append(
            f'<Relationship Id="{number}" Type="{full}" Target="{target}"{mode}/>'
        )
    space = f'xmlns="{PACKAGE}/relationships"'
    return f"{XML}<Relationships {space}>{''.join(lines)}</Relationships>"


def about():
    """The parts that every program of the family writes about the document."""
    metadata = f"{PACKAGE}/relationships/metadata"
    parts = {
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/'
        f'core-properties"><x>{NAME}</x><y>{MOMENT}Z</y></cp:coreProperties>',
        "docProps/app.xml": f'{XML}<Properties xmlns="{RELATIONS}"><Company>{NAME}'
        "</Company></Properties>",
        "docProps/custom.xml": f"{XML}<Properties><p>{NAME}</p></Properties>",
        "docProps/thumbnail.jpeg": jpeg(),
        "docMetadata/LabelInfo.xml": f"{XML}<labelList><l n='{NAME}'/></labelList>",
        "stray.xml": f"{XML}<stray>{NAME}</stray>",
    }
    rows = (
        ("rId2", f"{metadata}/core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
        ("rId4", "custom-properties", "docProps/custom.xml"),
        ("rId5", f"{metadata}/thumbnail", "docProps/thumbnail.jpeg"),
        (
            "rId6",
            "http://schemas.microsoft.com/office/2020/02/relationships/"
            "classificationlabels",
            "docMetadata/LabelInfo.xml",
        ),
    )
    return parts, rows


def docx(**parts):
    about_parts, about_rows = about()
    kind = f"{OFFICE}.wordprocessingml"
    body = (
        f'<w:p w:rsidR="{MARK}" w14:paraId="{MARK}" w14:textId="{MARK}"><w:pPr>'
        f"<w:rPr><w:ins w:id='1' {KARI}/></w:rPr></w:pPr>"
        "<w:commentRangeStart w:id='0'/>"
        f'<w:r w:rsidRPr="{MARK}"><w:t>{TEXT}</w:t></w:r><w:ins w:id="2" {KARI}><w:r>'
        f"<w:t>added</w:t></w:r></w:ins><w:del w:id='3' {KARI}><w:r><w:delText>gone"
        f"</w:delText></w:r></w:del><w:r>{BLIP}</w:r><w:r><w:instrText> INCLUDEPICTURE "
        f'"C:\\\\Users\\\\{NAME}\\\\x.png" </w:instrText></w:r>'
        '<w:hyperlink r:id="rId9">'
        "<w:r><w:t>link</w:t></w:r></w:hyperlink><w:permStart w:id='9' "
        f'w:ed="{NAME}@x.no"/></w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath="{NAME}"/>'
        f"</w:sdtPr></w:sdt><!-- {NAME} --><?{NAME} x?>"
    )
    members = {
        "[Content_Types].xml": types(
            {
                "word/document.xml": f"{kind}.document.main+xml",
                "word/comments.xml": f"{kind}.comments+xml",
                "word/settings.xml": f"{kind}.settings+xml",
                "word/people.xml": f"{kind}.people+xml",
                "word/charts/chart1.xml": f"{OFFICE}.drawingml.chart+xml",
                "docProps/core.xml": "application/xml",
            },
            xlsx=f"{OFFICE}.spreadsheetml.sheet",
        ),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "word/document.xml"), *about_rows
        ),
        "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f"<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            ("rId1", "image", "media/image1.jpeg"),
            ("rId2", "image", "media/image2.png"),
            ("rId3", "image", "media/image3.emf"),
            ("rId4", "comments", "comments.xml"),
            ("rId5", "settings", "settings.xml"),
            (
                "rId6",
                "http://schemas.microsoft.com/office/2011/relationships/people",
                "people.xml",
            ),
            ("rId7", "customXml", "../customXml/item1.xml"),
            ("rId8", "image", "media/image4.svg"),
            ("rId9", "hyperlink", "https://example.com/menu"),
            ("rId10", "chart", "charts/chart1.xml"),
            ("rId11", "image", f"file:///C:/Users/{NAME}/linked.png"),
        ),
        "word/comments.xml": f'{XML}<w:comments xmlns:w="{WORD}"><w:comment w:id="0" '
        f"{KARI}><w:p><w:r><w:t>too cold</w:t></w:r></w:p></w:comment></w:comments>",
        "word/settings.xml": f'{XML}<w:settings xmlns:w="{WORD}" xmlns:r="{RELATIONS}" '
        'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w:'
        f'attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="{MARK}"/></w:rsids>'
        f'<w:docVars><w:docVar w:name="x" w:val="{NAME}"/></w:docVars><w15:docId '
        f'w15:val="{{{MARK}}}"/></w:settings>',
        "word/_rels/settings.xml.rels": relations(("rId1", "attachedTemplate", DISK)),
        "word/people.xml": f"{XML}<people><p n='{NAME}'/></people>",
        "customXml/item1.xml": f"{XML}<sources>{NAME}</sources>",
        "word/media/image1.jpeg": jpeg(),
        "word/media/image2.png": png(),
        "word/media/image3.emf": emf(),
        "word/media/image4.svg": svg(),
        "word/charts/chart1.xml": f'{XML}<c:chartSpace xmlns:c="urn:c" xmlns:r='
        f'"{RELATIONS}"><c:externalData r:id="rId1"/></c:chartSpace>',
        "word/charts/_rels/chart1.xml.rels": relations(
            ("rId1", "package", "../embeddings/Figures.xlsx")
        ),
        "word/embeddings/Figures.xlsx": xlsx(),
        **about_parts,
        **parts,
    }
    return pack(members)


def xlsx():
    about_parts, about_rows = about()
    kind = f"{OFFICE}.spreadsheetml"
    people = "http://schemas.microsoft.com/office/2017/10/relationships"
    members = {
        "[Content_Types].xml": types(
            {
                "xl/workbook.xml": f"{kind}.sheet.main+xml",
                "xl/worksheets/sheet1.xml": f"{kind}.worksheet+xml",
                "xl/comments1.xml": f"{kind}.comments+xml",
                "xl/pivotCache/pivotCacheDefinition1.xml": f"{kind}."
                "pivotCacheDefinition+xml",
                "xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel."
                "threadedcomments+xml",
                "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
            },
            bin=f"{kind}.printerSettings",
        ),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "xl/workbook.xml"), *about_rows
        ),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision">'
        f'<fileSharing userName="{NAME}"/><mc:AlternateContent><mc:Choice '
        'Requires="x15"><x15ac:absPath xmlns:x15ac="urn:x15ac" url="C:\\Users\\'
        f'{NAME}\\"/></mc:Choice></mc:AlternateContent><xr:revisionPtr documentId='
        f'"{MARK}"/><customWorkbookViews><customWorkbookView name="{NAME}"/>'
        '</customWorkbookViews><sheets><sheet name="Menu" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{people}/person", "persons/person.xml"),
            (
                "rId3",
                "pivotCacheDefinition",
                "/xl/pivotCache/pivotCacheDefinition1.xml",
            ),
        ),
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{SHEET}" xmlns:r='
        f'"{RELATIONS}" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/'
        f'2014/revision" xr:uid="{{{MARK}}}"><sheetData><row r="1"><c r="A1" t='
        f'"inlineStr"><is><t>{TEXT}</t></is></c></row></sheetData><scenarios><scenario '
        f'user="{NAME}" comment="{NAME}"/></scenarios><pageSetup r:id="rId2"/>'
        '<customProperties><customPr name="x" r:id="rId4"/></customProperties>'
        "</worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("rId1", "comments", "../comments1.xml"),
            ("rId2", "printerSettings", "../printerSettings/printerSettings1.bin"),
            (
                "rId3",
                f"{people}/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
            ("rId4", "customProperty", "../customProperty1.bin"),
        ),
        "xl/comments1.xml": f'{XML}<comments xmlns="{SHEET}"><authors><author>{NAME}'
        '</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>'
        f"{NAME}:</t></r><r><t>\ntoo cold</t></r></text></comment></commentList>"
        "</comments>",
        "xl/pivotCache/pivotCacheDefinition1.xml": f'{XML}<pivotCacheDefinition xmlns="'
        f'{SHEET}" refreshedBy="{NAME}" refreshedDate="{MOMENT}"/>',
        "xl/threadedComments/threadedComment1.xml": f"{XML}<x>{NAME}{MOMENT}</x>",
        "xl/persons/person.xml": f'{XML}<personList><person displayName="{NAME}"/>'
        "</personList>",
        "xl/printerSettings/printerSettings1.bin": NAME.encode("utf-16-le"),
        "xl/customProperty1.bin": NAME.encode("utf-16-le"),
        **about_parts,
    }
    return pack(members)


def pptx():
    about_parts, about_rows = about()
    kind = f"{OFFICE}.presentationml"
    modern = "http://schemas.microsoft.com/office/2018/10/relationships"
    who = f'name="{NAME}" initials="{NAME}" userId="{NAME}@x.no" providerId="AD"'
    guid = f"{{{MARK}-0000-4000-8000-000000000009}}"
    members = {
        "[Content_Types].xml": types(
            {
                "ppt/presentation.xml": f"{kind}.presentation.main+xml",
                "ppt/slides/slide1.xml": f"{kind}.slide+xml",
                "ppt/commentAuthors.xml": f"{kind}.commentAuthors+xml",
                "ppt/comments/comment1.xml": f"{kind}.comments+xml",
                "ppt/authors.xml": "application/vnd.ms-powerpoint.authors+xml",
                "ppt/comments/modern1.xml": "application/vnd.ms-powerpoint."
                "comments+xml",
                "ppt/tags/tag1.xml": f"{kind}.tags+xml",
            }
        ),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", "ppt/presentation.xml"), *about_rows
        ),
        "ppt/presentation.xml": f'{XML}<p:presentation xmlns:p="{SLIDE}" xmlns:r="'
        f'{RELATIONS}"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
        '<p:custDataLst><p:tags r:id="rId4"/></p:custDataLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            ("rId1", "slide", "slides/slide1.xml"),
            ("rId2", "commentAuthors", "commentAuthors.xml"),
            ("rId3", f"{modern}/authors", "authors.xml"),
            ("rId4", "tags", "tags/tag1.xml"),
        ),
        "ppt/slides/slide1.xml": f'{XML}<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" '
        f'xmlns:r="{RELATIONS}"><p:cSld><p:spTree><p:pic><p:nvPicPr><p:cNvPr id="4" '
        f'name="{NAME}.jpg" descr="{NAME}.jpg"/></p:nvPicPr><p:blipFill><a:blip '
        f'r:embed="rId3"/></p:blipFill></p:pic><p:sp><a:t>{TEXT}</a:t></p:sp></p:spTree>'
        f"{CREATION}</p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("rId1", "comments", "../comments/comment1.xml"),
            ("rId2", f"{modern}/comments", "../comments/modern1.xml"),
            ("rId3", "image", "../media/image1.jpeg"),
        ),
        "ppt/commentAuthors.xml": f'{XML}<p:cmAuthorLst xmlns:p="{SLIDE}"><p:cmAuthor '
        f'id="1" name="{NAME}" initials="{NAME}" lastIdx="1"/></p:cmAuthorLst>',
        "ppt/comments/comment1.xml": f'{XML}<p:cmLst xmlns:p="{SLIDE}"><p:cm authorId='
        f'"1" dt="{MOMENT}" idx="1"><p:text>too cold</p:text></p:cm></p:cmLst>',
        "ppt/authors.xml": f'{XML}<q:authorLst xmlns:q="{REMARKS}">'
        f'<q:author id="{guid}" {who}/></q:authorLst>',
        "ppt/comments/modern1.xml": f'{XML}<q:cmLst xmlns:q="{REMARKS}" '
        f'xmlns:a="{DRAWING}">'
        f'<q:cm id="1" authorId="{guid}" created="{MOMENT}.000"><q:txBody><a:p><a:r>'
        "<a:t>too cold</a:t></a:r></a:p></q:txBody></q:cm></q:cmLst>",
        "ppt/tags/tag1.xml": f'{XML}<p:tagLst xmlns:p="{SLIDE}" n="{NAME}"/>',
        "ppt/media/image1.jpeg": jpeg(),
        **about_parts,
    }
    return pack(members)


def odt(kind="text", **parts):
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "meta", "table")
    )
    spaces += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    spaces += ' xmlns:officeooo="http://openoffice.org/2009/office"'
    spaces += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    who = f"<dc:creator>{NAME}</dc:creator><dc:date>{MOMENT}</dc:date>"
    members = {
        "mimetype": mimetype,
        "meta.xml": f"{XML}<office:document-meta {spaces}>{who}</office:document-meta>",
        "settings.xml": f"{XML}<office:document-settings {spaces}><x>{NAME}</x>"
        "</office:document-settings>",
        "content.xml": f"{XML}<office:document-content {spaces}><office:body><text:p "
        f'officeooo:rsid="{MARK}">{TEXT}<office:annotation>{who}<meta:creator-initials>'
        f"{NAME}</meta:creator-initials><text:p>too cold</text:p></office:annotation>"
        f" and more</text:p><text:tracked-changes><office:change-info>{who}</office:"
        f'change-info></text:tracked-changes><draw:frame draw:name="{NAME}.jpg">'
        '<draw:image xlink:href="Pictures/1.jpg"/></draw:frame><draw:image xlink:href='
        f'"file:///home/{NAME}/x.png"/></office:body></office:document-content>',
        "styles.xml": f"{XML}<office:document-styles {spaces}/>",
        "Pictures/1.jpg": jpeg(),
        "Thumbnails/thumbnail.png": png(),
        "Configurations2/x.xml": f"<x>{NAME}</x>",
        "manifest.rdf": f"<x>{NAME}</x>",
        "META-INF/manifest.xml": f'{XML}<m:manifest xmlns:m="urn:oasis:names:tc:'
        'opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="'
        f'{mimetype}"/><m:file-entry m:full-path="content.xml" '
        'm:media-type="text/xml"/>'
        '<m:file-entry m:full-path="meta.xml" m:media-type="text/xml"/>'
        "</m:manifest>",
        **parts,
    }
    return pack(members)


def pdf(**options):
    """Two pages with traces in all the places that a PDF has for them."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    document = pikepdf.new()
    image = document.make_stream(
        jpeg(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=60,
        Height=40,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
        ColorSpace=Array([Name.ICCBased, document.make_stream(profile(), N=3)]),
    )
    for number in range(2):
        page = document.add_blank_page(page_size=(200, 200))
        page.Contents = document.make_stream(
            f"BT /F1 12 Tf (Page {number} food) Tj ET q /Im0 Do Q".encode()
        )
        page.Resources = Dictionary(XObject=Dictionary(Im0=image))
        page.obj["/LastModified"] = String(MOMENT)
        page.obj["/PieceInfo"] = Dictionary(App=Dictionary(Private=String(NAME)))
        page.obj["/Thumb"] = document.make_stream(NAME.encode())
        page.obj["/AA"] = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(NAME)))
        page.obj["/OwnerOfThis"] = String(NAME)
    who = {"T": String(NAME), "M": String("D:20190304"), "NM": String(MARK)}
    box = Array([1, 1, 9, 9])
    document.pages[0].Annots = document.make_indirect(
        Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Text,
                    Rect=box,
                    Contents=String("too cold"),
                    RC=String(NAME),
                    CreationDate=String("D:20190304"),
                    **who,
                ),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.FileAttachment,
                    Rect=box,
                    FS=Dictionary(F=String(NAME)),
                ),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=box,
                    A=Dictionary(S=Name.URI, URI=String("https://example.com/menu")),
                ),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=box,
                    A=Dictionary(S=Name.Launch, F=String(f"C:/{NAME}")),
                ),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=box,
                    A=Dictionary(S=Name.URI, URI=String(f"file:///C:/{NAME}")),
                ),
            ]
        )
    )
    document.docinfo["/Author"] = String(NAME)
    document.docinfo["/Title"] = String(f"{NAME} æøå")
    document.docinfo["/CreationDate"] = String("D:20190304050607")
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [NAME]
    document.attachments["secret.txt"] = pikepdf.AttachedFileSpec(
        document, NAME.encode(), filename=f"{NAME}.txt"
    )
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(NAME))
    document.Root.OCProperties = Dictionary(
        OCGs=Array(
            [
                document.make_indirect(
                    Dictionary(
                        Type=Name.OCG,
                        Name=String("Layer"),
                        Usage=Dictionary(
                            CreatorInfo=Dictionary(Creator=String(NAME)),
                            User=Dictionary(Name=String(NAME)),
                        ),
                    )
                )
            ]
        ),
        D=Dictionary(),
    )
    document.trailer["/ID"] = Array([String(MARK.encode()), String(MARK.encode())])
    if "sign" in options:
        document.Root.AcroForm = Dictionary(
            SigFlags=3,
            Fields=Array([Dictionary(FT=Name.Sig, T=String("s"))]),
        )
        options.pop("sign")
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue() if options else _with_history(out.getvalue())


def _with_history(raw):
    """Add what programs leave behind: an object of an older state of the file."""
    head, _word, tail = raw.rpartition(b"trailer")
    trailer, _word, end = tail.rpartition(b"startxref")
    size = int(re.search(rb"/Size (\d+)", trailer)[1])
    previous = int(end.split()[0])
    orphan = f"\n{size} 0 obj\n({NAME} {PLACE})\nendobj\n".encode()
    table = f"xref\n{size} 1\n{len(raw) + 1:010d} 00000 n \ntrailer".encode()
    trailer = trailer.replace(b"/Size %d" % size, b"/Size %d" % (size + 1))
    trailer = trailer.replace(b"<<", b"<< /Prev %d " % previous, 1)
    start = b"startxref\n%d\n%%%%EOF\n" % (len(raw) + len(orphan))
    return raw + orphan + table + trailer + start


DOCUMENTS = {
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "odt": odt,
    "ods": lambda: odt("spreadsheet"),
    "odp": lambda: odt("presentation"),
    "pdf": pdf,
}
