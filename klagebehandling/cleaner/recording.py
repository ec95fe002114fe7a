"""Sound and film: the coded sound and pictures, in a new file without anything else."""

import importlib.util
import io

from . import jpeg
from .limits import CannotBeCleaned

# It is asked for, but not needed: without it sound and film are not cleaned.
HAS_ENGINE = importlib.util.find_spec("av") is not None
# Kind: what reads it, and what writes it.
FORMATS = {
    "mp3": ("mp3", "mp3"),
    "wav": ("wav", "wav"),
    "flac": ("flac", "flac"),
    "ogg": ("ogg", "ogg"),
    "m4a": ("mov", "ipod"),
    "mp4": ("mov", "mp4"),
    "mov": ("mov", "mov"),
    "webm": ("matroska", "webm"),
    "mkv": ("matroska", "matroska"),
}
# How sound and pictures may be coded, and what to take out of each packet: messages of
# programs and cameras beside the picture. Of any other coding it is not known.
SOUNDS = {"aac", "alac", "flac", "mp3", "opus", "vorbis"}
PICTURES = {
    "av1": "filter_units=remove_types=5",
    "h264": "filter_units=remove_types=6|12",
    "hevc": "filter_units=remove_types=38|39|40",
    "mjpeg": None,
    "vp8": None,
    "vp9": None,
}
# No date, and no name of the program that writes it.
OPTIONS = {"fflags": "+bitexact"}
# The three heads of Vorbis: the second one holds its remarks.
REMARKS = b"\x03vorbis" + bytes(8) + b"\x01"


def clean(raw, budget):
    """The recording without its tags, dates, places, pictures and other tracks.

    :raises CannotBeCleaned: with ``recording`` where it is coded in an unknown way or
        nothing is installed that reads it
    """
    from . import kind_of

    if not HAS_ENGINE:
        raise CannotBeCleaned("recording")
    import av

    budget.take_bytes(len(raw))
    reader, writer = FORMATS[kind_of("", raw)]
    out = io.BytesIO()
    av.logging.set_level(None)
    try:
        with (
            av.open(
                io.BytesIO(raw), format=reader, metadata_errors="replace"
            ) as source,
            av.open(out, "w", format=writer, options=OPTIONS) as target,
        ):
            _copy(source, target, budget)
    except (av.FFmpegError, ValueError) as error:
        raise CannotBeCleaned("recording") from error
    return out.getvalue()


def _copy(source, target, budget):
    tracks = {stream: _Track(stream, target) for stream in _streams(source)}
    if not tracks:
        raise CannotBeCleaned("recording")
    for packet in source.demux(list(tracks)):
        budget.check_time()
        for cleaned in tracks[packet.stream].clean(packet):
            target.mux(cleaned)


def _streams(source):
    """Sound and film, without the picture of a cover, places and texts."""
    found = []
    for stream in source.streams:
        if stream.type not in ("audio", "video") or stream.disposition & 0x400:
            continue
        coding = _coding(stream)
        if not (coding in SOUNDS or coding in PICTURES or coding.startswith("pcm_")):
            raise CannotBeCleaned("recording")
        found.append(stream)
    return found


def _coding(stream):
    return stream.codec_context.codec.canonical_name


class _Track:
    """One stream and what becomes of it."""

    def __init__(self, stream, target):
        self.coding = _coding(stream)
        self.stream = target.add_stream_from_template(stream)
        self.stream.metadata.clear()
        self.filter = None
        if self.coding == "vorbis":
            context = self.stream.codec_context
            context.extradata = _without_remarks(context.extradata)
        if PICTURES.get(self.coding):
            from av.bitstream import BitStreamFilterContext

            # It also tells the new stream how the pictures are packed from now on.
            self.filter = BitStreamFilterContext(
                PICTURES[self.coding], stream, self.stream
            )

    def clean(self, packet):
        """The packets to write for one that was read; the last one is empty."""
        if self.filter:
            packets = self.filter.filter(packet if packet.size else None)
        else:
            packets = [packet]
        for cleaned in packets:
            if not cleaned.size:
                continue
            if self.coding == "mjpeg":
                cleaned = _picture(cleaned)
            cleaned.stream = self.stream
            yield cleaned


def _picture(packet):
    from av import Packet

    cleaned = Packet(jpeg.strip(bytes(packet)))
    cleaned.pts, cleaned.dts = packet.pts, packet.dts
    cleaned.duration, cleaned.time_base = packet.duration, packet.time_base
    cleaned.is_keyframe = packet.is_keyframe
    return cleaned


def _without_remarks(heads):
    """The heads of Vorbis as Matroska packs them, the second one emptied."""
    if heads[:1] != b"\x02":
        raise CannotBeCleaned("recording")
    sizes, at = [], 1
    for _number in range(2):
        size = 0
        while heads[at] == 0xFF:
            size, at = size + 0xFF, at + 1
        sizes.append(size + heads[at])
        at += 1
    first, setup = heads[at : at + sizes[0]], heads[at + sum(sizes) :]
    if sizes[0] > 0xFE:
        raise CannotBeCleaned("recording")
    packed = bytes([2, sizes[0], len(REMARKS)])
    return packed + first + REMARKS + setup
