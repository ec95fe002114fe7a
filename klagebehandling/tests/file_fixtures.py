"""Files of every kind with canaries in the places where programs leave traces."""

import functools
import io
import struct
import zipfile
import zlib

from PIL import Image, ImageCms, ImageDraw, ImageSequence
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

NAME = "HemmeligKari"
PLACE = "Canaryveien"
MOMENT = "2019-03-04T05:06:07"
MARK = "00C0FFEE"
CANARIES = (NAME, PLACE, MOMENT, "2019:03:04", MARK, "Kamera-XQ7", "20190304")
SIZE = (60, 40)


def picture(size=SIZE, mode="RGB"):
    """A picture with different corners, so that turning it shows."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    draw.rectangle((size[0] // 2, size[1] // 2, *size), fill="blue")
    return image.convert(mode)


def exif(orientation=1):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Kamera-XQ7"  # maker
    data[0x0131] = f"{NAME} software"
    data[0x013B] = NAME  # artist
    data[0x9C9B] = NAME.encode("utf-16-le")  # title, as Windows writes it
    data[0x0132] = "2019:03:04 05:06:07"
    data.get_ifd(0x8769)[0x9286] = f"ASCII\0\0\0{NAME}".encode()
    data.get_ifd(0x8769)[0xA430] = NAME  # owner of the camera
    data.get_ifd(0x8769)[0xA431] = MARK  # its serial number
    place = data.get_ifd(0x8825)
    place[1], place[2] = "N", (59.0, 54.0, 1.0)
    place[0x1C] = f"ASCII\0\0\0{PLACE}".encode()
    return data


def xmp():
    return (
        '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        '"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc='
        f'"http://purl.org/dc/elements/1.1/" dc:creator="{NAME}" dc:date="{MOMENT}"/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


@functools.cache
def profile():
    """A colour profile that is named after somebody's screen."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = made.find(b"s\0R\0G\0B")
    return (
        made[:text] + NAME.encode("utf-16-be")[:16] + made[text + 16 :] + NAME.encode()
    )


def jpeg(orientation=1, size=SIZE):
    out = io.BytesIO()
    picture(size).save(
        out,
        "JPEG",
        exif=exif(orientation),
        xmp=xmp(),
        comment=NAME.encode(),
        icc_profile=profile(),
    )
    raw = out.getvalue()
    iptc = b"\x1c\x02\x50" + struct.pack(">H", len(NAME)) + NAME.encode()
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    return raw[:2] + segment + raw[2:] + b"trailing " + NAME.encode()


def png(mode="RGB"):
    info = PngInfo()
    info.add_text("Author", NAME)
    info.add_text("Comment", NAME, zip=True)
    info.add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=True)
    info.add(b"tIME", struct.pack(">HBBBBB", 2019, 3, 4, 5, 6, 7))
    info.add(b"prVt", NAME.encode())
    out = io.BytesIO()
    picture(mode=mode).save(
        out, "PNG", pnginfo=info, exif=exif(), icc_profile=profile(), dpi=(300, 300)
    )
    return out.getvalue() + NAME.encode()


def heic():
    import pillow_heif

    made = pillow_heif.from_pillow(picture())
    out = io.BytesIO()
    made.save(out, exif=exif(6).tobytes(), xmp=xmp(), quality=90)
    return out.getvalue() + NAME.encode()


def avif():
    from PIL import AvifImagePlugin  # noqa: F401  # Odoo keeps Pillow from finding it

    out = io.BytesIO()
    picture().save(out, "AVIF", exif=exif(6).tobytes(), xmp=xmp())
    return out.getvalue() + NAME.encode()


def gif(frames=3):
    pictures = [picture((20 + 0 * one, 20)).rotate(90 * one) for one in range(frames)]
    out = io.BytesIO()
    pictures[0].save(
        out,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        comment=NAME.encode(),
        duration=80,
        loop=0,
    )
    return out.getvalue() + NAME.encode()


def webp():
    out = io.BytesIO()
    picture().save(out, "WEBP", exif=exif(), xmp=xmp(), icc_profile=profile())
    return out.getvalue()


