from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME, release_test_lock

from .browser import run_script

KEY = "accessibility"


@tagged("post_install", "-at_install")
class TestAccessibility(HttpCase):
    """The public pages in a real browser: WCAG 2.2 AA by axe, reflow on a phone, no
    cookie, no code in an address, and once by keyboard without any script (C-30)."""

    def test_public_pages_have_no_fault(self):
        self.http_request_key = KEY
        with release_test_lock():
            result = run_script(
                "axe_public_pages.mjs",
                self.base_url(),
                KLAGE_COOKIE=f"{TEST_CURSOR_COOKIE_NAME}={KEY}",
            )
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"\d{3,} checks, 0 faults")
