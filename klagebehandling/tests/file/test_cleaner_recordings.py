import io
from unittest.mock import patch

from PIL import Image

from odoo.tests import BaseCase, tagged

from ... import cleaner
from ...cleaner import image, recording
from .. import file_fixtures as files
from .. import recording_fixtures as recordings

PHOTOS = {"heic": files.heic, "avif": files.avif}


@tagged("post_install", "-at_install")
class TestCleanerRecordings(BaseCase):
    """Sound, film and photos of phones lose their traces, and are still the same."""

    def test_no_trace_is_left_in_a_recording(self):
        for kind, make in recordings.RECORDINGS.items():
            with self.subTest(kind=kind):
                raw = make()
                self.assertTrue(files.leaks(raw), "the test can fail")
                examined = cleaner.examine("Kari.exe", raw)
                self.assertEqual((examined.kind, examined.reason), (kind, None))
                self.assertEqual(files.leaks(examined.content), [])

    def test_a_recording_sounds_and_looks_the_same(self):
        for kind, make in recordings.RECORDINGS.items():
            with self.subTest(kind=kind):
                raw = make()
                before = recordings.decoded(raw)
                self.assertTrue(before[1])
                self.assertEqual(recordings.decoded(cleaner.clean("", raw)), before)

    def test_the_same_bytes_come_out_each_time(self):
        for make in recordings.RECORDINGS.values():
            raw = make()
            self.assertEqual(cleaner.clean("a", raw), cleaner.clean("b", raw))

    def test_a_film_stays_turned_the_way_it_is_seen(self):
        raw = recordings.turned(recordings.recording("mp4"))
        turned = recordings.matrix(raw)
        self.assertEqual(recordings.matrix(cleaner.clean("", raw)), turned)

    def test_the_heads_of_vorbis_lose_their_remarks(self):
        first, setup = b"\x01vorbis" + bytes(23), b"\x05vorbis" + bytes(90)
        remarks = b"\x03vorbis" + files.NAME.encode() * 30
        sizes = bytes([2, len(first), 255, len(remarks) - 255])
        heads = recording._without_remarks(sizes + first + remarks + setup)
        self.assertEqual(files.leaks(heads), [])
        self.assertEqual(heads[3 : 3 + len(first)], first)
        self.assertTrue(heads.endswith(recording.REMARKS + setup))

    def test_what_is_coded_in_an_unknown_way_is_refused(self):
        raw = recordings.recording("mkv", codings=("ac3", "mpeg4"))
        self.assertEqual(cleaner.examine("", raw).reason, "recording")
        for raw in (b"ID3\x04" + bytes(50), b"RIFF\x24\0\0\0WAVEfmt ", b"OggS" * 9):
            self.assertEqual(cleaner.examine("", raw).reason, "recording")

    def test_cut_short_it_is_refused_or_clean(self):
        for kind, make in recordings.RECORDINGS.items():
            raw = make()
            for part in (0.3, 0.6, 0.9):
                examined = cleaner.examine("", raw[: int(len(raw) * part)])
                if examined.content is not None:
                    self.assertEqual(files.leaks(examined.content), [], kind)

    def test_photos_of_phones_become_pictures_without_traces(self):
        for kind, make in PHOTOS.items():
            raw = make()
            self.assertTrue(files.leaks(raw), "the test can fail")
            examined = cleaner.examine("", raw)
            self.assertEqual((examined.kind, examined.reason), (kind, None))
            self.assertEqual(files.leaks(examined.content), [])
            with Image.open(io.BytesIO(examined.content)) as turned:
                self.assertEqual((turned.format, turned.size), ("JPEG", (40, 60)))
                self.assertGreater(turned.getpixel((35, 5))[0], 200)

    def test_without_their_engines_they_are_refused_in_words(self):
        for owner, name, reason, makers in (
            (recording, "HAS_ENGINE", "recording", recordings.RECORDINGS),
            (image, "HAS_HEIC", "heic", {"heic": files.heic}),
            (image, "HAS_AVIF", "heic", {"avif": files.avif}),
        ):
            with patch.object(owner, name, False):
                for make in makers.values():
                    self.assertEqual(cleaner.examine("", make()).reason, reason)
