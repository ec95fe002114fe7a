from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME, release_test_lock

from odoo.addons.klagebehandling_example.organisations import find

from .browser import run_script
from .public_states import give_account, give_codes, let_inspect, publish_report

KEY = "accessibility"


@tagged("post_install", "-at_install")
class TestAccessibility(HttpCase):
    """The public pages in a real browser: WCAG 2.2 AA by axe, reflow on a phone, no
    cookie, no code in an address, and once by keyboard without any script (C-30)."""

    def _run(self, script, **variables):
        self.http_request_key = KEY
        with release_test_lock():
            result = run_script(
                script,
                self.base_url(),
                KLAGE_COOKIE=f"{TEST_CURSOR_COOKIE_NAME}={KEY}",
                **variables,
            )
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"\d{2,} checks, 0 faults")

    def test_public_pages_have_no_fault(self):
        self._run("axe_public_pages.mjs")

    def test_pages_of_what_has_happened_have_no_fault(self):
        # A-34, C-30
        codes = [
            code
            for organisation in ("ljusnarsberg", "lepro")
            for code in give_codes(self.env, organisation).values()
        ]
        user = find(self.env, "user", "lepro", "reception")
        self.assertTrue(codes and give_account(self.env, "lepro", user))
        publish_report(self.env, "lepro")
        inspector = let_inspect(self.env, "lepro", KEY)
        self._run(
            "axe_public_states.mjs",
            KLAGE_SLUGS="gislaved",
            KLAGE_CODES=",".join(codes),
            KLAGE_REPORTS="lepro",
            KLAGE_LOGIN=f"{user.login}:example",
            KLAGE_INSPECTOR=f"{inspector.login}:{KEY}",
        )

    def test_what_was_typed_survives(self):
        # B-06, E-04
        self._run("survival.mjs")

    def test_ways_of_those_who_complain_are_short(self):
        # B-16, B-17, C-30, E-31
        self._run("public_journeys.mjs")

    def test_pages_are_light_and_stand_still(self):
        # C-30; how long they take is measured, never asserted: tests/benchmarks.
        self._run("speed.mjs")
