"""Odoo from Debian's package, pinned by version and checksum, unpacked privately."""

import os
from typing import NamedTuple

from console import Failure, say, step
from debian import (
    NETWORK_ADVICE,
    PrivateApt,
    cached_package,
    debian_sources,
    keep_in_cache,
    sha256,
    unpack,
)
from files import digest, fresh_folder, is_stamped, replace_folder, stamp
from settings import ODOO, ODOO_ADDONS, REQUIREMENTS, RUNTIME

LOCK = REQUIREMENTS / "debian.lock"
FILE_LIST = ".files"
LAYOUT = 1  # raise it when the fix-ups below change
MISSING_SCRIPT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class Pin(NamedTuple):
    """One line of the lock: a Debian package that is known to work."""

    name: str
    version: str
    suite: str
    checksum: str


def read_pins():
    """Return the pinned packages; Odoo itself is the first."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return [Pin(*line.split()) for line in lines if line and line[0] != "#"]


def odoo_key():
    """Return what identifies the unpacked Odoo: the lock and our fix-ups."""
    return digest(LOCK, LAYOUT)


def ensure_odoo(thorough=False):
    """Have the pinned Odoo unpacked; `thorough` looks for every one of its files."""
    if is_stamped(ODOO, odoo_key()) and not _missing_files(thorough):
        return
    packages = _fetch(read_pins())
    with step(f"Unpacking Odoo {read_pins()[0].version}"):
        _unpack(packages)


def _missing_files(thorough):
    listed = (ODOO / FILE_LIST).read_text(encoding="utf-8").splitlines()
    if not thorough:
        listed = [name for name in listed if name.endswith("__manifest__.py")]
    return [name for name in listed if not os.path.lexists(ODOO / name)]


def _fetch(pins):
    missing = [pin for pin in pins if not _is_cached(pin)]
    if missing:
        with step(f"Downloading {len(missing)} Debian packages"):
            suites = sorted({pin.suite for pin in missing})
            with PrivateApt(debian_sources(suites), is_pinned=True) as apt:
                for pin in missing:
                    _download(apt, pin)
    return [cached_package(pin.name, pin.checksum) for pin in pins]


def _is_cached(pin):
    package = cached_package(pin.name, pin.checksum)
    if package.exists() and sha256(package) != pin.checksum:
        say(f"  {package.name} in the download cache is damaged: fetching it again")
        package.unlink()
    return package.exists()


def _download(apt, pin):
    package = apt.download(f"{pin.name}={pin.version}", apt.folder / "download")
    if not package:
        raise Failure(
            f"{pin.name} {pin.version} could not be downloaded",
            f"{NETWORK_ADVICE}; if Debian dropped this version, run make odoo-latest, "
            "make test, and keep the new requirements/debian.lock. An old copy of the "
            f"package also does: put it at {cached_package(pin.name, pin.checksum)}",
        )
    if sha256(package) != pin.checksum:
        raise Failure(
            f"{pin.name} {pin.version} does not have the checksum in {LOCK.name}",
            "call make again; if it stays so, the mirror serves another file: "
            "look at it before you trust it",
        )
    keep_in_cache(package, pin.name, pin.checksum)


def _unpack(packages):
    folder = fresh_folder(RUNTIME / "odoo.new")
    for package in packages:
        unpack(package, folder)
    _add_missing_script(folder)
    _refuse_broken_links(folder)
    (folder / FILE_LIST).write_text("\n".join(_code_files(folder)), encoding="utf-8")
    stamp(folder, odoo_key())
    replace_folder(folder, ODOO)


def _add_missing_script(folder):
    """Write a stub for a file that a manifest names and the package lacks."""
    script = folder / ODOO_ADDONS.relative_to(ODOO) / MISSING_SCRIPT
    if not script.exists():
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text("/* not part of the Debian package */\n")


def _code_files(folder):
    """Yield every file of Odoo, relative to the folder."""
    for place, _folders, names in os.walk(folder / "usr/lib/python3"):
        for name in names:
            yield os.path.relpath(os.path.join(place, name), folder)


def _refuse_broken_links(folder):
    broken = [name for name in _code_files(folder) if not (folder / name).exists()]
    if broken:
        raise Failure(
            f"{len(broken)} links in the Odoo package lead nowhere: {broken[:3]}",
            "the packages in requirements/debian.lock do not fit together: add the "
            "package that holds these files",
        )


def update_lock():
    """Write the newest Odoo package and its companions into the lock."""
    pins = read_pins()
    with PrivateApt(debian_sources(sorted({pin.suite for pin in pins}))) as apt:
        newest = [_newest(apt, pin) for pin in pins]
    header = [line for line in LOCK.read_text().splitlines() if line.startswith("#")]
    LOCK.write_text("\n".join(header + [" ".join(pin) for pin in newest]) + "\n")
    for old, new in zip(pins, newest, strict=True):
        say(f"  {new.name} {new.version} {new.checksum}")
        if old != new:
            say(f"    was {old.version} {old.checksum}")
    say("requirements/debian.lock is written. Next: make test, then keep it.")


def _newest(apt, pin):
    shown = apt.answer("apt-cache", "show", f"{pin.name}/{pin.suite}") or ""
    fields = dict(
        line.split(": ", 1) for line in reversed(shown.splitlines()) if ": " in line
    )
    if "Version" not in fields or "SHA256" not in fields:
        raise Failure(f"suite {pin.suite} has no {pin.name}", "see RUNTIME.md")
    return Pin(pin.name, fields["Version"], pin.suite, fields["SHA256"])
