import base64
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestShortAddress(PortalCase):
    """The address of a unit as it stands on paper: typed by hand, or as a QR code."""

    def _head(self, path, **options):
        return self.url_open(path, allow_redirects=False, **options)

    def test_letters_large_or_small_are_the_same(self):
        for typed in ("WORKSHOP-TEST", "Workshop-Test"):
            answer = self._head(f"/klage/{typed}?lang=sv&ref=poster")
            self.assertEqual(answer.status_code, 301)
            there = urlsplit(answer.headers["Location"])
            self.assertEqual(there.path, self.url)
            # Nothing of what else stood in the address goes on.
            self.assertLessEqual(parse_qs(there.query).keys(), {"lang"})
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertNotIn("Set-Cookie", answer.headers)
            self.assertEqual(self.url_open(f"/klage/{typed}").status_code, 200)

    def test_what_is_sent_to_it_is_not_lost(self):
        page = self._send(url="/klage/WORKSHOP-TEST", description="Typed by hand.")
        self.assertEqual(self._case(page).description, "Typed by hand.")

    def test_unknown_ones_answer_as_ever(self):
        unknown = self._head("/klage/nowhere")
        self.assertEqual(unknown.status_code, 404)
        # The sign for kelvin is a small k to Python.
        for path in ("NOWHERE", "wor%E2%84%AAshop-test", "workshop-test%00"):
            answer = self._head(f"/klage/{path}")
            self.assertEqual(answer.status_code, 404, path)
            self.assertEqual(answer.text, unknown.text)

    def test_qr_code_holds_the_address(self):
        unit = self.management
        self.assertTrue(unit.public_url.endswith(self.url))
        image = Image.open(BytesIO(base64.b64decode(unit.public_qr)))
        self.assertEqual(image.size, (300, 300))
        action = unit.action_open_qr()
        query = parse_qs(urlsplit(action["url"]).query)
        self.assertEqual(query["value"], [unit.public_url])
        answer = self.url_open(action["url"])
        self.assertEqual(answer.headers["Content-Type"], "image/png")

    def test_unit_without_a_form_has_none(self):
        unit = self.management
        unit.slug = False
        self.assertFalse(unit.public_url)
        self.assertFalse(unit.public_qr)
        with self.assertRaises(UserError):
            unit.action_open_qr()

    def test_every_employee_may_print_it(self):
        user = new_test_user(self.env, "short-address", groups="base.group_user")
        unit = self.management.with_user(user)
        if unit.has_access("read"):
            self.assertTrue(unit.action_open_qr()["url"])
