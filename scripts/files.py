"""Stamps, fingerprints, locks and replacements that survive a kill at any moment."""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

from console import Failure, say

STAMP = ".stamp"
NO_FINGERPRINT = {"__pycache__", "tests", "static", "readme"}


def digest(*parts):
    """Return one short hash over texts and over the contents of files."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()[:16]


def addon_fingerprint(addon):
    """Hash the files of an addon that decide what its database holds."""
    parts = []
    for path in sorted(addon.rglob("*")):
        inside = path.relative_to(addon)
        if path.is_file() and not NO_FINGERPRINT.intersection(inside.parts):
            parts += [str(inside), path]
    return digest(*parts)


def is_stamped(folder, key):
    """Tell whether a folder was finished for exactly this key."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text() == key


def stamp(folder, key):
    """Mark a folder as finished; always the last act of building it."""
    write_atomically(folder / STAMP, key)


def write_atomically(path, text, mode=0o644):
    """Write a file so that readers see the old or the new content, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.touch(mode=mode)
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def replace_folder(finished, target):
    """Put a finished folder in the place of an older one."""
    old = target.with_name(f"{target.name}.old")
    remove(old)
    if target.exists():
        target.rename(old)
    finished.rename(target)
    remove(old)


def fresh_folder(path):
    """Return an empty folder, whatever was there before."""
    remove(path)
    path.mkdir(parents=True)
    return path


def remove(path):
    """Remove a file or folder if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def locked(path, what):
    """Let only one make command at a time do what the block does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  Waiting for another make command in this folder ({what}) ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            raise Failure(
                f"{path} cannot be locked: {error}",
                "put the checkout on a local disk that supports file locks",
            ) from error
        yield


@contextmanager
def in_use(path, when_unused):
    """Mark a shared thing as used; the last user to leave calls `when_unused`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                when_unused()
