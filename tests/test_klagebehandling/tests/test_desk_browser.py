from odoo.tests import BaseCase, tagged

from .browser import run_script
from .real_server import HOST, RealServer


@tagged("post_install", "-at_install")
class TestDeskBrowser(BaseCase):
    """What the staff do all day, in a real browser on a server of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = RealServer("klage_template", copy="klage_desk_browser")
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()

    def assert_good(self, script, *lines):
        """That a script of `tests/browser` finds nothing, and says what it did."""
        result = run_script(script, f"http://{HOST}:{self.server.port}")
        said = result.stdout + result.stderr
        self.assertEqual(result.returncode, 0, said)
        for line in lines:
            self.assertRegex(result.stdout, line)

    def test_clicks_of_a_day_stay_within_their_goals(self):
        self.assert_good("clicks.mjs", "ok   answer and close: 4 of 4")

    def test_everything_is_done_by_keyboard(self):
        self.assert_good("keys.mjs", r"sv acknowledge: 2 of 2", r"\d{2,} checks, 0 ")

    def test_an_appeal_is_redirected_with_its_limit_and_passed_on(self):
        # D-51, E-20, E-21: nb-11 in both languages, and sv-07 whole, split first
        self.assert_good("appeal.mjs", "appeal: 23 checks, 0 faults")

    def test_minutes_are_signed_by_both_and_the_case_is_closed(self):
        # …A-23: nb-07 and nb-03 whole, one at a desk and the other at a phone
        self.assert_good("minutes.mjs", r"minutes: \d{2,} checks, 0 faults")

    def test_documents_are_asked_for_masked_refused_and_decided_on(self):
        # B-27…B-30: by anybody, in Swedish and Norwegian; nothing masked in any stream
        self.assert_good("documents.mjs", r"documents: \d{2,} checks, 0 faults")

    def test_two_who_write_the_same_text_lose_nothing(self):
        self.assert_good("overtaken.mjs", "overtaken: 12 checks, 0 faults")

    # One server for all: those above have left cases, which does no harm.
    def test_every_screen_and_dialog_is_for_screen_readers_and_keys_too(self):
        self.assert_good("axe_desk.mjs", r"axe: \d{2,} checks, 0 faults")
