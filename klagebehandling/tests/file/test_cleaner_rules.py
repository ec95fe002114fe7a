import io

from odoo.tests import BaseCase, tagged

from ... import cleaner
from ...cleaner import odf, ooxml_rules, pdf_rules, picture
from .. import file_fixtures as files
from .. import office_fixtures as office
from ..file_fixtures import NAME
from .test_cleaner import members

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
OFFICE = "urn:schemas-microsoft-com:office:office"


def document(body, kind="docx"):
    """A document with one more element in its main part."""
    name = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    make = {"docx": office.docx, "odt": office.odt}[kind]
    part = members(make())[name].decode()
    end = "</w:body>" if kind == "docx" else "</office:body>"
    return make(**{name: part.replace(end, body + end)})


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

    def test_each_element_about_persons_is_dropped(self):
        for name in ooxml_rules.DROPPED_ELEMENTS:
            with self.subTest(name=name):
                body = f"<w:p><w:{name} n='{NAME}'>{NAME}</w:{name}>food</w:p>"
                parts = members(self._check(document(body)))
                self.assertIn(b"food", parts["word/document.xml"])

    def test_each_attribute_about_persons_is_dropped(self):
        for name in ooxml_rules.WORD_ATTRIBUTES | {"author", "rsidRDefault"}:
            for space in (office.WORD, W14):
                with self.subTest(name=name, space=space):
                    body = f'<w:p xmlns:x="{space}" x:{name}="{NAME}"/>'
                    self._check(document(body))
        for name in ooxml_rules.OFFICE_ATTRIBUTES:
            self._check(document(f'<v xmlns:o="{OFFICE}" o:{name}="{NAME}"/>'))
        revision = "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"
        self._check(document(f'<v xmlns:x="{revision}" x:uid="{NAME}"/>'))
        for element, names in ooxml_rules.DROPPED_ATTRIBUTES.items():
            for name in names:
                self._check(document(f'<w:{element} {name}="{NAME}"/>'))
        for element, values in ooxml_rules.BLANKED_ATTRIBUTES.items():
            for name in values:
                self._check(document(f'<w:{element} {name}="{NAME}"/>'))

    def test_names_of_files_and_paths_are_dropped(self):
        for element in ooxml_rules.LABELLED:
            for label in ooxml_rules.LABELS:
                for text in (f"{NAME}.JPG", f"C:\\{NAME}", f"file:///{NAME}"):
                    self._check(document(f'<w:{element} {label}="{text}"/>'))
        for element in ooxml_rules.COMMANDS:
            body = f"<w:{element}>LINK C:\\\\{NAME}\\\\x</w:{element}>"
            self._check(document(body))
        self._check(document(f'<w:fldSimple w:instr="LINK /home/{NAME}/x"/>'))
        self._check(document(f'<v alt="/Users/{NAME}/x.png"/>'))
        kept = members(self._check(document('<w:docPr descr="A cold dinner"/>')))
        self.assertIn(b"A cold dinner", kept["word/document.xml"])

    def test_each_trace_in_an_open_document_is_dropped(self):
        dublin = odf.DUBLIN_CORE
        for name in odf.PERSONS:
            for body in (
                f'<x:{name} xmlns:x="{dublin}">{NAME}</x:{name}>',
                f'<office:change-info><x:{name} xmlns:x="{dublin}">{NAME}</x:{name}>'
                "</office:change-info>",
            ):
                self._check(document(body, "odt"))
        for name in odf.SETTINGS:
            self._check(document(f'<text:p officeooo:{name}="{NAME}"/>', "odt"))
        for path in (f"file:///{NAME}", f"../../{NAME}/x", f"C:/{NAME}"):
            self._check(document(f'<draw:image xlink:href="{path}"/>', "odt"))
        self._check(document(f"<office:scripts>{NAME}</office:scripts>", "odt"))
        for name in ("Versions/1", "layout-cache", "Object 1/meta.xml"):
            self._check(office.odt(**{name: NAME}))

    def test_each_trace_in_a_drawing_is_dropped(self):
        for name in picture.TELLING:
            drawing = f'<svg xmlns="{picture.SVG}"><{name}>{NAME}</{name}></svg>'
            self._check(office.docx(**{"word/media/image4.svg": drawing}))
        for attribute in (f'xlink:href="file:///{NAME}"', f'x:y="{NAME}"'):
            drawing = (
                f'<svg xmlns="{picture.SVG}" xmlns:xlink="{picture.XLINK}" '
                f'xmlns:x="urn:x"><image {attribute}/></svg>'
            )
            self._check(office.docx(**{"word/media/image4.svg": drawing}))
        packed = f'<svg xmlns="{picture.SVG}"><image href="data:image/png,x"/></svg>'
        raw = office.docx(**{"word/media/image4.svg": packed})
        self.assertEqual(cleaner.examine("", raw).reason, "embedded")

    def _pdf(self, change):
        import pikepdf

        document = pikepdf.open(io.BytesIO(office.pdf(compress_streams=True)))
        change(document, pikepdf)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def test_each_key_about_persons_is_dropped_from_a_pdf(self):
        for key in pdf_rules.DROPPED:

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

    def test_clicks_that_leave_the_document_are_dropped_from_a_pdf(self):
        for kind in ("JavaScript", "Launch", "GoToR", "ImportData", "SubmitForm"):
            for place in ("/A", "/PA"):

                def click(document, pikepdf, kind=kind, place=place):
                    action = pikepdf.Dictionary(
                        S=pikepdf.Name(f"/{kind}"), F=pikepdf.String(NAME)
                    )
                    row = pikepdf.Dictionary(Subtype=pikepdf.Name.Link)
                    row[place] = document.make_indirect(action)
                    document.pages[1].Annots = pikepdf.Array([row])

                self._check(self._pdf(click))
