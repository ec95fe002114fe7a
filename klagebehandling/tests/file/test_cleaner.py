import io
import random
import zipfile
from unittest.mock import patch

from lxml import etree
from PIL import Image, ImageChops, ImageStat

from odoo.tests import BaseCase, tagged

from ... import cleaner
from ...cleaner import limits, pdf
from .. import file_fixtures as files
from .. import office_fixtures as office
from ..file_fixtures import NAME

MUTATIONS = 500
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OPEN_TEMPLATE = "application/vnd.oasis.opendocument.text-template"
KINDS = {**files.PIXELS, **office.DOCUMENTS}


def members(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


@tagged("post_install", "-at_install")
class TestCleaner(BaseCase):
    """No trace is left in a cleaned file, and it still is the same file (M12)."""

    def _reason(self, raw, name="file"):
        with self.assertRaises(cleaner.CannotBeCleaned) as refusal:
            cleaner.clean(name, raw)
        self.assertIn(refusal.exception.reason, cleaner.REASONS)
        return refusal.exception.reason

    def test_no_trace_is_left_anywhere(self):
        for kind, make in KINDS.items():
            with self.subTest(kind=kind):
                raw = make()
                self.assertTrue(files.leaks(raw), "the test can fail")
                self.assertEqual(files.leaks(cleaner.clean("file", raw)), [])

    def test_kind_is_read_from_the_bytes(self):
        for kind, make in KINDS.items():
            examined = cleaner.examine("Kari.exe", make())
            self.assertEqual((examined.kind, examined.reason), (kind, None))

    def test_the_same_bytes_come_out_each_time(self):
        for make in KINDS.values():
            raw = make()
            self.assertEqual(cleaner.clean("a", raw), cleaner.clean("b", raw))

    def test_pictures_look_the_same(self):
        for kind, make in files.PIXELS.items():
            with self.subTest(kind=kind):
                raw = make()
                before, after = files.frames(raw), files.frames(cleaner.clean("", raw))
                self.assertEqual(len(before), len(after))
                for old, new in zip(before, after, strict=True):
                    self.assertEqual(old.size, new.size)
                    difference = ImageStat.Stat(ImageChops.difference(old, new))
                    self.assertLess(max(difference.mean), 8)

    def test_pixels_of_lossless_pictures_are_untouched(self):
        for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
            raw = files.png(mode)
            old, new = (
                Image.open(io.BytesIO(one)).convert("RGBA")
                for one in (raw, cleaner.clean("", raw))
            )
            same = ImageChops.difference(old, new)
            self.assertFalse(same.getbbox(alpha_only=False), mode)

    def test_a_photo_is_turned_the_way_it_is_seen(self):
        with Image.open(io.BytesIO(cleaner.clean("", files.jpeg(6)))) as turned:
            self.assertEqual(turned.size, (40, 60))
            self.assertGreater(turned.getpixel((35, 5))[0], 200)
            self.assertFalse(turned.getexif())

    def test_a_photo_cut_short_is_kept_as_far_as_it_is_seen(self):
        spots = Image.frombytes("RGB", (8, 8), random.Random(1).randbytes(192))
        whole, top = spots.resize((256, 256)), (0, 0, 256, 60)
        for kind in ("JPEG", "PNG"):
            out = io.BytesIO()
            whole.save(out, kind, exif=files.exif())
            raw = out.getvalue()[: len(out.getvalue()) * 7 // 10]
            content = cleaner.clean("", raw)
            self.assertEqual(files.leaks(content), [])
            seen = files.frames(content)[0]
            difference = ImageChops.difference(whole.crop(top), seen.crop(top))
            self.assertLess(max(ImageStat.Stat(difference).mean), 8, kind)

    def test_a_picture_with_broken_facts_is_kept(self):
        broken = {"exif": b"Exif\0\0" + files.NAME.encode() * 9}
        for kind in ("JPEG", "PNG", "WEBP"):
            out = io.BytesIO()
            files.picture().save(out, kind, **broken)
            content = cleaner.clean("", out.getvalue())
            self.assertEqual(files.leaks(content), [], kind)
            self.assertEqual(files.frames(content)[0].size, files.SIZE)

    def test_an_animation_keeps_its_pace(self):
        with Image.open(io.BytesIO(cleaner.clean("", files.gif()))) as moving:
            self.assertEqual((moving.n_frames, moving.info["duration"]), (3, 80))

    def test_office_documents_keep_their_content(self):
        for kind, place in (
            ("docx", "word/document.xml"),
            ("xlsx", "xl/worksheets/sheet1.xml"),
            ("pptx", "ppt/slides/slide1.xml"),
            ("odt", "content.xml"),
        ):
            with self.subTest(kind=kind):
                parts = members(cleaner.clean("", KINDS[kind]()))
                for name, content in parts.items():
                    if name.endswith((".xml", ".rels")):
                        etree.fromstring(content)
                text = "".join(etree.fromstring(parts[place]).itertext())
                self.assertIn(office.TEXT, text)
                comments = b"".join(parts.values())
                self.assertIn(b"too cold", comments)

    def test_text_behind_a_removed_remark_stays(self):
        text = members(cleaner.clean("", office.odt()))["content.xml"].decode()
        self.assertIn(" and more", text)

    def test_tracked_changes_and_links_stay(self):
        parts = members(cleaner.clean("", office.docx()))
        body = parts["word/document.xml"].decode()
        for kept in ("added", "gone", "w:ins", "w:del", "link"):
            self.assertIn(kept, body)
        self.assertIn(
            b"https://example.com/menu", parts["word/_rels/document.xml.rels"]
        )

    def test_every_part_is_known_and_every_relation_leads_somewhere(self):
        for kind in ("docx", "xlsx", "pptx"):
            parts = members(cleaner.clean("", KINDS[kind]()))
            self.assertNotIn("stray.xml", parts)
            types = etree.fromstring(parts["[Content_Types].xml"])
            for override in types.findall("{*}Override"):
                self.assertIn(override.attrib["PartName"].lstrip("/"), parts)
            for name, content in parts.items():
                for row in etree.fromstring(content) if ".rels" in name else ():
                    target = row.attrib["Target"].rpartition("/")[2]
                    is_inside = row.attrib.get("TargetMode") != "External"
                    found = [one for one in parts if one.endswith(target)]
                    self.assertTrue(not is_inside or found, (name, target))

    def test_pdf_keeps_its_pages_links_and_remarks(self):
        import pikepdf

        with pikepdf.open(io.BytesIO(cleaner.clean("", office.pdf()))) as document:
            self.assertEqual(len(document.pages), 2)
            page = document.pages[0]
            self.assertIn(b"(Page 0 food) Tj", page.Contents.read_bytes())
            shown = pikepdf.PdfImage(page.Resources.XObject.Im0).as_pil_image()
            self.assertEqual(shown.size, files.SIZE)
            remarks = [str(one.Subtype) for one in page.Annots]
            self.assertEqual(remarks, ["/Text", "/Link", "/Link", "/Link"])
            self.assertEqual(str(page.Annots[0].Contents), "too cold")
            self.assertEqual(str(page.Annots[1].A.URI), "https://example.com/menu")
            self.assertFalse(document.is_encrypted)

    def test_a_pdf_that_only_forbids_is_read_and_cleaned(self):
        # Who opens it is not asked for a word.
        content = cleaner.clean("", office.pdf(encryption=_password(user="")))
        self.assertEqual(files.leaks(content), [])
        self.assertNotIn(b"/Encrypt", content)

    def test_plain_text_stays_as_it_is(self):
        for raw in (
            b"The food is cold.\n",
            "\ufeffsmå ord;1,5\r\n".encode(),
            "små ord".encode("utf-16"),
            "sm\xe5 ord".encode("cp1252"),
            b"BM is short for bad manners",
            b"",
        ):
            self.assertEqual(cleaner.clean("note.txt", raw), raw)

    def test_what_cannot_be_cleaned_is_refused_with_its_reason(self):
        word = office.docx
        for reason, raw in (
            ("old_format", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
            ("old_format", b"{\\rtf1{\\info{\\author Kari}}}"),
            ("encrypted", OLD + "EncryptedPackage\0".encode("utf-16-le")),
            ("message", OLD + "__properties_version1.0\0".encode("utf-16-le")),
            ("macros", OLD + "_VBA_PROJECT\0".encode("utf-16-le")),
            ("archive", files.pack({"a.txt": "a"})),
            ("archive", files.pack({"a.zip": files.pack({"b.docx": word()})})),
            ("encrypted", _locked_zip()),
            ("unknown", files.pack({"mimetype": OPEN_TEMPLATE})),
            ("archive", b"Rar!\x1a\x07\x01\0"),
            ("archive", bytes(257) + b"ustar" + bytes(250)),
            ("recording", bytes(4) + b"ftypmp42"),
            ("recording", b"#!AMR\n" + bytes(50)),
            ("recording", b"RIFF\x24\0\0\0AVI LIST"),
            ("markup", b"<html><!-- Kari --></html>"),
            ("markup", files.svg()),
            ("message", b"From: kari@x.no\nReceived: by x\n\nHello"),
            ("message", b"BEGIN:VCARD\nFN:Kari\nEND:VCARD"),
            ("message", b"\r\nbegin:vcalendar\r\nATTENDEE:Kari\r\n"),
            ("message", b"Hello\r\nBEGIN:VCARD\r\nFN:Kari\r\n"),
            ("message", b"From kari@x.no Mon Nov  2 09:17:41 2026\n\nHello"),
            ("unknown", b"MZ\x90\0\x03" + bytes(100)),
            ("encrypted", office.pdf(encryption=_password())),
            ("signed", office.pdf(sign=True)),
            ("signed", office.odt(**{"META-INF/documentsignatures.xml": "<x/>"})),
            ("macros", office.odt(**{"Basic/x.xml": "<x/>"})),
            ("recording", office.odt(**{"Media/1.mp4": "x"})),
            ("embedded", office.odt(**{"Object 1": "x"})),
            ("macros", word(**{"[Content_Types].xml": _macro_types()})),
            ("embedded", word(**{"word/media/image3.emf": b"MZ\x90"})),
            ("embedded", word(**{"word/embeddings/Figures.xlsx": "plain"})),
        ):
            with self.subTest(reason=reason, raw=raw[:20]):
                self.assertEqual(self._reason(raw), reason)

    def test_keys_and_signatures_are_named(self):
        # Each tells whose it is.
        for number, raw in enumerate(
            (
                b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN",
                b"Hello\n> -----BEGIN PGP SIGNATURE-----\n",
                b"-----BEGIN CERTIFICATE-----\nMIIB",
                b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl",
                b"---- BEGIN SSH2 PUBLIC KEY ----\nComment: kari",
                b"-----BEGIN PKCS #7 SIGNED DATA-----\nMIIB",
                b"MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBgl",
                b"MIIGcgYJKoZIhvcNAQcCoIIGYzCCBl8CAQEx",
                b"ssh-ed25519 AAAAC3NzaC1lZDI1 kari@kitchen",
                b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02\xa0\x80",
                b"0\x82\x04\x00\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02\xa0\x80",
                b"0\x82\x04\x00\x02\x01\x030\x82\x03\x00" + bytes(20),
                b"0\x82\x04\x000\x82\x03\x00\xa0\x03\x02\x01\x02" + bytes(20),
                b"\x98\x33\x04" + bytes(49),
                b"\x99\x01\x0d\x04" + bytes(300),
                b"\x88\x75\x04\x00" + bytes(100),
                b"\xc6\x33\x04" + bytes(49),
            )
        ):
            self.assertEqual(self._reason(raw), "key", number)
        for name in ("smime.p7s", "smime.p7m", "Kari.ASC", "a.sig", "a.gpg", "a.pfx"):
            self.assertEqual(self._reason(b"plain words", name), "key")
            self.assertEqual(self._reason(b"\1\2\3\4", name), "key")
        for raw in (b"From the kitchen: cold", b"The key to it is -----BEGIN-----"):
            self.assertEqual(cleaner.clean("a.txt", raw), raw)

    def test_names_tell_apart_what_only_looks_plain(self):
        self.assertEqual(self._reason(b"FROM: Kari", "mail.eml"), "message")
        self.assertEqual(self._reason(b"x", "page.html"), "markup")

    def test_bombs_are_not_unpacked(self):
        large = io.BytesIO()
        Image.new("1", (12000, 12000)).save(large, "PNG")
        blown = office.docx(**{"word/document.xml": b" " * (limits.MAX_UNPACKED + 1)})
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in members(blown).items():
                package.writestr(name, content)
        many = office.docx(**{f"x/{n}.xml": "" for n in range(limits.MAX_MEMBERS + 1)})
        nested = office.xlsx()
        for _level in range(limits.MAX_DEPTH + 1):
            nested = office.docx(**{"word/embeddings/Figures.xlsx": nested})
        entities = office.XML + '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        for reason, raw in (
            ("too_large", large.getvalue()),
            ("too_large", packed.getvalue()),
            ("too_large", many),
            ("embedded", nested),
            ("unreadable", office.docx(**{"word/document.xml": entities})),
        ):
            self.assertEqual(self._reason(raw), reason)

    def test_what_takes_too_long_is_refused(self):
        with patch.object(limits, "SECONDS", -1):
            for make in KINDS.values():
                self.assertEqual(self._reason(make()), "too_slow")

    def test_without_its_engine_a_pdf_is_refused(self):
        with patch.object(pdf, "HAS_ENGINE", False):
            self.assertEqual(self._reason(office.pdf()), "no_engine")

    def test_damaged_files_are_refused_or_clean(self):
        """Whatever the bytes are, nothing but the refusal is ever raised."""
        dice = random.Random(4)
        originals = [make() for make in KINDS.values()]
        refused = 0
        for number in range(MUTATIONS):
            raw = _damage(originals[number % len(originals)], dice)
            try:
                cleaner.clean("file", raw)
            except cleaner.CannotBeCleaned:
                refused += 1
        self.assertGreater(refused, MUTATIONS // 4)

    def test_nothing_that_comes_out_is_unclean_after_damage(self):
        dice = random.Random(12)
        for number, make in enumerate(KINDS.values()):
            for _attempt in range(6):
                examined = cleaner.examine("", _damage(make(), dice, 2))
                if examined.content is not None and examined.kind != "text":
                    leaks = files.leaks(examined.content)
                    self.assertEqual(leaks, [], (number, examined.kind))


def _damage(raw, dice, times=None):
    raw = bytearray(raw)
    for _time in range(times or dice.randint(1, 20)):
        way, at = dice.randrange(4), dice.randrange(len(raw) or 1)
        if way == 0:
            raw[at : at + 1] = bytes([dice.randrange(256)])
        elif way == 1:
            del raw[at : at + dice.randint(1, 40)]
        elif way == 2:
            raw[at:at] = dice.randbytes(dice.randint(1, 40))
        elif times is None and dice.random() < 0.2:
            del raw[at:]
    return bytes(raw)


def _password(user="x"):
    import pikepdf

    return pikepdf.Encryption(owner=NAME, user=user)


def _locked_zip():
    raw = bytearray(files.pack({"a.txt": "a"}))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(start) + at] |= 1
    return bytes(raw)


def _macro_types():
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return office.types({"word/document.xml": kind})
