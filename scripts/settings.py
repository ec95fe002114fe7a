"""Folders, names and variables that the other modules share."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / ".runtime"
REQUIREMENTS = ROOT / "requirements"
LOGS = RUNTIME / "log"
ODOO = RUNTIME / "odoo"
ODOO_ADDONS = ODOO / "usr/lib/python3/dist-packages/odoo/addons"
VENV = RUNTIME / "venv"
LINT_VENV = RUNTIME / "lint-venv"
NODE_VENV = RUNTIME / "node-venv"
BIN = RUNTIME / "bin"
NODE_MODULES = ROOT / "node_modules"

EXAMPLE_DATABASE = "klage"
LANGUAGES = "en_US,nb_NO,sv_SE"
DATABASE_ROLE = "odoo"

CHECKOUT_ID = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]


def reachable_runtime():
    """Return the runtime folder, or one elsewhere that root's database account reaches.

    Root runs PostgreSQL as an unprivileged account, which cannot enter a checkout
    below a private folder such as /root.
    """
    above = [folder for folder in ROOT.parents if folder.exists()] + [ROOT]
    if os.geteuid() or all(folder.stat().st_mode & 0o001 for folder in above):
        return RUNTIME
    return Path("/var/lib") / f"klagebehandling-{CHECKOUT_ID}"


SYSTEM = reachable_runtime() / "system"


def variable(name, default=""):
    """Return an environment variable; empty counts as unset."""
    return os.environ.get(name) or default


def download_cache():
    """Return the folder outside the checkout that keeps downloaded packages."""
    fallback = Path(variable("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(variable("KLAGE_CACHE", fallback / "klagebehandling"))


def port():
    """Return the port that the server listens on."""
    return int(variable("PORT", "8069"))


def host():
    """Return the address that the server listens on."""
    return variable("HOST", "127.0.0.1")


def addons_in(folder):
    """Return the addon folders directly below a folder, in a stable order."""
    return sorted(manifest.parent for manifest in folder.glob("*/__manifest__.py"))


def suite_addons():
    """Return the addons that the example database holds."""
    return addons_in(ROOT) + addons_in(ROOT / "data")


def all_addons():
    """Return the addons of the suite and those that only the tests need."""
    return suite_addons() + addons_in(ROOT / "tests")
