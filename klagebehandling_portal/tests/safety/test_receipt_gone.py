from lxml import html

from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestReceiptGone(PortalCase):
    """Once the code is kept, nothing of the receipt is shown to anybody any more."""

    def _keep(self, receipt):
        visit = html.fromstring(receipt.content).xpath("//input[@name='visit']")[0]
        return self.url_open(f"{self.url}/kvittering", data={"visit": visit.value})

    def test_kept_it_is_shown_neither_again_nor_in_another_window(self):
        token, words = self._token(), "The food is cold on Tuesdays."
        receipt = self._send(token=token, description=words)
        other_window = self._send(token=token, description=words)
        code, case = self._code(receipt), self._case(receipt)
        self.assertEqual(self._code(other_window), code)
        self._keep(receipt)
        count = self._case_count()
        for _time in range(2):
            page = self._send(token=token, description=words)
            self.assertEqual(page.status_code, 200)
            self.assertIn("We have received this already", page.text)
            for secret in (code, case.reference, words, "visit"):
                self.assertNotIn(secret, page.text)
        self.assertEqual(self._case_count(), count)

    def test_kept_twice_and_from_the_other_window_changes_nothing(self):
        token = self._token()
        receipt = self._send(token=token)
        other_window = self._send(token=token)
        for page in (receipt, other_window, receipt):
            self.assertIn("/klage/status", self._keep(page).url)
        code = self._code(receipt)
        self.assertTrue(self.env["complaint.case"]._find_by_code(code))

    def test_text_that_was_changed_is_not_lost(self):
        token = self._token()
        receipt = self._send(token=token)
        self._keep(receipt)
        other = self._send(token=token, description="Now it is late as well.")
        self.assertNotEqual(self._case(other), self._case(receipt))
        self.assertNotEqual(self._code(other), self._code(receipt))
