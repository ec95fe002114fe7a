from lxml import html

from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestOwnData(PortalCase):
    """With the code, a person asks about the own data, also without a name (M37)."""

    def setUp(self):
        super().setUp()
        receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
        self.code, self.case = self._code(receipt), self._case(receipt)

    def _visit(self):
        page = html.fromstring(
            self.url_open("/klage/status", data={"code": self.code}).content
        )
        form = "//form[contains(@action, '/klage/status/data')]"
        return page.xpath(f"{form}//input[@name='visit']/@value")[0]

    def _post(self, act, visit, **values):
        return self.url_open(
            f"/klage/status/{act}", data={"visit": visit, "act": act, **values}
        )

    def test_all_of_it_is_asked_for_once(self):
        visit = self._visit()
        for _twice in range(2):
            page = self._post("data", visit)
            self.assertIn("You have asked for it. We answer by", page.text)
        self.assertEqual(len(self.case._rights_asked()), 1)
        request = self.case._rights_asked("access").request_id
        self.assertFalse(request.person)
        self.assertTrue(request.is_by_code)

    def test_addition_is_said_in_own_words(self):
        visit = self._visit()
        self.assertEqual(self._post("amend", visit).status_code, 422)
        self.assertEqual(
            self._post("amend", visit, text="It was <b>warm</b>.").status_code, 200
        )
        self.assertIn("warm", self.case._rights_asked("correction").wish)

    def test_restriction_is_asked_for(self):
        self.assertEqual(
            self._post("restrict", self._visit(), text="It is wrong.").status_code, 200
        )
        self.assertTrue(self.case._rights_asked("restriction"))

    def test_answer_is_read_on_the_page_with_its_file(self):
        self._post("data", self._visit())
        review = self.case._rights_asked("access")
        manager = self.workshop.manager_id
        review = review.with_user(manager)
        review.mask_ids.sudo().unlink()
        review.outgoing_reason = "Looked at."
        review.action_review()
        review.action_answer()
        page = self.url_open("/klage/status", data={"code": self.code})
        self.assertIn("Here is all that we keep about you", page.text)
        self.assertIn(f"{review.reference}.json", page.text)

    def test_nobody_asks_without_the_code(self):
        for act in ("data", "amend", "restrict"):
            for visit in ("", "x", "9" * 5000):
                with self.subTest(act=act, visit=visit[:9]):
                    self.assertEqual(self._post(act, visit, text="x").status_code, 422)
            answer = self.url_open(f"/klage/status/{act}", allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
        self.assertFalse(self.case._rights_asked())
