import os
import sys
import tempfile
import textwrap
import threading
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ... import apart as children
from ... import cleaner
from ...cleaner import apart, limits
from .. import file_fixtures as files
from .. import office_fixtures as office
from .. import recording_fixtures as recordings

MEGABYTE = 1024 * 1024
# A picture as a phone makes it, in little.
PHOTO = files.jpeg()
OFFICE = office.docx()


def peak():
    """The most memory that this process ever had, in megabytes."""
    with open("/proc/self/status") as status:
        line = next(one for one in status if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


@tagged("post_install", "-at_install")
class TestApart(BaseCase):
    """Files of strangers are examined in a process that may die of them."""

    def _reasons(self, *contents):
        named = [(f"{number}.png", raw) for number, raw in enumerate(contents)]
        return [one.reason for one in apart.examine_all(named)]

    def test_the_same_comes_out_as_without(self):
        named = [("a.jpg", PHOTO), ("b.txt", b"hello"), ("c.bin", b"\0\1\2")]
        self.assertEqual(
            apart.examine_all(named), [cleaner.examine(*one) for one in named]
        )
        self.assertEqual(apart.examine_all([]), [])

    def test_recordings_and_photos_of_phones_fit_into_its_limits(self):
        named = [("a.heic", files.heic()), ("b.avif", files.avif())]
        named += [(kind, make()) for kind, make in recordings.RECORDINGS.items()]
        examined = apart.examine_all(named)
        self.assertEqual([one.reason for one in examined], [None] * len(named))

    def test_names_of_any_signs_and_empty_files_are_taken(self):
        named = [("ø\u202e\udcff\n{}.txt", b"hello\n"), ("", b"\n\n"), ("x", b"")]
        self.assertEqual(len(apart.examine_all(named)), 3)

    def test_bombs_cost_this_process_nothing_and_the_other_no_more_than_allowed(self):
        raw = files.bomb()
        self.assertLess(len(raw), 300 * 1024)
        before = peak()
        with patch.object(limits, "MEMORY", 400 * MEGABYTE):
            reasons = self._reasons(raw, raw, raw, PHOTO)
        self.assertEqual(reasons, ["too_large"] * 3 + [None])
        self.assertLess(peak() - before, 100)

    def test_memory_and_time_of_the_process_are_limited(self):
        with self._job("bytes(header['memory'])", "target.write(b'all')"):
            self.assertEqual(self._run(), (b"", "unreadable"))
        with self._job("while True: pass"):
            self.assertEqual(self._run(seconds=0), (b"", "too_slow"))

    def _run(self, seconds=9):
        return children.run("cleaner", {}, b"", seconds, limits.MEMORY)

    def test_each_job_has_a_process_of_its_own(self):
        with self._job("target.write(str(os.getpid()).encode())"):
            pids = {self._run()[0] for _one in range(3)}
        self.assertEqual(len(pids), 3)

    def test_process_has_nothing_of_the_others_open(self):
        lines = ("target.write(str(len(os.listdir('/proc/self/fd'))).encode())",)
        with self._job(*lines):
            before = self._run()
            self.assertEqual(self._run(), before)
        # Standard streams, one to answer on, its life, and the folder that is read.
        self.assertLessEqual(int(before[0]), 6)

    def test_template_that_ended_is_started_anew(self):
        self._reasons(PHOTO)
        for end in ("kill", "terminate"):
            template = children._templates["cleaner"]
            getattr(template.process, end)()
            self.assertEqual(self._reasons(PHOTO), [None])
            self.assertIsNot(children._templates["cleaner"], template)
            # One that is not yet known to have ended.
            children._templates["cleaner"].process.kill()
            with patch.object(children.Template, "may_serve", return_value=True):
                self.assertEqual(self._reasons(PHOTO), [None])

    def test_template_with_nothing_to_do_ends_by_itself(self):
        with (
            patch.object(children, "FOLDER", self._folder_where("IDLE", "0.01")),
            patch.dict(children._templates, clear=True),
        ):
            self.assertEqual(self._reasons(PHOTO), [None])
            template = children._templates["cleaner"]
            self.assertEqual(template.process.wait(60), 0)
            template.stop()

    def _folder_where(self, name, value):
        """The program with another constant."""
        source = (children.FOLDER / "__main__.py").read_text()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "apart"
        folder.mkdir()
        (folder / "__main__.py").write_text(
            source.replace(f"\n{name} =", f"\n{name} = {value}  #")
        )
        folder.parent.joinpath("cleaner").symlink_to(children.FOLDER.parent / "cleaner")
        return folder

    def test_process_ends_with_the_one_that_waits_for_it(self):
        with self._job("target.write(b'.'); target.flush(); time.sleep(60)"):
            talk, leash = children._template("odd_job").fork()
            with talk:
                talk.send(b'{"seconds": 60, "memory": 999999999}\n')
                self.assertEqual(talk.recv(1), b".")
                leash.close()
                talk.settimeout(30)
                self.assertEqual(talk.recv(1), b"")

    def test_pixels_are_counted_over_all_files(self):
        picture = files.bomb(100)
        with patch.object(limits, "MAX_ALL_PIXELS", 25_000):
            budget = cleaner.Budget()
            reasons = [cleaner.examine("", picture, budget).reason for _one in range(3)]
        self.assertEqual(reasons, [None, None, "too_large"])

    def test_what_is_unpacked_and_made_is_counted_over_all_files(self):
        for name, left in (
            ("MAX_ALL_UNPACKED", "all_unpacked"),
            ("MAX_ALL_CLEAN", "all_clean"),
        ):
            budget = cleaner.Budget()
            before = getattr(budget, left)
            cleaner.examine("", OFFICE, budget)
            each = before - getattr(budget, left)
            with patch.object(limits, name, 2 * each + 1):
                budget = cleaner.Budget()
                made = [cleaner.examine("", OFFICE, budget) for _one in range(3)]
            reasons = [one.reason for one in made]
            self.assertEqual(reasons, [None, None, "too_large"], name)

    def test_time_is_that_of_all_files(self):
        with patch.object(limits, "SECONDS", 0.01):
            self.assertEqual(self._reasons(files.bomb(), PHOTO), ["too_slow"] * 2)

    def test_process_that_hangs_is_ended(self):
        with (
            self._job("time.sleep(60)"),
            patch.object(limits, "SECONDS", 0.1),
            patch.object(children, "GRACE", 0.1),
        ):
            self.assertEqual(self._reasons(PHOTO, PHOTO), ["too_slow"] * 2)

    def test_process_that_dies_takes_one_file_with_it(self):
        for number, reason in ((9, "too_large"), (24, "too_slow"), (11, "unreadable")):
            with self._job(f"os.kill(os.getpid(), {number})"):
                self.assertEqual(self._reasons(PHOTO, PHOTO), [reason] * 2)

    def test_half_an_answer_is_none(self):
        with self._job("target.write(b'[\"png\", null, 100]\\nabc')"):
            self.assertEqual(self._reasons(PHOTO), ["unreadable"])

    def test_process_that_cannot_start_is_said(self):
        children.forget()
        with patch.object(children.sys, "executable", "/nowhere/python"):
            self.assertEqual(self._reasons(PHOTO), ["too_slow"])

    def test_process_gets_nothing_of_the_server(self):
        children.forget()
        with (
            patch.dict(os.environ, {"KLAGEBEHANDLING_IDENTITY_KEYS": "canary"}),
            patch.object(children.subprocess, "Popen", side_effect=OSError) as started,
        ):
            self._reasons(PHOTO)
        self.assertNotIn("canary", str(started.call_args))
        self.assertEqual(set(started.call_args.kwargs["env"]), {"LANG"})

    def test_several_threads_may_do_it_at_once(self):
        done = []
        threads = [
            threading.Thread(target=lambda: done.extend(self._reasons(PHOTO)))
            for _one in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(done, [None] * 4)

    @contextmanager
    def _job(self, *lines):
        """Another job in the place of the cleaner."""
        run, body = children.run, textwrap.indent("\n".join(lines), "    ")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "odd_job.py").write_text(
                f"import os, time\n\ndef answer(header, source, target):\n{body}\n"
            )
            with (
                patch.object(sys, "path", [*sys.path, folder]),
                patch.object(
                    children, "run", lambda _job, *rest: run("odd_job", *rest)
                ),
            ):
                yield
        children._forget("odd_job", children._templates["odd_job"])
