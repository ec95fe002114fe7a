import base64
import io
import re
import struct

from PIL import Image

# Odoo keeps Pillow from finding it by itself.
from PIL import Jpeg2KImagePlugin  # noqa: F401  # isort: skip

from odoo.tests import BaseCase, tagged

from ... import cleaner
from ...cleaner import (
    jpeg2000,
    limits,
    metafile,
    odf_scrub,
    ooxml_font,
    ooxml_names,
    ooxml_rules,
    pdf_rules,
    picture,
)
from ...cleaner.listed import XML
from .. import file_fixtures as files
from .. import office_fixtures as office
from ..file_fixtures import NAME
from .test_cleaner import members

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# Of programs, files, scripts, and one that is none at all.
PDF_KEYS = (
    *("/AA", "/AF", "/Alternates", "/CreatorInfo", "/EF", "/FS", "/JS", "/JavaScript"),
    *("/LastModified", "/Measure", "/Metadata", "/OPI", "/PieceInfo", "/Private"),
    *("/PtData", "/Ref", "/Thumb", "/UF", "/UserProperties", "/XStrange"),
)
VML = "urn:schemas-microsoft-com:vml"


def document(body, kind="docx"):
    """A document with one more element in its main part."""
    name = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    make = {"docx": office.docx, "odt": office.odt}[kind]
    part = members(make())[name].decode()
    end = "</w:body>" if kind == "docx" else "</office:body>"
    return make(**{name: part.replace(end, body + end)})


def pikepdf_open(raw):
    import pikepdf

    return pikepdf.open(io.BytesIO(raw))


