"""Debian programs and libraries that the machine may lack, unpacked privately."""

import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from console import Failure, say, step
from debian import NETWORK_ADVICE, PrivateApt, unpack
from files import write_atomically
from process import is_root, output_of, run_logged
from settings import BIN, RUNTIME, SYSTEM, VENV

# Of what apt would install, only what is loaded; no Perl, no shell tools.
PLANNED = re.compile(
    r"^Inst ((?:lib|font|postgresql-\d|postgresql-client-\d|chromium|postfix|dovecot-)"
    r"\S*) .*?\((\S+)",
    re.MULTILINE,
)
TIME_ZONES = Path("/usr/share/zoneinfo/Europe/Oslo")
CHROMIUM_NAMES = ("google-chrome", "chromium", "chromium-browser")
LIBRARIES = (
    "usr/lib/*-linux-gnu*",
    "usr/lib/*-linux-gnu*/pulseaudio",
    "lib/*-linux-gnu*",
)
MAIL = (
    "usr/lib/postfix/sbin/master",
    "usr/lib/dovecot/imap-login",
    "usr/lib/dovecot/pop3-login",
    "usr/lib/dovecot/lmtp",
    "usr/lib/*-linux-gnu*/fakechroot/libfakechroot.so",
    "usr/lib/*-linux-gnu*/libnss_wrapper.so",
    "usr/lib/*-linux-gnu*/libuid_wrapper.so",
)
LOAD_PANGO = """
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)
"""
# What Open Sans and DejaVu lack, one each: Thai, Hindi, Chinese, Korean, emoji.
FIND_FONTS = """
import ctypes, sys
library = ctypes.CDLL("libfontconfig.so.1")
for name in ("FcNameParse", "FcObjectSetCreate", "FcFontList"):
    getattr(library, name).restype = ctypes.c_void_p
pointer = ctypes.c_void_p
for code in ("e01", "939", "4e2d", "d55c", "1f600"):
    pattern = pointer(library.FcNameParse(f":charset={code}".encode()))
    names = pointer(library.FcObjectSetCreate())
    found = library.FcFontList(None, pattern, names)
    if not ctypes.cast(found, ctypes.POINTER(ctypes.c_int))[0]:
        sys.exit(1)
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <include ignore_missing="yes">{system}/etc/fonts/conf.d</include>
  <dir>/usr/share/fonts</dir>
  <dir>{system}/usr/share/fonts</dir>
  <cachedir>{runtime}/fontconfig</cachedir>
</fontconfig>
"""
EXIFTOOL = """#!/bin/sh
# The privately unpacked exiftool, run by the Perl that every Debian has.
exec perl -I {system}/usr/share/perl5 {system}/usr/bin/exiftool "$@"
"""
CHROMIUM = """#!/bin/sh
# The privately unpacked Chromium.
LD_LIBRARY_PATH={libraries}
export LD_LIBRARY_PATH
exec {system}/usr/lib/chromium/chromium "$@"
"""


class Need(NamedTuple):
    """Something that the runtime needs and the Debian packages that bring it."""

    name: str
    packages: tuple
    is_there: callable


def ensure_postgresql():
    """Have the programs of a PostgreSQL server."""
    _ensure(Need("PostgreSQL", ("postgresql",), postgresql_folders))
    if not TIME_ZONES.exists():
        _install_time_zones()


def _install_time_zones():
    """PostgreSQL reads time zones only where Debian puts them."""
    advice = "as root: apt-get install tzdata"
    if not is_root():
        raise Failure("this machine has no time zones (package tzdata)", advice)
    with step("Installing tzdata"):
        variables = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for command in (["update"], ["install", "-y", "tzdata"]):
            run_logged(["apt-get", "-q", *command], "tzdata", advice, env=variables)


def ensure_pango():
    """Have the libraries that WeasyPrint loads."""
    packages = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
    packages += ("fontconfig-config", "fonts-dejavu-core")
    _ensure(Need("the libraries of WeasyPrint", packages, _has_pango))


def ensure_fonts():
    """Have letters for what Open Sans and DejaVu lack, see docs/letters.md."""
    packages = ("fonts-noto-core", "fonts-noto-color-emoji", "fonts-wqy-microhei")
    _ensure(Need("fonts for Thai, Hindi, Chinese, Korean, emoji", packages, _has_fonts))


def ensure_chromium():
    """Have a Chromium for the tests that drive a browser."""
    _ensure(Need("Chromium", ("chromium", "fontconfig-config"), _has_chromium))


