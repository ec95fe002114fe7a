"""What the repository checks share."""

import functools
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT_HERE = {".git", ".runtime", "node_modules", "__pycache__", ".ruff_cache"}


@functools.cache
def repository_files():
    """Return the files that are, or would be, under version control."""
    return sorted(path for path in _known_to_git() or _found() if path.is_file())


def _known_to_git():
    """Return what git knows, or nothing in an unpacked archive or without git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.check_output(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [ROOT / name for name in listed.decode().split("\0") if name]


def _found():
    for place, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in BUILT_HERE]
        yield from (Path(place) / name for name in names)


def addon_folders():
    """Return every addon of the checkout."""
    patterns = (
        "*/__manifest__.py",
        "data/*/__manifest__.py",
        "tests/*/__manifest__.py",
    )
    return sorted(path.parent for pattern in patterns for path in ROOT.glob(pattern))


@pytest.fixture(scope="session")
def root():
    """Return the folder of the checkout."""
    return ROOT
