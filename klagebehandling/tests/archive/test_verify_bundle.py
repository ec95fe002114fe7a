import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO

from odoo.tests import BaseCase, tagged

from ...archiving import verify_bundle

MEMBERS = {
    "index.json": b"{}",
    "documents/letter-1.html": "<p>Blåbær</p>".encode(),
    "files/0001.bin": bytes(range(256)),
    "journal.json": b"[]",
}


@tagged("post_install", "-at_install")
class TestVerifyBundle(BaseCase):
    """A bundle is checked by one file that needs nothing but Python (M38)."""

    def setUp(self):
        super().setUp()
        self.members = dict(MEMBERS)
        self.members[verify_bundle.MANIFEST] = verify_bundle.manifest(self.members)
        self.raw = verify_bundle.pack(self.members)

    def _check(self, raw, **options):
        return list(verify_bundle.check_bytes(raw, **options))

    def test_any_program_unpacks_it(self):
        packed = zipfile.ZipFile(BytesIO(self.raw))
        self.assertIsNone(packed.testzip())
        self.assertEqual(packed.namelist(), [*self.members])

    def test_the_same_members_are_the_same_bytes(self):
        self.assertEqual(verify_bundle.pack(self.members), self.raw)
        self.assertEqual(verify_bundle.unpack(self.raw), self.members)

    def test_every_flipped_bit_is_found(self):
        self.assertFalse(self._check(self.raw))
        dice = random.Random(38)
        for place in range(len(self.raw)):
            flipped = bytearray(self.raw)
            flipped[place] ^= 1 << dice.randrange(8)
            self.assertTrue(self._check(bytes(flipped)), place)

    def test_the_file_of_the_flipped_byte_is_named(self):
        for path, content in MEMBERS.items():
            flipped = bytearray(self.raw)
            flipped[self.raw.index(content)] ^= 1
            with self.subTest(path=path):
                self.assertIn(f"changed: {path}", self._check(bytes(flipped)))

    def test_what_is_missing_added_or_cut_off_is_said(self):
        fewer = {key: raw for key, raw in self.members.items() if key != "index.json"}
        self.assertEqual(
            self._check(verify_bundle.pack(fewer)), ["missing: index.json"]
        )
        more = {**self.members, "files/new.txt": b"x"}
        self.assertEqual(
            self._check(verify_bundle.pack(more)), ["added: files/new.txt"]
        )
        for raw in (b"", self.raw[:50], self.raw[:-1], self.raw + b"x"):
            self.assertTrue(self._check(raw))

    def test_a_whole_forgery_is_found_by_the_digest_in_the_journal(self):
        forged = {**MEMBERS, "index.json": b"[]"}
        forged[verify_bundle.MANIFEST] = verify_bundle.manifest(forged)
        raw = verify_bundle.pack(forged)
        self.assertFalse(self._check(raw))
        digest = verify_bundle.hashlib.sha256(self.raw).hexdigest()
        self.assertTrue(self._check(raw, digest=digest))
        self.assertFalse(self._check(self.raw, digest=digest.upper()))

    def test_a_journal_out_of_order_is_said(self):
        first = {"sequence": 1, "previous_digest": "0" * 64, "digest": "a"}
        second = {"sequence": 2, "previous_digest": "a", "digest": "b"}
        for entries, is_whole in (
            ([first, second], True),
            ([second], False),
            ([first, {**second, "previous_digest": "x"}], False),
            ([{}], False),
            (7, False),
        ):
            raw = verify_bundle.json.dumps(entries).encode()
            with self.subTest(entries=entries):
                self.assertEqual(not [*verify_bundle.check_journal(raw)], is_whole)

    def test_it_runs_alone(self):
        """No package, no path of ours, no environment."""
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            checker = place / "verify_bundle.py"
            checker.write_bytes(pathlib.Path(verify_bundle.__file__).read_bytes())
            (place / "whole.zip").write_bytes(self.raw)
            (place / "cut.zip").write_bytes(self.raw[:-9])
            zipfile.ZipFile(BytesIO(self.raw)).extractall(place / "unpacked")
            for name, code in (("whole.zip", 0), ("unpacked", 0), ("cut.zip", 1)):
                run = subprocess.run(
                    [sys.executable, "-I", checker, place / name],
                    capture_output=True,
                    check=False,
                    env={},
                )
                with self.subTest(name=name):
                    self.assertEqual(run.returncode, code, run.stdout + run.stderr)
            (place / "unpacked" / "index.json").write_bytes(b"{ }")
            run = subprocess.run(
                [sys.executable, "-I", checker, place / "unpacked"],
                capture_output=True,
                check=False,
                env={},
            )
            self.assertIn(b"changed: index.json", run.stdout)
