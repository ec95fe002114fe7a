from freezegun import freeze_time

from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestAfter(PortalCase):
    """After the closing: how it has gone since, and how the handling was."""

    def _closed(self, **values):
        receipt = self._send(unit_id=self.workshop.id, **values)
        case = self._case(receipt)
        case.with_user(case.handler_id).action_close(outcome="resolved")
        return self._code(receipt), case

    def _open(self, code):
        return self.url_open("/klage/status", data={"code": code})

    def test_three_questions_are_answered_once_and_apart(self):
        # C-36, M45
        code, case = self._closed(anonymity="anonymous")
        page = self._open(code)
        self.assertIn("How did we handle it?", page.text)
        before = case.journal_count
        refused = self._post_act(page, "rate", was_heard="5")
        self.assertEqual(refused.status_code, 422)
        self.assertIn("Answer all three questions.", refused.text)
        self.assertIn('value="5" checked="checked"', refused.text)
        answers = {"was_heard": "5", "was_clear": "4", "was_fair": "5"}
        page = self._post_act(refused, "rate", **answers)
        self.assertEqual(page.status_code, 200)
        self.assertIn("kept without your case", page.text)
        self.assertNotIn("How did we handle it?", page.text)
        again = self._post_act(refused, "rate", **answers)
        self.assertIn("You have answered already.", again.text)
        self.assertEqual(case.journal_count, before, "nothing of it in the case")

    def test_open_case_asks_neither(self):
        code = self._code(self._send(unit_id=self.workshop.id))
        page = self._open(code)
        for words in ("How did we handle it?", "How have you been since?"):
            self.assertNotIn(words, page.text)

    def test_anonymous_person_says_how_it_has_gone(self):
        # A-35…A-38, M30
        code, case = self._closed(anonymity="anonymous", kind="whistleblowing")
        self.assertNotIn("How have you been since?", self._open(code).text)
        day = case.checkback_ids[0].due_on
        with freeze_time(f"{day} 09:00:00"):
            page = self._open(code)
            self.assertIn("How have you been since?", page.text)
            refused = self._post_act(page, "checkback", text="He shouts at me.")
            self.assertEqual(refused.status_code, 422)
            self.assertIn("He shouts at me.", refused.text)
            page = self._post_act(
                refused, "checkback", checkback="reprisal", text="He shouts at me."
            )
            self.assertIn("You can also report it further down", page.text)
            self.assertNotIn("How have you been since?", page.text)
        first = case.checkback_ids[0]
        self.assertEqual((first.answer, first.note), ("reprisal", "He shouts at me."))
        self.assertFalse(first.create_date.minute or first.write_date.minute)
