"""Sound and film with canaries in the places where programs leave traces."""

import functools
import io
import struct

from .file_fixtures import MARK, NAME, PLACE, jpeg, picture, xmp

RATE, SIZE = 48000, (64, 48)
# Kind: what writes it, how the sound is coded, how the pictures are coded.
WRITERS = {
    "mp3": ("mp3", "libmp3lame", None),
    "wav": ("wav", "pcm_s16le", None),
    "flac": ("flac", "flac", None),
    "ogg": ("ogg", "libopus", None),
    "m4a": ("ipod", "aac", None),
    "mp4": ("mp4", "aac", "libx264"),
    "mov": ("mov", "pcm_s16le", "mjpeg"),
    "webm": ("webm", "libopus", "libvpx"),
    "mkv": ("matroska", "vorbis", "libx264"),
}
BOXES = ("ipod", "mp4", "mov")


def tags(name):
    """Who, where, when and with what, as programs write it."""
    return {
        "title": name,
        "artist": name,
        "comment": f"{name} {MARK}",
        "date": "2019-03-04",
        "location": "+59.9000+010.7000/",
        "com.apple.quicktime.location.name": PLACE,
        "creation_time": "2019-03-04T05:06:07",
        "encoder": f"{name} 1.0",
    }


def recording(kind, codings=None, name=NAME):
    """A second of sound, with pictures where the kind has them."""
    writer, sound, film = WRITERS[kind]
    return _plant(kind, _write(writer, *(codings or (sound, film)), name))


def _write(writer, sound, film, name):
    import av

    out = io.BytesIO()
    options = {"movflags": "use_metadata_tags"} if writer in BOXES else {}
    with av.open(out, "w", format=writer, options=options) as target:
        target.metadata.update(tags(name))
        layout = "stereo" if sound == "vorbis" else "mono"
        free = {"strict": "-2"} if sound == "vorbis" else {}
        sounds = target.add_stream(sound, rate=RATE, layout=layout, options=free)
        tracks = [(sounds, _sound)]
        if film:
            stream = target.add_stream(film, rate=10)
            stream.width, stream.height = SIZE
            stream.pix_fmt = "yuvj420p" if film == "mjpeg" else "yuv420p"
            tracks.append((stream, _film))
        for stream, _make in tracks:
            stream.metadata.update({"title": name, "handler_name": name})
        for stream, make in tracks:
            packets = [
                packet
                for frame in [*make(stream), None]
                for packet in stream.encode(frame)
            ]
            for packet in packets:
                target.mux(_with_message(packet, stream.codec_context.name))
    return out.getvalue()


def _sound(stream):
    import av

    fifo = av.AudioFifo()
    channels = stream.codec_context.layout.nb_channels
    wave = b"".join(struct.pack("<h", 9000 * (n % 100 < 50)) for n in range(RATE))
    frame = av.AudioFrame("s16", stream.codec_context.layout, RATE)
    frame.planes[0].update(
        b"".join(wave[n : n + 2] * channels for n in range(0, len(wave), 2))
    )
    frame.sample_rate, frame.pts = RATE, 0
    resampler = av.AudioResampler(
        stream.codec_context.format, stream.codec_context.layout, RATE
    )
    for ready in resampler.resample(frame):
        fifo.write(ready)
    return fifo.read_many(stream.codec_context.frame_size or 1024, partial=True)


def _film(stream):
    import av

    for number in range(10):
        image = picture(SIZE).rotate(36 * number)
        yield av.VideoFrame.from_image(image).reformat(format=stream.pix_fmt)


def _with_message(packet, coder):
    """What cameras write between the pictures: a message of their own."""
    import av

    text = f"{NAME} {MARK}".encode()
    if coder == "libx264":
        text = bytes(range(1, 17)) + text
        told = b"\0\0\0\1\6\5" + bytes([len(text)]) + text + b"\x80" + bytes(packet)
    elif coder == "mjpeg":
        remark = b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text
        told = bytes(packet)[:2] + remark + bytes(packet)[2:]
    else:
        return packet
    told = av.Packet(told)
    told.pts, told.dts, told.time_base = packet.pts, packet.dts, packet.time_base
    told.stream, told.is_keyframe = packet.stream, packet.is_keyframe
    return told