@tagged("post_install", "-at_install")
class TestCleanerRules(BaseCase):
    """Each rule by itself: without it, its canary comes through."""

    def _check(self, raw):
        content = cleaner.clean("", raw)
        self.assertEqual(files.leaks(content), [])
        return content

    def test_each_part_about_persons_is_dropped(self):
        base = members(office.docx())["word/_rels/document.xml.rels"].decode()
        for kind in ooxml_rules.DROPPED_PARTS:
            with self.subTest(kind=kind):
                row = (
                    f'<Relationship Id="x" Type="urn:x/{kind}" Target="extra.xml"/>'
                    "</Relationships>"
                )
                raw = office.docx(
                    **{
                        "word/_rels/document.xml.rels": base.replace(
                            "</Relationships>", row
                        ),
                        "word/extra.xml": f"<x>{NAME}</x>",
                    }
                )
                self.assertNotIn("word/extra.xml", members(self._check(raw)))

    def test_a_part_that_is_not_known_is_refused(self):
        base = members(office.docx())["word/_rels/document.xml.rels"].decode()
        row = '<Relationship Id="x" Type="urn:x/news" Target="extra.xml"/>'
        relations = base.replace("</Relationships>", f"{row}</Relationships>")
        for kind, reason in {**ooxml_rules.REFUSED_PARTS, "news": "embedded"}.items():
            raw = office.docx(
                **{
                    "word/_rels/document.xml.rels": relations.replace("news", kind),
                    "word/extra.xml": "<x/>",
                }
            )
            self.assertEqual(cleaner.examine("", raw).reason, reason, kind)

    def _listed(self, element):
        """The namespaces in which an element may stay, as far as its name goes."""
        return [space for space, name in ooxml_names.LISTED.names if name == element]

    def _in_document(self, *tags, content=NAME, **attributes):
        """A document cleaned with one more element; what is left of its main part."""
        body = content
        for number, (space, name) in enumerate(reversed(tags)):
            given = "".join(f' x:{key}="{value}"' for key, value in attributes.items())
            given = given.replace(" x:", " ") if not number else ""
            body = f'<x:{name} xmlns:x="{space}"{given}>{body}</x:{name}>'
        raw = document(f"<w:p><w:r><w:t>food</w:t></w:r>{body}</w:p>")
        return members(cleaner.clean("", raw))["word/document.xml"].decode()

    def test_each_element_about_persons_is_dropped(self):
        for name in ooxml_rules.DROPPED_ELEMENTS:
            self.assertTrue(self._listed(name), f"{name} would go without a rule")
            for space in self._listed(name):
                with self.subTest(name=name, space=space):
                    left = self._in_document((space, name))
                    self.assertIn("food", left)
                    self.assertNotRegex(left, rf"\bx:{name}\b")
        for name in ooxml_rules.WORD_ELEMENTS:
            left = self._in_document((office.WORD, name))
            self.assertNotRegex(left, rf"<w:{name}\b")

    def test_what_is_not_listed_goes(self):
        text = (office.WORD, "t")
        self.assertIn(NAME, self._in_document((office.WORD, "r"), text))
        run = (office.WORD, "r")
        for tags in (
            [(office.WORD, "strange")],
            [("urn:strange", "t")],
            [("urn:strange", "x"), run, text],
            [("http://schemas.microsoft.com/office/word/2012/wordml", "strange")],
            [run],
        ):
            self.assertNotIn(NAME, self._in_document(*tags), tags)
        bold = (office.WORD, "b")
        for attribute in ("strange", "w:strange", "w14:val", "xml:base"):
            body = f'<w:b xmlns:w14="{W14}" xmlns:xml="{XML}" {attribute}="{NAME}"/>'
            self._check(document(body))
        self.assertIn("<w:b", self._in_document(bold, content=""))

    def test_behind_an_element_no_words_are_hidden(self):
        self._check(document(f"<w:p><w:r/>{NAME}<w:r>{NAME}</w:r></w:p>{NAME}"))

    def test_choices_for_unknown_programs_go_and_what_stands_for_them_stays(self):
        space = ooxml_names.COMPATIBILITY
        for needed, is_kept in (("w14", True), ("u", False), ("u w14", False)):
            body = (
                f'<mc:AlternateContent xmlns:mc="{space}" xmlns:u="urn:{NAME}" '
                f'xmlns:w14="{W14}"><mc:Choice Requires="{needed}"><w:p><w:r><w:t>first'
                "</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>other</w:t>"
                "</w:r></w:p></mc:Fallback></mc:AlternateContent>"
            )
            left = members(self._check(document(body)))["word/document.xml"]
            self.assertEqual(b"first<" in left, is_kept, needed)
            self.assertIn(b"other<", left)
        ignorable = f'<w:p xmlns:mc="{space}" xmlns:u="urn:{NAME}" mc:Ignorable="u"/>'
        self._check(document(ignorable))

    def test_each_attribute_about_persons_is_dropped(self):
        for name in ooxml_rules.WORD_ATTRIBUTES | {"author", "rsidRDefault"}:
            for (space, element), (known, _text) in ooxml_names.LISTED.names.items():
                if (office.WORD, name) in known:
                    body = f'<v:{element} xmlns:v="{space}" w:{name}="{NAME}"/>'
                    self._check(document(body))
                    break
        revision = "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"
        self._check(document(f'<w:p xmlns:x="{revision}" x:uid="{NAME}"/>'))
        for name in ooxml_rules.DROPPED_ANYWHERE:
            self._check_attribute(name, f"{name} would go without a rule")
        for rules in (ooxml_rules.DROPPED_ATTRIBUTES, ooxml_rules.BLANKED_ATTRIBUTES):
            for element, names in rules.items():
                for name in names:
                    self._check_attribute(name, f"{element} has no {name}", element)

    def _check_attribute(self, name, problem, element=None):
        found = 0
        for (space, tag), (known, _text) in ooxml_names.LISTED.names.items():
            if element not in (None, tag):
                continue
            for home in [home for home, local in known if local == name]:
                found += 1
                attribute = f'xmlns:y="{home}" y:{name}' if home else name
                self._check(
                    document(f'<x:{tag} xmlns:x="{space}" {attribute}="{NAME}"/>')
                )
        self.assertTrue(found, problem)

    def test_ids_of_one_document_are_the_same_for_everybody(self):
        one = "{100000AB-1111-2222-3333-444444444444}"
        two = "{200000AB-1111-2222-3333-444444444444}"
        fields = "".join(
            f'<a:fld xmlns:a="{office.DRAWING}" id="{guid}" type="slidenum"/>'
            for guid in (one, two, one.lower())
        )
        left = members(self._check(document(fields)))["word/document.xml"].decode()
        self.assertNotIn("00AB-1111", left.upper())
        ids = re.findall(r'fld [^>]*\bid="([^"]+)"', left)
        self.assertEqual((ids[0], len(set(ids))), (ids[2], 2))

    def test_names_of_files_and_paths_are_dropped(self):
        drawn = {
            "docPr": "http://schemas.openxmlformats.org/drawingml/2006/"
            "wordprocessingDrawing",
            "cNvPr": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        }
        for element in ooxml_rules.LABELLED:
            opening = f'<x:{element} xmlns:x="{drawn[element]}"'
            for label in ooxml_rules.LABELS:
                for text in (f"{NAME}.JPG", f"C:\\{NAME}", f"file:///{NAME}"):
                    self._check(document(f'{opening} {label}="{text}"/>'))
            kept = self._check(document(f'{opening} descr="A cold dinner"/>'))
            self.assertIn(b"A cold dinner", members(kept)["word/document.xml"])
        shape = f'<v:shape xmlns:v="{VML}"'
        for attribute in (f'alt="/Users/{NAME}/x.png"', f'id="{NAME}"'):
            self._check(document(f"{shape} {attribute}/>"))
        self._check(document(f'{shape} href="file:///{NAME}"/>'))
        formula = f"<x:f xmlns:x='{office.SHEET}'>'C:\\{NAME}\\[a.xlsx]b'!A1</x:f>"
        self._check(document(formula))
        kept = f'<x:f xmlns:x=\'{office.SHEET}\'>SUBSTITUTE(A1,"\\\\","/")</x:f>'
        parts = members(self._check(document(kept)))
        self.assertIn(b'SUBSTITUTE(A1,"\\\\","/")', parts["word/document.xml"])

    def test_commands_that_reach_outside_are_dropped(self):
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        for pieces in (
            [f"LINK C:\\\\{NAME}\\\\x"],
            [f'DDEAUTO "{NAME}" "x"'],
            ["DDE", f"AUTO {NAME}"],
            [f"INCLUDEPICTURE https://example.com/{NAME}"],
            ["HYPERLINK C:\\Us", f"ers\\{NAME}"],
        ):
            for element in ooxml_rules.COMMANDS:
                runs = "".join(
                    f"<w:r><w:{element}>{piece}</w:{element}></w:r>" for piece in pieces
                )
                body = mark.format("begin") + runs + mark.format("separate")
                self._check(document(f"<w:p>{body}{mark.format('end')}</w:p>"))
                if len(pieces) == 1:
                    self._check(document(f"<w:p>{runs}</w:p>"))
        self._check(document(f'<w:fldSimple w:instr="LINK /home/{NAME}/x"/>'))
        page = f"<w:p>{mark.format('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>"
        left = members(self._check(document(f"{page}{mark.format('end')}</w:p>")))
        self.assertIn(b"PAGE", left["word/document.xml"])

    def test_parts_are_called_as_programs_call_them(self):
        base = members(office.docx())
        relations = base["word/_rels/document.xml.rels"].decode()
        raw = office.docx(
            **{
                "word/_rels/document.xml.rels": relations.replace(
                    "media/image2.png", f"media/{NAME}.png"
                ),
                f"word/media/{NAME}.png": base["word/media/image2.png"],
            }
        )
        parts = members(self._check(raw))
        target = re.search(
            rb'Id="rId2"[^>]*Target="/([^"]+)"', parts["word/_rels/document.xml.rels"]
        )
        self.assertEqual(parts[target[1].decode()][:4], b"\x89PNG")

    def test_the_key_of_an_embedded_font_is_the_same_for_everybody(self):
        key, other = "ABCDEF01-2345-4678-9ABC-DEF012345678", "0" * 32
        font = bytes(range(200))
        locked = ooxml_font.lock_anew(font, other, key)
        again = ooxml_font.lock_anew(locked, f"{{{key}}}", other)
        self.assertNotEqual(locked[:32], font[:32])
        self.assertEqual((again, locked[32:]), (font, font[32:]))

    def test_each_trace_in_an_open_document_is_dropped(self):
        for name in odf_scrub.PERSONS:
            person = f'<dc:{name} xmlns:dc="{DUBLIN_CORE}">{NAME}</dc:{name}>'
            self._check(document(person, "odt"))
            change = f"<office:change-info>{person}</office:change-info>"
            self._check(document(change, "odt"))
        for path in (f"file:///{NAME}", f"../../{NAME}/x", f"C:/{NAME}", NAME):
            self._check(document(f'<draw:image xlink:href="{path}"/>', "odt"))
            self._check(document(f'<text:a xlink:href="{path}/x">x</text:a>', "odt"))
        fetched = f'<draw:image xlink:href="https://example.com/{NAME}"/>'
        self._check(document(fetched, "odt"))
        for name in ("Versions/1", "layout-cache", "Object 1/meta.xml", "Fonts/x.ttf"):
            self._check(office.odt(**{name: NAME}))
        formula = f"of:='file:///home/{NAME}/a.ods'#A1"
        cell = f'<table:table-cell table:formula="{formula}"/>'
        self._check(document(cell, "odt"))
        self._check(document(f"<svg:title>{NAME}.jpg</svg:title>", "odt"))

    def test_what_is_not_listed_goes_from_an_open_document(self):
        for body in (
            f"<text:strange>{NAME}</text:strange>",
            f'<text:p text:strange="{NAME}"/>',
            f'<text:p officeooo:rsid="{NAME}"/>',
            f'<x:p xmlns:x="urn:{NAME}"><text:p>{NAME}</text:p></x:p>',
            f"<office:scripts>{NAME}</office:scripts>",
            f"<draw:frame>{NAME}</draw:frame>",
            f"<draw:g><draw:line/>{NAME}</draw:g>",
        ):
            self._check(document(body, "odt"))
        names = odf_scrub.LISTED.names
        for name in odf_scrub.DROPPED:
            spaces = [space for space, element in names if element == name]
            self.assertTrue(spaces, f"{name} would go without a rule")
            for space in spaces:
                body = f'<x:{name} xmlns:x="{space}">{NAME}</x:{name}>'
                self._check(document(body, "odt"))
        for name in odf_scrub.DROPPED_ATTRIBUTES:
            found = [
                (home, element)
                for (space, element), (known, _text) in names.items()
                for home, local in known
                if local == name and home == space and "table:1.0" not in home
            ]
            for home, element in found:
                body = f'<x:{element} xmlns:x="{home}" x:{name}="{NAME}"/>'
                self._check(document(body, "odt"))

    def test_words_and_ids_of_an_open_document_stay_together(self):
        wrapped = (
            '<text:p><l:content-control xmlns:l="urn:loext">in a field'
            "</l:content-control></text:p>"
            f'<text:list xml:id="{NAME}"/><text:list text:continue-list="{NAME}"/>'
        )
        left = members(self._check(document(wrapped, "odt")))["content.xml"].decode()
        self.assertIn("in a field", left)
        self.assertEqual(
            re.search(r'continue-list="([^"]+)"', left)[1],
            re.search(r'xml:id="([^"]+)"', left)[1],
        )

    def test_pictures_of_an_open_document_are_numbered(self):
        text = members(office.odt())["content.xml"].decode()
        raw = office.odt(
            **{
                "content.xml": text.replace("Pictures/1.jpg", f"Pictures/{NAME}.jpg"),
                f"Pictures/{NAME}.jpg": files.jpeg(),
            }
        )
        parts = members(self._check(raw))
        target = re.search(rb"Pictures/\d\.jpg", parts["content.xml"])[0].decode()
        self.assertIn(target, parts)
        self.assertIn(target.encode(), parts["META-INF/manifest.xml"])

    def test_a_picture_written_as_text_is_cleaned_too(self):
        packed = base64.b64encode(files.jpeg()).decode()
        packed = f"<office:binary-data>{packed}</office:binary-data>"
        body = f"<draw:image>{packed}</draw:image>"
        left = members(self._check(document(body, "odt")))["content.xml"]
        inner = base64.b64decode(re.search(rb"binary-data>([^<]+)<", left)[1])
        self.assertEqual(files.leaks(inner), [])
        self.assertTrue(files.frames(inner))

    def _svg(self, inner):
        """What is left of a drawing in a document."""
        opening = f'<svg xmlns="{picture.SVG}" xmlns:xlink="{picture.XLINK}" '
        drawing = f'{opening}xmlns:x="urn:x">{inner}</svg>'
        kept = self._check(office.docx(**{"word/media/image4.svg": drawing}))
        return members(kept)["word/media/image4.svg"].decode()

    def test_each_trace_in_a_drawing_is_dropped(self):
        for name in ("metadata", "title", "desc", "script", "foreignObject", "strange"):
            self._svg(f"<{name}>{NAME}</{name}>")
        for attribute in ("x:y", "data-name", "aria-label", "onclick", "id"):
            self._svg(f'<g {attribute}="{NAME}"/>')
        self._svg(f'<image xlink:href="file:///{NAME}"/>')
        self._svg(f'<image xlink:href="https://example.com/{NAME}"/>')
        self._svg(f"<style>/* {NAME} */ @import url(https://x/{NAME});</style>")
        self._svg(f"<g>{NAME}<rect/>{NAME}</g>")
        left = self._svg(f'<g id="{NAME}"/><use href="#{NAME}"/><text>food</text>')
        self.assertIn('<g id="id1"/><use href="#id1"/><text>food</text>', left)
        packed = f'<svg xmlns="{picture.SVG}"><image href="data:image/png,x"/></svg>'
        raw = office.docx(**{"word/media/image4.svg": packed})
        self.assertEqual(cleaner.examine("", raw).reason, "embedded")
        standard = (
            f'<!DOCTYPE svg PUBLIC "-//{NAME}//EN" "x"><svg xmlns="{picture.SVG}"/>'
        )
        self._check(office.docx(**{"word/media/image4.svg": standard}))

    def test_only_what_draws_is_left_of_a_metafile(self):
        name = NAME.encode("utf-16-le")
        text = struct.pack("<II", 84, 8 + len(b"food....")) + b"food...."
        for kind in metafile.DROPPED:
            record = struct.pack("<II", kind, 8 + len(name)) + name
            end = struct.pack("<IIIII", 14, 20, 0, 0, 20)
            raw = files.emf()[:-20] + text + record + end
            left = metafile.clean(raw + name, limits.Budget())
            self.assertEqual(files.leaks(left), [], kind)
            self.assertIn(text, left)
            self.assertEqual(int.from_bytes(left[48:52], "little"), len(left))
        plus = struct.pack("<III4sHHI", 70, 24, 12, b"EMF+", 0x4001, 0, 0)
        packed = struct.pack("<II", 81, 72) + bytes(40) + struct.pack("<I", 52)
        packed += bytes(16) + struct.pack("<I", 4)
        for record in (plus, packed):
            raw = files.emf()[:-20] + record + files.emf()[-20:]
            with self.assertRaises(cleaner.CannotBeCleaned):
                metafile.clean(raw, limits.Budget())

    def test_an_old_metafile_loses_what_is_meant_for_a_printer(self):
        head = struct.pack("<HHHIHIH", 1, 9, 0x300, 99, 0, 9, 0)
        line = struct.pack("<IHHH", 5, 0x0213, 7, 7)
        name = NAME.encode().ljust(20, b" ")
        remark = struct.pack("<IHHH", 5 + 10, 0x0626, 0x0F, len(name)) + name
        raw = head + line + remark + struct.pack("<IH", 3, 0) + name
        for placed in (b"", b"\xd7\xcd\xc6\x9a" + bytes(18)):
            left = metafile.clean(placed + raw, limits.Budget())
            self.assertEqual(files.leaks(left), [])
            self.assertIn(line, left)

    def _pdf(self, change):
        import pikepdf

        document = pikepdf.open(io.BytesIO(office.pdf(compress_streams=True)))
        change(document, pikepdf)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def test_each_key_about_persons_is_dropped_from_a_pdf(self):
        for key in PDF_KEYS:

            def deep(document, pikepdf, key=key):
                fonts = pikepdf.Dictionary(F1=pikepdf.Dictionary())
                fonts.F1[key] = pikepdf.String(NAME)
                document.pages[0].Resources.Font = fonts
                image = document.pages[0].Resources.XObject.Im0
                image[key] = document.make_indirect(pikepdf.String(NAME))

            self._check(self._pdf(deep))

    def test_each_fact_about_a_remark_is_dropped_from_a_pdf(self):
        for key in pdf_rules.REMARK:
            for kind in sorted(pdf_rules.REMARKS):

                def remark(document, pikepdf, key=key, kind=kind):
                    row = pikepdf.Dictionary(Subtype=pikepdf.Name(kind))
                    row[key] = pikepdf.String(NAME)
                    document.pages[1].Annots = pikepdf.Array([row])

                self._check(self._pdf(remark))

    def test_what_is_not_known_is_dropped_from_a_pdf(self):
        def strange(document, pikepdf):
            for holder in (document.Root, document.pages[0].obj, document.trailer):
                holder["/XStrange"] = pikepdf.String(NAME)
            document.Root.Names["/XStrange"] = pikepdf.String(NAME)
            document.pages[1].Annots = pikepdf.Array(
                [
                    pikepdf.Dictionary(
                        Subtype=pikepdf.Name("/Movie"), X=pikepdf.String(NAME)
                    )
                ]
            )

        self._check(self._pdf(strange))

    def test_what_is_written_in_a_page_and_not_shown_is_dropped(self):
        shown = b"BT /F1 12 Tf (100 % food) Tj (a (b % c) d) Tj ET"
        for hidden in (
            f"% {NAME}".encode(),
            f"q\n%{NAME}\nQ".encode(),
            f"/Artifact <</Author ({NAME})>> BDC EMC".encode(),
        ):

            def write(document, pikepdf, hidden=hidden):
                page, name = document.pages[1], pikepdf.Name
                page.Contents = document.make_stream(shown + b"\n" + hidden)
                form = {"Type": name.XObject, "Subtype": name.Form}
                box = pikepdf.Array([0, 0, 9, 9])
                page.Resources.XObject.F = document.make_stream(
                    shown + b"\n" + hidden, BBox=box, **form
                )

            content = self._check(self._pdf(write))
            with pikepdf_open(content) as document:
                page = document.pages[1]
                for stream in (page.Contents, page.Resources.XObject.F):
                    self.assertIn(b"(100 % food)", stream.read_bytes())

    def test_a_page_without_anything_hidden_is_not_written_anew(self):
        shown = (
            b"/P <</MCID 0/Lang(nb)/ActualText (a % b)>>BDC BT (100 %  (x % y)) Tj ET "
            b"EMC /Artifact <</Type /Pagination /BBox [0 0 9 9] /Attached [/Top]>> BDC "
            b"(%) Tj EMC"
        )

        def write(document, pikepdf):
            document.pages[1].Contents = document.make_stream(shown)

        with pikepdf_open(self._check(self._pdf(write))) as document:
            self.assertEqual(document.pages[1].Contents.read_bytes(), shown)

    def test_the_table_of_a_font_says_nothing_of_its_program(self):
        table = f"%!PS {NAME}\nbegincmap\n<01> <0041>\nendcmap".encode()

        def write(document, pikepdf):
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font)
            font.ToUnicode = document.make_stream(table)
            document.pages[1].Resources.Font = pikepdf.Dictionary(F1=font)

        with pikepdf_open(self._check(self._pdf(write))) as document:
            left = document.pages[1].Resources.Font.F1.ToUnicode.read_bytes()
        self.assertIn(b"<01> <0041>", left)

    def test_names_that_a_page_uses_stay(self):
        def write(document, pikepdf):
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Own=pikepdf.String(NAME))
            fonts = pikepdf.Dictionary(AnyName=font, Other=pikepdf.String(NAME))
            document.pages[1].Resources.Font = document.make_indirect(fonts)

        with pikepdf_open(self._check(self._pdf(write))) as document:
            fonts = document.pages[1].Resources.Font
            self.assertEqual(list(fonts.keys()), ["/AnyName"])

    def test_remarks_of_the_coder_of_a_picture_are_dropped(self):
        size = Image.new("RGB", (20, 20), "red")
        for no_jp2 in (True, False):
            out = io.BytesIO()
            size.save(out, "JPEG2000", comment=NAME, no_jp2=no_jp2)
            self.assertTrue(files.leaks(out.getvalue()), "the test can fail")
            left = jpeg2000.strip(out.getvalue())
            self.assertEqual(files.leaks(left), [])
            with Image.open(io.BytesIO(left)) as opened:
                self.assertEqual(opened.convert("RGB").getpixel((5, 5))[0] > 250, True)

    def test_clicks_that_leave_the_document_are_dropped_from_a_pdf(self):
        for kind in (
            "JavaScript",
            "Launch",
            "GoToR",
            "ImportData",
            "SubmitForm",
            "URI",
        ):
            for place in ("/A", "/PA", "/Next"):

                def click(document, pikepdf, kind=kind, place=place):
                    action = pikepdf.Dictionary(
                        S=pikepdf.Name(f"/{kind}"), F=pikepdf.String(NAME)
                    )
                    if kind == "URI":
                        action.URI = pikepdf.String(f"file:///C:/{NAME}")
                    row = pikepdf.Dictionary(Subtype=pikepdf.Name.Link)
                    row[place] = document.make_indirect(action)
                    if place == "/Next":
                        row.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo)
                        row.A.Next = pikepdf.Array([row[place]])
                    document.pages[1].Annots = pikepdf.Array([row])

                self._check(self._pdf(click))
