"""A private apt: package lists and downloads that leave the machine's own apt alone."""

import getpass
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from console import Failure
from files import remove
from process import output_of, run_logged
from settings import download_cache, variable

KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)
MIRROR_ADVICE = (
    "set KLAGE_DEBIAN_MIRROR to the address of a Debian mirror (on Ubuntu also run "
    "apt-get install debian-archive-keyring), then call make again"
)
NETWORK_ADVICE = "check the network and the mirror, then call make again"


def sha256(path):
    """Return the SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def unpack(package, folder):
    """Unpack a .deb without running its scripts."""
    run_logged(
        ["dpkg-deb", "-x", package, folder],
        "unpack",
        f"remove {package} and call make again",
    )


def debian_mirror():
    """Return the Debian mirror of this machine's own apt configuration."""
    if chosen := variable("KLAGE_DEBIAN_MIRROR"):
        return chosen
    targets = output_of(["apt-get", "indextargets", "--format", "$(REPO_URI)"]) or ""
    for address in targets.splitlines():
        if re.search(r"/debian/?$", address):
            return address
    raise Failure("this machine's apt names no Debian mirror", MIRROR_ADVICE)


def debian_sources(suites):
    """Return the lines of a sources list for these Debian suites."""
    keyring = next((path for path in KEYRINGS if os.path.exists(path)), None)
    signed = f"[signed-by={keyring}] " if keyring else ""
    mirror = debian_mirror()
    return "".join(f"deb {signed}{mirror} {suite} main\n" for suite in suites)


class PrivateApt:
    """apt with its own lists and cache, over given sources or the machine's own."""

    def __init__(self, sources=None, is_pinned=False):
        if not shutil.which("apt-get"):
            raise Failure("apt-get is not here", "use Debian or Ubuntu; see RUNTIME.md")
        self.folder = Path(tempfile.mkdtemp(prefix="klage-apt-"))
        (self.folder / "lists/partial").mkdir(parents=True)
        (self.folder / "cache/archives/partial").mkdir(parents=True)
        self.options = self._options(sources)
        if is_pinned:
            # A mirror may lag behind: each package is checked against our own lock.
            self.options += ["-o", "Acquire::Check-Valid-Until=false"]

    def _options(self, sources):
        settings = {
            "Dir::State::lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Languages": "none",
            "Acquire::Retries": 3,
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
            "APT::Sandbox::User": getpass.getuser(),
            "APT::Update::Post-Invoke-Success::": "",
            "Debug::NoLocking": "true",
        }
        if sources:
            (self.folder / "sources.list").write_text(sources)
            (self.folder / "status").touch()
            settings |= {
                "Dir::State::status": self.folder / "status",
                "Dir::Etc::sourcelist": self.folder / "sources.list",
                "Dir::Etc::sourceparts": "/dev/null",
                "Dir::Etc::preferences": "/dev/null",
                "Dir::Etc::preferencesparts": "/dev/null",
            }
        pairs = [f"{name}={value}" for name, value in settings.items()]
        return [part for pair in pairs for part in ("-o", pair)]

    def __enter__(self):
        run_logged(
            ["apt-get", "-q", *self.options, "update"], "apt-update", NETWORK_ADVICE
        )
        return self

    def __exit__(self, *_exception):
        remove(self.folder)

    def answer(self, tool, *arguments):
        """Return what apt-get or apt-cache answers, or None."""
        return output_of([tool, *self.options, *arguments])

    def download(self, package, folder):
        """Download one package, written name=version, and return its file."""
        remove(folder)
        folder.mkdir(parents=True)
        subprocess.run(
            ["apt-get", "-qq", *self.options, "download", package],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        return next(folder.glob("*.deb"), None)


def cached_package(name, checksum):
    """Return the place in the download cache of a package with this checksum."""
    return download_cache() / "debian" / f"{name}_{checksum[:16]}.deb"


def keep_in_cache(package, name, checksum):
    """Move a downloaded package into the cache in one step."""
    target = cached_package(name, checksum)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    shutil.move(package, temporary)
    os.replace(temporary, target)
    return target
