"""Pinned virtual environments, rebuilt when a lock changes or a file is lost."""

import csv
import shutil
import sys

from console import Failure, step
from debian import NETWORK_ADVICE, PrivateApt, unpack
from files import digest, is_stamped, remove, stamp
from process import output_of, run_logged
from settings import LINT_VENV, NODE_VENV, REQUIREMENTS, VENV, variable

PIP_ADVICE = f"{NETWORK_ADVICE}; pip's own configuration decides which index it asks"
CAN_BUILD = "import sys, venv; sys.exit(sys.version_info < (3, 10))"
INTERPRETERS = ("/usr/bin/python3", "python3", "python3.13", "python3.12", "python3.11")
LOCKS = {
    VENV: ("odoo.lock", "suite.lock", "test.lock"),
    LINT_VENV: ("lint.lock",),
    NODE_VENV: ("node.lock",),
}


def ensure_venv(folder=VENV):
    """Have a virtual environment with exactly what its locks name."""
    locks = [REQUIREMENTS / name for name in LOCKS[folder]]
    python = find_python()
    key = digest(output_of([python, "-VV"]), *locks)
    if is_stamped(folder, key) and not _missing_files(folder):
        return
    with step(f"Installing Python packages into {folder.name}"):
        remove(folder)
        _create(python, folder)
        pip = [folder / "bin/python", "-m", "pip", "install", "--no-input", "-q"]
        arguments = [part for lock in locks for part in ("-r", lock)]
        run_logged([*pip, *arguments], f"pip-{folder.name}", PIP_ADVICE)
        stamp(folder, key)


def find_python():
    """Return the Python that builds the environments, Debian's own if it can."""
    for candidate in (variable("KLAGE_PYTHON"), *INTERPRETERS, sys.executable):
        path = candidate and shutil.which(candidate)
        if path and output_of([path, "-c", CAN_BUILD]) is not None:
            return path
    raise Failure(
        "no Python 3.10 or newer is here",
        "apt-get install python3, or set KLAGE_PYTHON to one",
    )


def _create(python, folder):
    if output_of([python, "-c", "import ensurepip"]) is not None:
        run_logged([python, "-m", "venv", folder], "venv")
    else:
        _create_with_debian_pip(python, folder)


def _create_with_debian_pip(python, folder):
    """Create an environment where Debian's python3-venv is not installed."""
    run_logged([python, "-m", "venv", "--without-pip", folder], "venv")
    with PrivateApt() as apt:
        package = apt.download("python3-pip-whl", apt.folder / "download")
        if not package:
            raise Failure(
                "python3-pip-whl could not be downloaded",
                "apt-get install python3-venv, or check the network",
            )
        unpack(package, apt.folder / "pip")
        wheel = next(apt.folder.glob("pip/usr/share/python-wheels/pip-*.whl"))
        command = [folder / "bin/python", wheel / "pip", "install", "-q", "pip"]
        run_logged(command, "pip", PIP_ADVICE)


def _missing_files(folder):
    """Compare the files of all installed packages with their own lists."""
    site = next(folder.glob("lib/python3*/site-packages"), None)
    records = list(site.glob("*.dist-info/RECORD")) if site else []
    missing = [] if records else [folder]
    for record in records:
        with record.open(newline="", encoding="utf-8") as lines:
            names = [row[0] for row in csv.reader(lines) if row]
        missing += [
            name
            for name in names
            if "__pycache__" not in name and not (site / name).exists()
        ]
    return missing