def tiff(pages=2):
    tags = ImageFileDirectory_v2()
    tags[315], tags[305], tags[270] = NAME, f"{NAME} scanner", PLACE
    tags[306], tags[316], tags[700] = "2019:03:04 05:06:07", NAME, xmp()
    tags.tagtype[700] = 1
    out = io.BytesIO()
    first, *rest = [picture().rotate(180 * one) for one in range(pages)]
    first.save(out, "TIFF", save_all=True, append_images=rest, tiffinfo=tags)
    return out.getvalue()


def bmp():
    out = io.BytesIO()
    picture().save(out, "BMP")
    return out.getvalue() + NAME.encode()


def emf():
    text = f"{NAME}\0drawing\0\0".encode("utf-16-le")
    head = struct.pack("<II", 1, 108 + len(text)) + bytes(32) + b" EMF"
    head += struct.pack("<IIIHHII", 0x10000, 200, 2, 1, 0, len(text) // 2, 108)
    return head.ljust(108, b"\0") + text + struct.pack("<IIIII", 14, 20, 0, 0, 20)


def svg():
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="urn:drawing" s:docname='
        f'"{NAME}.svg"><metadata>{NAME}</metadata><title>{NAME}</title>'
        f"<!-- {NAME} --><s:view n='{NAME}'/><rect width='5' height='5'/></svg>"
    ).encode()


PIXELS = {
    "jpeg": jpeg,
    "png": png,
    "gif": gif,
    "webp": webp,
    "tiff": tiff,
    "bmp": bmp,
}


def pack(members):
    """A packed file with the date and the remarks that a person's program adds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.comment = NAME.encode()
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (2019, 3, 4, 5, 6, 8))
            member.comment = NAME.encode()
            member.extra = struct.pack("<HH", 0x7075, len(NAME)) + NAME.encode()
            if isinstance(content, str):
                content = content.encode()
            package.writestr(member, content)
    return out.getvalue()


def frames(raw):
    """The frames of a picture as RGB, small enough to compare."""
    with Image.open(io.BytesIO(raw)) as opened:
        return [one.convert("RGB") for one in ImageSequence.Iterator(opened)]


def spilled(raw, depth=0):
    """All that a file holds, packed and unpacked, as one byte string."""
    parts = [raw]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts.append(package.comment)
            for member in package.infolist():
                parts += [member.filename.encode(), member.comment, member.extra]
                parts.append(repr(member.date_time).encode())
                parts.append(spilled(package.read(member), depth + 1))
    elif raw[:5] == b"%PDF-":
        parts += _spilled_pdf(raw)
    elif raw[:8] == b"\x89PNG\r\n\x1a\n":
        parts += _spilled_png(raw)
    return b"\n".join(parts)


def _spilled_pdf(raw):
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as document:
        yield repr(document.trailer).encode()
        for one in document.objects:
            yield repr(one).encode()
            if isinstance(one, pikepdf.String):
                yield bytes(one)
            if isinstance(one, pikepdf.Stream):
                yield one.read_raw_bytes()
                try:
                    yield one.read_bytes()
                except pikepdf.PdfError:
                    continue


def _spilled_png(raw):
    at = 8
    while at + 8 <= len(raw):
        size = struct.unpack(">I", raw[at : at + 4])[0]
        content = raw[at + 8 : at + 8 + size]
        yield raw[at + 4 : at + 8] + content
        for start in range(min(len(content), 120)):
            if content[start : start + 1] == b"x":
                try:
                    yield zlib.decompress(content[start:])
                except zlib.error:
                    continue
        at += 12 + size


def leaks(raw):
    """The canaries that a file still holds, in any of the encodings of programs."""
    content = spilled(raw)
    return [
        (canary, encoding)
        for canary in CANARIES
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if canary.encode(encoding) in content
    ]


def bomb(side=8000):
    """A picture of a quarter of a megabyte that unpacks to a quarter of a gigabyte."""
    out = io.BytesIO()
    Image.new("RGBA", (side, side)).save(out, "PNG")
    return out.getvalue()
