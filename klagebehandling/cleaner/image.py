"""Pictures: unpacked to pixels and packed again, so that nothing else comes along."""

import contextlib
import importlib.util
import io

from PIL import Image, ImageFile, ImageOps, features

# Odoo keeps Pillow from finding these by itself.
from PIL import (  # isort: skip
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from . import jpeg
from .detect import kind_of
from .limits import CannotBeCleaned

OPENERS = {
    "jpeg": (JpegImagePlugin.JpegImageFile.format, MpoImagePlugin.MpoImageFile.format),
    "png": (PngImagePlugin.PngImageFile.format,),
    "gif": (GifImagePlugin.GifImageFile.format,),
    "webp": (WebPImagePlugin.WebPImageFile.format,),
    "tiff": (TiffImagePlugin.TiffImageFile.format,),
    "bmp": (BmpImagePlugin.BmpImageFile.format,),
}
FORMATS = tuple(OPENERS)
MODES = {
    "jpeg": ("L", "RGB"),
    "png": ("1", "L", "LA", "RGB", "RGBA", "I;16"),
    "gif": ("RGBA",),
    "webp": ("RGB", "RGBA"),
    "tiff": ("1", "L", "RGB", "RGBA", "I;16"),
    "bmp": ("1", "L", "RGB"),
}
SAVING = {
    "jpeg": {"format": "JPEG", "quality": 90},
    "png": {"format": "PNG", "compress_level": 3},
    "gif": {"format": "GIF"},
    "webp": {"format": "WEBP", "quality": 90, "method": 1},
    "tiff": {"format": "TIFF", "compression": "tiff_deflate"},
    "bmp": {"format": "BMP"},
}
# Photos that few programs read become JPEG. Who reads them is asked for, not needed.
CONVERTED = ("heic", "avif")
HAS_HEIC = importlib.util.find_spec("pillow_heif") is not None
HAS_AVIF = bool(importlib.util.find_spec("PIL.AvifImagePlugin")) and features.check(
    "avif"
)
# Several pictures in one file: an animation, or the pages of a scan.
MANY = ("png", "gif", "webp", "tiff")
# Marks of a raw file of a camera: what Pillow sees there is a thumbnail.
RAW_TAGS = (330, 50706)
ANIMATION = ("duration", "disposal", "loop")


def clean(raw, budget, is_embedded=False):
    """The picture from its pixels.

    :param is_embedded: within a document, where nobody heeds its orientation tag
    """
    kind = kind_of("", raw)
    if is_embedded and kind == "jpeg":
        return jpeg.strip(raw)
    try:
        return _unpack(raw, kind, budget, is_embedded)
    except OSError:
        # Cut short on the way: what there is can be seen, so it is kept.
        with _lenient():
            return _unpack(raw, kind, budget, is_embedded)


@contextlib.contextmanager
def _lenient():
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _unpack(raw, kind, budget, is_embedded):
    with Image.open(io.BytesIO(raw), formats=OPENERS[kind]) as picture:
        frames = getattr(picture, "n_frames", 1) if kind in MANY else 1
        budget.take_pixels(picture.size, frames)
        if kind == "tiff" and any(tag in picture.tag_v2 for tag in RAW_TAGS):
            raise CannotBeCleaned("unknown")
        return _save(picture, kind, frames, budget, is_embedded)


def convert(raw, budget):
    """The first picture of a HEIC or AVIF file, as JPEG.

    :raises CannotBeCleaned: with ``heic`` where nothing is installed that reads it
    """
    kind = kind_of("", raw)
    if not (HAS_AVIF if kind == "avif" else HAS_HEIC):
        raise CannotBeCleaned("heic")
    with _open_photo(raw, kind) as picture:
        budget.take_pixels(picture.size)
        picture.load()
        fresh = _turned(picture).convert("RGB")
    fresh.info = {}
    out = io.BytesIO()
    fresh.save(out, **SAVING["jpeg"])
    return out.getvalue()


def _open_photo(raw, kind):
    if kind == "avif":
        from PIL.AvifImagePlugin import AvifImageFile

        return AvifImageFile(io.BytesIO(raw))
    from pillow_heif import options
    from pillow_heif.as_plugin import HeifImageFile

    # One picture only: neither thumbnails nor maps of its depth.
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    options.DECODE_THREADS = 1
    return HeifImageFile(io.BytesIO(raw))


def _save(picture, kind, frames, budget, is_embedded):
    fresh, timing = [], {name: [] for name in ANIMATION}
    for number in range(frames):
        budget.check_time()
        picture.seek(number)
        # A scan may change its size from page to page.
        if number and picture.size != fresh[0].size:
            budget.take_pixels(picture.size)
        picture.load()
        for name, values in timing.items():
            values.append(picture.info.get(name))
        fresh.append(_pixels(picture, kind, is_embedded))
    options = dict(SAVING[kind])
    if frames > 1:
        options |= {"save_all": True, "append_images": fresh[1:]}
        options |= _animation(kind, timing)
    out = io.BytesIO()
    fresh[0].save(out, **options)
    return out.getvalue()


def _pixels(picture, kind, is_embedded):
    """A new picture with the same pixels, turned the way it is meant to be seen."""
    fresh = picture.copy() if is_embedded else _turned(picture)
    if fresh.mode not in MODES[kind]:
        fresh = fresh.convert(_mode(fresh, kind))
    # What Pillow knows beside the pixels would be written again.
    fresh.info = {}
    return fresh


def _turned(picture):
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        # Its EXIF is broken, in whatever way: then it says nothing of turning.
        return picture.copy()


def _mode(picture, kind):
    if picture.mode.startswith("I;16"):
        return "I;16" if "I;16" in MODES[kind] else "L"
    has_alpha = picture.has_transparency_data
    if kind == "gif" or (has_alpha and "RGBA" in MODES[kind]):
        return "RGBA"
    return "RGB"


def _animation(kind, timing):
    """How fast it plays: part of what is seen."""
    if kind == "tiff":
        return {}
    durations = [int(value or 0) for value in timing["duration"]]
    options = {"duration": durations, "loop": int(timing["loop"][0] or 0)}
    if kind == "gif":
        options["disposal"] = 2
    return options
