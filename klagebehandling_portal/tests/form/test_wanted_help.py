from lxml import html

from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestWantedHelp(PortalCase):
    """The form asks who needs help to complain, in every procedure (C-31)."""

    def test_it_is_asked_behind_a_fold_and_arrives(self):
        self.policy.field_ids = [self._field("description")]
        page = html.fromstring(self.url_open(self.url).content)
        box = page.xpath("//input[@name='support']")[0]
        self.assertIsNone(box.xpath("ancestor::details")[0].get("open"))
        receipt = self._send(
            support=["interpreter", "representative"], interpreter_language="Sorani"
        )
        case = self._case(receipt)
        self.assertEqual(case.invite, "interpreter,representative")
        self.assertEqual(case.interpreter_language, "Sorani")
        copy = self._text(receipt, "//section[.//h2[@id='s-copy']]")
        for said in ("An interpreter", "Somebody who speaks for me", "Sorani"):
            self.assertIn(said, copy)

    def test_who_is_anonymous_may_need_it_too(self):
        case = self._case(self._send(anonymity="anonymous", support="support_person"))
        self.assertEqual(case.invite, "support_person")

    def test_nobody_else_can_be_wished_for_here(self):
        count = self._case_count()
        for forged in ("external_caseworker", "subject", "staff", "nobody", "x" * 999):
            with self.subTest(forged):
                page = self._send(support=["interpreter", forged])
                self.assertEqual(page.status_code, 422)
                self.assertTrue(self._error_of(page, "support"))
                self.assertEqual(self._typed(page, "description"), "The food is cold.")
        page = self._send(interpreter_language="y" * 101)
        self.assertTrue(self._error_of(page, "interpreter_language"))
        self.assertEqual(self._typed(page, "interpreter_language"), "y" * 101)
        self.assertEqual(self._case_count(), count)
