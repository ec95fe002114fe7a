from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME, release_test_lock

from .browser import run_script

KEY = "safety"


@tagged("post_install", "-at_install")
class TestSafety(HttpCase):
    """Leaving at once, leaving alone, and a receipt that is gone: in a real browser
    whose clock is turned, with axe in each state."""

    def test_nobody_else_reads_what_is_left_on_a_screen(self):
        self.http_request_key = KEY
        with release_test_lock():
            result = run_script(
                "safety.mjs",
                self.base_url(),
                KLAGE_COOKIE=f"{TEST_CURSOR_COOKIE_NAME}={KEY}",
            )
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"\d{3,} checks, 0 faults")
