from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.modules.migration import load_script
from odoo.tests import Form, tagged

from ..common import ComplaintCase

UPDATE = Path(__file__).parents[2] / "migrations/19.0.1.2.0/pre-dialogs.py"


@tagged("post_install", "-at_install")
class TestEnd(ComplaintCase):
    def _form(self, case, step, user=None):
        end = self.env["complaint.case.end"].with_user(user or self.leader)
        return Form(end.with_context(default_case_id=case.id, default_step=step))

    def test_the_update_closes_dialogs_that_were_left_open(self):
        # Their letters would be written before the words for them are there.
        form = self._form(self._register(), "close")
        form.outcome = "upheld"
        dialog = form.save()
        load_script(str(UPDATE), "pre_dialogs").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertFalse(dialog.exists())

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

    def test_closing_says_what_its_letter_keeps_and_what_is_left(self):
        form = self._form(self._register(), "close")
        self.assertEqual(form.met_milestones, "Acknowledgement of receipt, Closing")
        self.assertEqual(form.open_milestones, "Information at the staff meeting")

    def test_who_closes_sees_the_letter_and_can_edit_it(self):
        # C-12
        case = self._register()
        form = self._form(case, "close")
        form.outcome = "upheld"
        form.findings = "The boxes were broken."
        form.remedy = "New boxes"
        for told in ("we agree with you", "The boxes were broken.", "New boxes"):
            self.assertIn(told, form.body)
        self.assertIn("The boxes were broken.", form.preview)
        form.lesson = "Check them"
        self.assertNotIn("Check them", form.body)
        form.is_lesson_told = True
        self.assertIn("Check them", form.body)
        form.body = "<p>My own words</p>"
        form.outcome = "partly_upheld"
        form.medium = "letter"
        form.save().action_confirm()
        letter = case.correspondence_ids
        self.assertEqual((letter.purpose, letter.medium), ("closing", "letter"))
        self.assertIn("My own words", letter.body)

    def test_told_in_person_in_the_place_of_a_letter(self):
        case = self._register()
        form = self._form(case, "close")
        form.outcome = "resolved"
        form.is_told = True
        with self.assertRaises(AssertionError):
            form.save()
        form.told_medium = "phone"
        form.told_by_id = self.worker
        form.save().action_confirm()
        letter = case.correspondence_ids
        self.assertEqual((letter.medium, letter.state), ("phone", "sent"))
        self.assertEqual(letter.told_by_id, self.worker)

    def test_withdrawal_is_a_letter_too(self):
        case = self._register()
        form = self._form(case, "withdraw")
        self.assertIn("take back", form.body)
        form.save().action_confirm()
        self.assertEqual(case.correspondence_ids.purpose, "withdrawal")

    def test_duty_to_others_is_recorded_as_done(self):
        case = self._register()
        form = self._form(case, "meet")
        self.assertEqual(form.milestone, "inform_staff")
        form.save().action_confirm()
        self.assertEqual(self._deadline(case, "inform_staff").state, "met")
        with self.assertRaisesRegex(UserError, "no such duty"):
            case.with_user(self.leader).action_meet_duty("inform_staff")

    def test_duty_to_others_is_waived_with_a_reason(self):
        case = self._register()
        form = self._form(case, "waive")
        self.assertEqual(form.milestone, "inform_staff")
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "The unit is closed."
        form.save().action_confirm()
        self.assertEqual(self._deadline(case, "inform_staff").state, "waived")
        self.assertFalse(case.correspondence_ids)

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
