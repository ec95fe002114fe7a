from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestEnd(ComplaintCase):
    def _form(self, case, step, user=None):
        end = self.env["complaint.case.end"].with_user(user or self.leader)
        return Form(end.with_context(default_case_id=case.id, default_step=step))

    def test_confirmation_is_left_out_for_a_reason(self):
        case = self._register()
        form = self._form(case, "silence")
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "The letter box is shared."
        form.save().action_confirm()
        self.assertEqual(case.state, "acknowledged")
        self.assertFalse(case.correspondence_ids)

    def test_closing_keeps_outcome_remedy_and_lesson(self):
        # C-17
        self.policy.is_lesson_required = True
        case = self._register()
        form = self._form(case, "close")
        self.assertTrue(form.is_lesson_required)
        form.outcome = "upheld"
        form.remedy = "Warm food"
        with self.assertRaises(AssertionError):
            form.save()
        form.lesson = "Check the boxes"
        form.save().action_confirm()
        self.assertEqual((case.state, case.outcome), ("closed", "upheld"))
        self.assertEqual((case.remedy, case.lesson), ("Warm food", "Check the boxes"))

    def test_closing_says_which_duties_fall_away(self):
        form = self._form(self._register(), "close")
        self.assertIn("Acknowledgement of receipt", form.open_milestones)
        self.assertNotIn("Closing", form.open_milestones)

    def test_withdrawal_keeps_its_reason(self):
        case = self._register()
        form = self._form(case, "withdraw")
        form.reason = "Said so by phone"
        form.save().action_confirm()
        self.assertEqual(case.state, "withdrawn")
        self.assertIn("Said so by phone", str(case.journal_ids.mapped("texts")))

    def test_reopening_needs_a_reason(self):
        case = self._register()
        case.action_close("upheld")
        form = self._form(case, "reopen")
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "New facts"
        form.save().action_confirm()
        self.assertEqual(case.state, "investigating")

    def test_impossible_step_is_refused_and_the_text_stays(self):
        case = self._register()
        form = self._form(case, "reopen")
        form.reason = "New facts"
        end = form.save()
        with self.assertRaises(UserError):
            end.action_confirm()
        self.assertEqual(end.reason, "New facts")

    def test_others_cannot_end(self):
        case = self._register()
        for user in (self.employee, self.auditor, self.custodian):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.case.end"].with_user(user).create(
                    {"case_id": case.id}
                )
