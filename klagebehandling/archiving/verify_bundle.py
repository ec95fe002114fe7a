#!/usr/bin/env python3
"""Check an archive bundle of a case: nothing but Python is needed.

    python3 verify_bundle.py BUNDLE.zip [--digest SHA-256]
    python3 verify_bundle.py FOLDER

It names each file that was changed, is missing or was added, and each entry of the
journal that is out of its order. A bundle that was not unpacked is held against its
own bytes too: no bit of it can change unseen. The digest of the whole bundle stands in
the journal of the system that made it; compare it, or give it, to know that the bundle
is the one that was made there. It ends with 0 where all is well, else with 1.

This file lies in each bundle. Take it from the repository, where you trust no copy.
"""

import argparse
import hashlib
import json
import os
import re
import struct
import sys
import zlib

MANIFEST = "manifest.sha256"
JOURNAL = "journal.json"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
START = "0" * 64
# Midnight of the first day that the format knows, so that bytes are the same each time.
MOMENT = (0, 33)
LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
HEAD = struct.Struct("<4s5H3L2H")
ENTRY = struct.Struct("<4s6H3L5H2L")
TAIL = struct.Struct("<4s4H2LH")
UTF8 = 0x800
LARGEST = 0xFFFFFFFF


class Damaged(Exception):
    """The bundle cannot be read on from here."""


def pack(members):
    """A zip file, not compressed, that is the same bytes for the same members.

    :param members: dict of bytes by path, in their order
    :raises ValueError: where it would be larger than 4 GB
    """
    parts, directory, offset = [], [], 0
    for path, content in members.items():
        name, check = path.encode(), zlib.crc32(content)
        sizes = (check, len(content), len(content), len(name))
        head = HEAD.pack(LOCAL, 20, UTF8, 0, *MOMENT, *sizes, 0) + name
        entry = (CENTRAL, 20, 20, UTF8, 0, *MOMENT, *sizes, 0, 0, 0, 0, 0)
        directory.append(ENTRY.pack(*entry, offset) + name)
        parts += [head, content]
        offset += len(head) + len(content)
        if offset > LARGEST or len(members) > 0xFFFE:
            raise ValueError("A bundle holds 4 GB at most.")
    listed = b"".join(directory)
    counts = (len(members), len(members), len(listed), offset)
    return b"".join([*parts, listed, TAIL.pack(END, 0, 0, *counts, 0)])


def unpack(raw):
    """The members of a file that :func:`pack` made.

    :raises Damaged: that says after which file it cannot be read
    """
    members, at, last = {}, 0, "its beginning"
    while raw[at : at + 4] == LOCAL and at + HEAD.size <= len(raw):
        fields = HEAD.unpack_from(raw, at)
        size, length = fields[8], fields[9]
        start = at + HEAD.size + length
        try:
            path = raw[at + HEAD.size : start].decode()
        except UnicodeDecodeError as error:
            raise Damaged(f"The bundle is damaged after {last}.") from error
        if start + size > len(raw) or path in members:
            raise Damaged(f"The bundle is damaged after {last}.")
        members[path] = raw[start : start + size]
        at, last = start + size, path
    if raw[at : at + 4] != CENTRAL:
        raise Damaged(f"The bundle is damaged after {last}.")
    return members


def manifest(members):
    """The list of all files with their digests, as text."""
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {path}\n"
        for path, content in members.items()
    ]
    return "".join(lines).encode()


def check(members):
    """Say what is wrong in the files of a bundle, one line for each.

    :param members: dict of bytes by path
    """
    listed = {}
    for line in members.get(MANIFEST, b"").decode("utf-8", "replace").splitlines():
        match = LINE.fullmatch(line)
        if not match:
            yield f"changed: {MANIFEST}: {line[:80]!r} is no line of it"
            continue
        digest, path = match.groups()
        listed[path] = digest
        if path not in members:
            yield f"missing: {path}"
        elif hashlib.sha256(members[path]).hexdigest() != digest:
            yield f"changed: {path}"
    if not listed:
        yield f"missing: {MANIFEST}"
    for path in sorted(members.keys() - listed.keys() - {MANIFEST}):
        yield f"added: {path}"
    yield from check_journal(members.get(JOURNAL, b"[]"))


def check_journal(raw):
    """Say where the chain of the journal does not hold together."""
    try:
        entries = json.loads(raw)
        previous, due = START, 1
        for entry in entries:
            if entry["sequence"] != due or entry["previous_digest"] != previous:
                yield f"journal: entry {entry['sequence']} does not follow"
            previous, due = entry["digest"], entry["sequence"] + 1
    except (ValueError, KeyError, TypeError):
        yield f"changed: {JOURNAL} cannot be read"


def check_bytes(raw, digest=None):
    """Say what is wrong in a bundle that was not unpacked."""
    found = hashlib.sha256(raw).hexdigest()
    if digest and digest.strip().lower() != found:
        yield f"changed: the bundle is {found}, and not {digest}"
    try:
        members = unpack(raw)
    except Damaged as error:
        yield str(error)
        return
    wrong = list(check(members))
    yield from wrong
    again = pack(members)
    if again != raw and not wrong:
        at = next(
            (at for at in range(min(len(again), len(raw))) if again[at] != raw[at]),
            min(len(again), len(raw)),
        )
        yield f"changed: byte {at} of the bundle, between its files"


def read_folder(folder):
    """The files of a bundle that was unpacked."""
    members = {}
    for place, _folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            key = os.path.relpath(path, folder).replace(os.sep, "/")
            with open(path, "rb") as file:
                members[key] = file.read()
    return members


def main(arguments=None):
    """Check what the command line names.

    :return: 0 where all is well, else 1
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bundle", help="the zip file, or the folder it was unpacked to")
    parser.add_argument("--digest", help="of the whole zip file, from the journal")
    given = parser.parse_args(arguments)
    if os.path.isdir(given.bundle):
        members, said = read_folder(given.bundle), ""
        wrong = list(check(members))
    else:
        with open(given.bundle, "rb") as file:
            raw = file.read()
        wrong = list(check_bytes(raw, given.digest))
        said = f"SHA-256 of the bundle: {hashlib.sha256(raw).hexdigest()}\n"
    sys.stdout.write(said + "\n".join(wrong or ["The bundle is whole."]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
