"""The cleaner over files that are made here, and over those that libraries bring.

The long form asks exiftool too, which knows more places than we do.
"""

import json
import os
import random
import re
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import cleaner
import pytest

from .planted import MAKERS, START, files, office, planted, recordings

IS_LONG = bool(os.environ.get("KLAGE_PROVE"))
HOW_MANY = 3000 if IS_LONG else 400
SEED = 20261126
ROOT = Path(__file__).parents[2]
SUFFIXES = (
    *("docx", "xlsx", "pptx", "odt", "ods", "odp", "pdf", "jpg", "jpeg", "png", "gif"),
    *("webp", "tif", "tiff", "bmp", "heic", "avif", "mp3", "mp4", "wav", "ogg", "webm"),
)
MOST_BROUGHT = 2000 if IS_LONG else 150
# Why files of libraries are refused: they are made to be.
REASONS = {
    "archive",
    "encrypted",
    "macros",
    "markup",
    "signed",
    "too_large",
    "embedded",
}
# What is left says how something is drawn or packed; nobody's tool, place or time.
TOLD = re.compile(
    r"(?i)gps|author|artist|creator|producer|software|serial|owner|copyright(?!flag)|lens"
    r"|comment|xmp|iptc|icc|thumbnail|company|lastmod|history|application|encoder$"
)


def told(raw):
    """Where the marks of the corpus still stand, packed or not."""
    content = files.spilled(raw)
    return [
        encoding
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if re.search(re.escape(START.encode(encoding)), content, re.IGNORECASE)
    ]


def corpus():
    dice = random.Random(SEED)
    for _number in range(HOW_MANY):
        yield planted(dice)


def test_no_planted_mark_is_left():
    left, refused, planted_in = [], Counter(), Counter()
    for kind, place, raw in corpus():
        examined = cleaner.examine("file", raw)
        planted_in[kind] += 1
        if examined.reason:
            refused[kind, examined.reason] += 1
        elif told(examined.content) or files.leaks(examined.content):
            left.append((kind, place))
    assert set(planted_in) == set(MAKERS)
    assert not left
    # A mark may damage a file; most are cleaned.
    assert sum(refused.values()) < HOW_MANY / 10, refused


def test_the_corpus_holds_marks():
    dice = random.Random(SEED)
    found = [bool(told(planted(dice)[2])) for _number in range(100)]
    assert sum(found) > 85


def brought():
    """Files that come with Odoo, its libraries and Python: some of each kind."""
    folders = [Path(os.__file__).parent, *(ROOT / ".runtime").glob("odoo/usr/lib")]
    folders += (ROOT / ".runtime/venv/lib").glob("*/site-packages")
    found = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix[1:].lower() in SUFFIXES and path.is_file()
    )
    dice = random.Random(SEED)
    return found if len(found) <= MOST_BROUGHT else dice.sample(found, MOST_BROUGHT)


def test_files_of_libraries_are_cleaned_or_refused_for_a_reason():
    paths, wrong, slowest = brought(), [], (0, None)
    if not paths:
        pytest.skip("no library here brings files")
    for path in paths:
        start = time.monotonic()
        examined = cleaner.examine(path.name, path.read_bytes())
        slowest = max(slowest, (time.monotonic() - start, path.name))
        if examined.reason and examined.reason not in REASONS:
            wrong.append((path.name, examined.reason))
    # Broken on purpose, or no file of their kind at all.
    assert len(wrong) <= len(paths) / 50, wrong
    assert slowest[0] < 30, slowest


def _exiftool():
    program = shutil.which("exiftool")
    if not IS_LONG:
        pytest.skip("asked in the long form only (make prove)")
    if not program:
        pytest.skip("EXIFTOOL IS NOT TO BE HAD: nobody else looked for the marks")
    return program


def test_exiftool_finds_nothing_either(tmp_path):
    program = _exiftool()
    makers = {**files.PIXELS, **office.DOCUMENTS, **recordings.RECORDINGS}
    whole = [(kind, "all places", make()) for kind, make in makers.items()]
    for number, (kind, _place, raw) in enumerate([*whole, *corpus()]):
        examined = cleaner.examine("file", raw)
        if examined.content:
            suffix = cleaner.FORMATS[kind][0]
            (tmp_path / f"{number}.{suffix}").write_bytes(examined.content)
    command = [program, "-j", "-a", "-G1", "-u", "-ee3", "-r", "--System:all", tmp_path]
    answer = subprocess.run(command, capture_output=True, check=False).stdout
    assert START.lower().encode() not in answer.lower()
    for canary in files.CANARIES:
        assert canary.encode() not in answer, canary
    rows = json.loads(answer.decode("utf-8", errors="replace"))
    assert len(rows) > HOW_MANY * 0.8
    found = {
        name for row in rows for name in row if TOLD.search(name.partition(":")[2])
    }
    assert not found
