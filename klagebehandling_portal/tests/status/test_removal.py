from lxml import html

from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestRemoval(PortalCase):
    """With the code, a person asks that what they wrote is removed."""

    def setUp(self):
        super().setUp()
        receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
        self.code, self.case = self._code(receipt), self._case(receipt)

    def _open(self):
        return self.url_open("/klage/status", data={"code": self.code})

    def _ask(self, visit=None):
        if visit is None:
            page = html.fromstring(self._open().content)
            form = "//form[contains(@action, '/klage/status/remove')]"
            visit = page.xpath(f"{form}//input[@name='visit']/@value")[0]
        return self.url_open("/klage/status/remove", data={"visit": visit})

    def _asked(self):
        return self.case.journal_ids.filtered(
            lambda entry: entry.event == "erasure_asked"
        )

    def test_it_is_asked_once_and_removed_by_a_person(self):
        visit = html.fromstring(self._open().content).xpath(
            "//form[contains(@action, '/klage/status/remove')]"
            "//input[@name='visit']/@value"
        )[0]
        for _twice in range(2):
            self.assertIn("You have asked us to remove it", self._ask(visit).text)
        self.assertEqual(len(self._asked()), 1)
        self.assertTrue(self.case.description)
        self.assertTrue(self.case.activity_ids)
        self.case.action_erase_text("The person asked for it.")
        page = self._open().text
        self.assertIn("Removed on", page)
        self.assertNotIn("Ask to have it removed", page)

    def test_nobody_asks_without_the_code(self):
        for visit in ("", "x", "9" * 5000):
            self.assertEqual(self._ask(visit).status_code, 422)
        self.assertFalse(self._asked())
        answer = self.url_open("/klage/status/remove", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