def _plant(kind, raw):
    """Add what the writer cannot: tags of other programs, remarks, pictures."""
    return {
        "mp3": _plant_mp3,
        "wav": _plant_wav,
        "flac": _plant_flac,
        "m4a": _plant_boxes,
        "mp4": _plant_boxes,
        "mov": _plant_boxes,
    }.get(kind, bytes)(raw)


def _frame(name, content):
    return name + struct.pack(">IH", len(content), 0) + content


def _plant_mp3(raw):
    frames = _frame(b"TPE1", b"\0" + NAME.encode())
    frames += _frame(b"PRIV", b"x\0" + NAME.encode())
    frames += _frame(b"APIC", b"\0image/jpeg\0\x03\0" + jpeg())
    frames += _frame(b"GEOB", b"\0text/plain\0a\0b\0" + NAME.encode())
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    item = struct.pack("<II", len(NAME), 0) + b"Artist\0" + NAME.encode()
    head = struct.pack("<IIII8x", 2000, len(item) + 32, 1, 0)
    ape = b"APETAGEX" + head + item
    first = (b"TAG" + NAME.encode()).ljust(128, b"\0")
    return b"ID3\x03\0\0" + size + frames + raw + ape + first


def _plant_wav(raw):
    chunks = b""
    broadcast = NAME.encode().ljust(256, b"\0") + PLACE.encode().ljust(346, b"\0")
    for name, content in (
        (b"bext", broadcast),
        (b"iXML", f"<BWFXML><NOTE>{NAME}</NOTE></BWFXML>".encode()),
        (b"_PMX", xmp()),
        (b"id3 ", b"ID3\x03\0\0\0\0\0\x7f" + NAME.encode()),
        (b"LIST", b"INFOIART" + struct.pack("<I", len(NAME)) + NAME.encode()),
    ):
        content += b"\0" * (len(content) % 2)
        chunks += name + struct.pack("<I", len(content)) + content
    return raw[:4] + struct.pack("<I", len(raw) - 8 + len(chunks)) + raw[8:] + chunks


def _plant_flac(raw):
    first = 4 + 4 + 34
    blocks = b""
    for kind, content in (
        (2, b"kari" + NAME.encode()),
        (1, NAME.encode()),
        (6, struct.pack(">II", 3, 10) + b"image/jpeg" + bytes(24) + jpeg()),
    ):
        blocks += bytes([kind]) + len(content).to_bytes(3, "big") + content
    return raw[:first] + blocks + raw[first:]


def _plant_boxes(raw):
    """What phones write: the place, ids of programs, and leavings in free room."""
    place = b"+59.9000+010.7000/" + NAME.encode()
    place = struct.pack(">HH", len(place), 0x15C7) + place
    boxes = _box(b"udta", _box(b"\xa9xyz", place))
    boxes += _box(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94" + xmp())
    return raw + boxes + _box(b"free", f"{NAME} {MARK}".encode())


def _box(name, content):
    return struct.pack(">I", len(content) + 8) + name + content


def _matrix_at(raw):
    track = raw.rfind(b"tkhd")
    return track + 8 + (32 if raw[track + 4] == 1 else 20) + 16


def matrix(raw):
    """How the pictures of the last track are turned."""
    return raw[_matrix_at(raw) : _matrix_at(raw) + 36]


def turned(raw):
    """The film as a phone writes it that is held upright."""
    upright = struct.pack(
        ">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, SIZE[1] << 16, 0, 1 << 30
    )
    return raw[: _matrix_at(raw)] + upright + raw[_matrix_at(raw) + 36 :]


def decoded(raw):
    """The frames of sound and film, to compare."""
    import av

    with av.open(io.BytesIO(raw)) as source:
        streams = [
            stream
            for stream in source.streams
            if stream.type in ("audio", "video") and not stream.disposition & 0x400
        ]
        frames = [
            bytes(plane) for frame in source.decode(streams) for plane in frame.planes
        ]
        return [stream.type for stream in streams], sorted(frames)


RECORDINGS = {kind: functools.partial(recording, kind) for kind in WRITERS}
