# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-11-30 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCheckbacks(ComplaintCase):
    """How it has gone since, after the closing (A-35…A-38, M30)."""

    def _close(self, user=None, **values):
        case = self._register(**values)
        user = user or (self.independent if case.is_restricted else self.leader)
        case.with_user(user).action_close(outcome="upheld")
        return case

    def _days(self, case):
        return [str(row.due_on) for row in case.checkback_ids]

    def test_who_reported_misconduct_is_asked_after_one_three_and_six_months(self):
        # A-35, M30
        case = self._close(kind="whistleblowing")
        self.assertEqual(self._days(case), ["2026-12-30", "2027-02-28", "2027-05-30"])
        rows = case.checkback_ids.deadline_id
        self.assertEqual(set(rows.mapped("milestone")), {"checkback"})
        self.assertEqual(set(rows.mapped("state")), {"running"})

    def test_who_reported_a_reprisal_is_asked_too(self):
        # M30
        receipt = self._register()._report_reprisal("He shouts at me since.")
        report = self.env["complaint.case"].browse(receipt["case_id"])
        self.assertFalse(report.checkback_ids)
        report.with_user(report.handler_id).action_close(outcome="upheld")
        self.assertEqual(len(report.checkback_ids), 3)

    def test_elsewhere_the_procedure_says_when(self):
        # M30
        self.assertFalse(self._close().checkback_ids)
        self.policy.checkback_months = "3, 1, 3"
        self.assertEqual(self._days(self._close()), ["2026-12-30", "2027-02-28"])
        for text in ("soon", "0", "1,,2", "99", "-1"):
            with self.assertRaises(ValidationError):
                self.policy.checkback_months = text

    def test_asking_is_a_letter_that_keeps_the_promise(self):
        # M30
        case = self._close(kind="whistleblowing")
        first = case.checkback_ids[0].with_user(self.independent)
        with freeze_time("2026-12-31 09:00:00"):
            first.sudo().deadline_id._escalate()
            self.assertEqual(first.sudo().deadline_id.state, "late")
            first.action_ask()
            self.assertEqual(first.state, "asked")
            self._deliver(case)
            self.assertEqual(first.sudo().deadline_id.state, "met")
            letter = first.sudo().letter_id
            self.assertIn("treated you badly", letter.body)
            self.assertIn("How it has gone since", letter.display_name)
            with self.assertRaises(UserError):
                first.action_ask()

    def test_answer_is_recorded_in_the_words_of_the_person(self):
        # M30
        case = self._close(kind="whistleblowing")
        first, second, third = case.checkback_ids.with_user(self.independent)
        with self.assertRaises(ValidationError):
            first.action_record("perhaps")
        with self.assertRaises(UserError):
            first.action_not_well()
        first.action_record("reprisal", "They took my shifts.")
        self.assertEqual(
            (first.answer, str(first.answered_on)), ("reprisal", "2026-11-30")
        )
        self.assertEqual(first.sudo().deadline_id.state, "met")
        with self.assertRaises(UserError):
            first.action_well()
        with self.assertRaises(UserError):
            first.note = "Other words"
        second.action_well()
        third.action_silent()
        events = case.journal_ids.filtered(
            lambda one: one.event == "checkback_answered"
        )
        self.assertNotIn("shifts", str(events.mapped("payload")))
        self.assertNotIn("shifts", str(case._timeline()))

    def test_anonymous_person_answers_with_the_code(self):
        # M30
        case = self._close(
            kind="whistleblowing",
            anonymity="anonymous",
            parties=[{"role": "complainant"}],
        )
        self.assertFalse(case._open_checkback())
        self.assertFalse(case._answer_checkback("well"))
        with freeze_time("2027-03-05 09:00:00"):
            # Two are due: one answer is for both.
            self.assertFalse(case._answer_checkback("fine"))
            self.assertTrue(case._answer_checkback("not_well", "He avoids me."))
            self.assertFalse(case._answer_checkback("well"))
        self.assertEqual(
            case.checkback_ids.mapped("state"), ["dropped", "answered", "planned"]
        )
        self.assertEqual(case.checkback_ids[1].note, "He avoids me.")
        self.assertIn(
            "The complainant said how it has gone since",
            case.activity_ids.mapped("summary"),
        )

    def test_case_that_is_taken_up_again_asks_nothing_before_it_ends_anew(self):
        self.policy.checkback_months = "1"
        case = self._close()
        case.with_user(self.leader).action_reopen("New facts")
        self.assertEqual(case.checkback_ids.state, "dropped")
        self.assertEqual(case.checkback_ids.deadline_id.state, "waived")
        case.with_user(self.leader).action_close(outcome="resolved")
        self.assertEqual(case.checkback_ids.mapped("state"), ["dropped", "planned"])
        # Also where somebody else takes it up, as the person wants.
        case.with_user(self.leader).action_second_stage()
        self.assertEqual(case.checkback_ids.mapped("state"), ["dropped"] * 2)

    def test_only_who_works_the_case_sees_it(self):
        self.policy.checkback_months = "1"
        row = self._close(parties=[{"role": "subject", "user_id": self.worker.id}])
        row = row.checkback_ids
        self.assertFalse(row.with_user(self.worker).exists())
        for user in (self.auditor, self.custodian, self.employee, self.owner):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["state"])
        for values in (
            {"state": "answered"},
            {"answer": "well"},
            {"due_on": "2030-01-01"},
        ):
            with self.assertRaises(UserError):
                row.with_user(self.leader).write(values)
        with self.assertRaises(AccessError):
            row.with_user(self.leader).create(
                {"case_id": row.case_id.id, "due_on": NOW[:10]}
            )