def try_for_exiftool():
    """Have exiftool if it is to be had: the test that asks it says so where not."""
    need = Need("exiftool", ("libimage-exiftool-perl",), _has_exiftool)
    try:
        _ensure(need)
    except Failure as failure:
        say(f"NO EXIFTOOL: {failure}")


def ensure_mail():
    """Have a mail server and its mailboxes, for the tests that send real mail.

    The wrappers let both run as an account that is nobody in particular.
    """
    packages = ("postfix", "dovecot-imapd", "dovecot-pop3d", "dovecot-lmtpd")
    packages += ("libfakechroot", "libnss-wrapper", "libuid-wrapper")
    _ensure(Need("Postfix and Dovecot", packages, _has_mail))


def root_of(pattern):
    """Return the folder below which a program or library lies, or None.

    :param pattern: its path below that folder, which is ``/`` or our own
    """
    roots = (Path("/"), SYSTEM)
    return next((root for root in roots if any(root.glob(pattern))), None)


def postgresql_folders():
    """Return the folders with PostgreSQL servers, the newest version first."""
    found = [
        path.parent
        for root in (Path("/"), SYSTEM)
        for path in root.glob("usr/lib/postgresql/*/bin/initdb")
    ]
    return sorted(found, key=lambda folder: int(folder.parent.name), reverse=True)


def environment():
    """Return the variables with which programs find what is unpacked here."""
    variables = dict(os.environ)
    variables["PATH"] = f"{BIN}:{VENV / 'bin'}:{variables.get('PATH', '')}"
    if SYSTEM.exists():
        old = variables.get("LD_LIBRARY_PATH")
        variables["LD_LIBRARY_PATH"] = ":".join(filter(None, (_libraries(), old)))
        has_own = os.path.exists("/etc/fonts/fonts.conf")
        if not has_own or (SYSTEM / "usr/share/fonts").exists():
            variables["FONTCONFIG_FILE"] = str(RUNTIME / "fonts.conf")
    return variables


def _libraries():
    folders = [path for pattern in LIBRARIES for path in sorted(SYSTEM.glob(pattern))]
    return ":".join(str(folder) for folder in folders)


def _has_pango():
    probe = [VENV / "bin/python", "-c", LOAD_PANGO]
    return output_of(probe, env=environment()) is not None


def _has_fonts():
    probe = [VENV / "bin/python", "-c", FIND_FONTS]
    return output_of(probe, env=environment()) is not None


def _has_chromium():
    path = environment()["PATH"]
    found = [shutil.which(name, path=path) for name in CHROMIUM_NAMES]
    return any(output_of([name, "--version"]) for name in found if name)


def _has_exiftool():
    program = shutil.which("exiftool", path=environment()["PATH"])
    return bool(program) and output_of([program, "-ver"]) is not None


def _has_mail():
    return all(root_of(pattern) for pattern in MAIL)


def _ensure(need):
    if need.is_there():
        return
    with step(f"Fetching {need.name} (this machine has none installed)"):
        _unpack_missing(need)
        _write_wrappers()
    if not need.is_there():
        raise Failure(
            f"{need.name} was unpacked below {SYSTEM} but does not run",
            f"as root: apt-get install {' '.join(need.packages)}",
        )


def _unpack_missing(need):
    advice = f"as root: apt-get install {' '.join(need.packages)}; or {NETWORK_ADVICE}"
    with PrivateApt() as apt:
        plan = apt.answer(
            "apt-get", "install", "-s", "--no-install-recommends", "-y", *need.packages
        )
        if plan is None:
            raise Failure(f"apt offers no {' '.join(need.packages)}", advice)
        SYSTEM.mkdir(parents=True, exist_ok=True)
        for name, version in PLANNED.findall(plan):
            package = apt.download(f"{name}={version}", apt.folder / "download")
            if not package:
                raise Failure(f"{name} {version} could not be downloaded", advice)
            unpack(package, SYSTEM)


def _write_wrappers():
    if (SYSTEM / "usr/bin/exiftool").exists():
        script = EXIFTOOL.format(system=SYSTEM)
        write_atomically(BIN / "exiftool", script, mode=0o755)
    fonts = FONTS.format(system=SYSTEM, runtime=RUNTIME)
    write_atomically(RUNTIME / "fonts.conf", fonts)
    if (SYSTEM / "usr/lib/chromium/chromium").exists():
        script = CHROMIUM.format(system=SYSTEM, libraries=_libraries())
        write_atomically(BIN / "chromium", script, mode=0o755)
