from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..common import ComplaintCase

REASON = "The envelope carries the postmark."


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 09:00:00")
class TestCorrectionReceipt(ComplaintCase):
    """A corrected day of receipt moves the promises, each by a row of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Registered on the 5th, said to have come on the 2nd.
        cls.case = cls._register(received_at="2026-11-02T10:00:00")
        cls.handled = cls.case.with_user(cls.worker)
        cls.led = cls.case.with_user(cls.leader)

    def _tip(self, milestone):
        rows = self._deadline(self.case, milestone)
        return rows - rows.extends_id

    def _correct(self, received_at, case=None):
        case = case or self.handled
        return case.action_correct({"received_at": received_at}, REASON)

    def test_earlier_receipt_moves_the_promise_at_once(self):
        old = self._deadline(self.case, "acknowledge")
        self.assertEqual(old.due_on, date(2026, 11, 12))
        self._correct("2026-10-30T08:00:00")
        self.assertEqual(self.case.received_at, datetime(2026, 10, 30, 7, 0))
        new = self._tip("acknowledge")
        self.assertEqual(new.due_on, date(2026, 11, 9))
        self.assertEqual(new.extends_id, old)
        self.assertEqual(new.state, "running")
        self.assertEqual(old.state, "extended")
        self.assertEqual(old.due_on, date(2026, 11, 12))
        self.assertEqual(self._tip("close").due_on, date(2026, 11, 30))
        self.assertFalse(self.case.correspondence_ids)

    def test_later_receipt_needs_a_manager(self):
        with self.assertRaisesRegex(UserError, "manager"):
            self._correct("2026-11-04T08:00:00")
        self.assertEqual(self.case.received_at, datetime(2026, 11, 2, 9, 0))
        self._correct("2026-11-04T08:00:00", self.led)
        self.assertEqual(self._tip("acknowledge").due_on, date(2026, 11, 14))

    def test_later_promise_is_told_to_the_person(self):
        self._correct("2026-11-04T08:00:00", self.led)
        letter = self.case.correspondence_ids
        self.assertEqual(letter.purpose, "correction")
        text = html2plaintext(letter.body)
        for words in ("November 4, 2026", "November 14, 2026", "November 12, 2026"):
            self.assertIn(words, text)
        self.assertNotIn("postmark", text)
        self.assertNotIn("staff", text)

    def test_anonymous_person_reads_it_on_the_status_page(self):
        # M11
        case = self._register(
            received_at="2026-11-02T10:00:00", anonymity="anonymous", parties=[]
        )
        self._correct("2026-11-04T13:37:00", case.with_user(self.leader))
        self.assertEqual(case.received_at, datetime(2026, 11, 3, 23, 0))
        self.assertEqual(case.correspondence_ids.medium, "portal")
        entry = case.journal_ids.filtered(lambda one: one.event == "corrected")
        self.assertEqual(entry.payload["receipt_into"], "2026-11-04")

    def test_timeline_tells_of_the_day_and_of_the_unit(self):
        self._correct("2026-10-30T08:00:00")
        self.led.action_correct({"unit_id": self.kitchen.id, "kind": "view"}, REASON)
        texts = [step["text"] for step in self.case._timeline()]
        self.assertIn(
            "We corrected the day on which it reached us: it is October 30, 2026.",
            texts,
        )
        self.assertIn("We corrected which place it is about: it is Kitchen.", texts)
        self.assertNotIn("postmark", "".join(texts))

    def test_journal_stays_whole_and_binds_the_right_day(self):
        self._correct("2026-10-30T08:00:00")
        journal = self.env["complaint.journal"]
        findings = list(journal._findings(journal._new_check(), self.case.ids))
        self.assertFalse(findings)
        entry = self.case.journal_ids.filtered(lambda one: one.event == "corrected")
        self.assertEqual(entry.payload["receipt_from"], "2026-11-02 10:00")
        self.assertEqual(entry.payload["receipt_into"], "2026-10-30 08:00")
        self.env.cr.execute(
            "UPDATE complaint_case SET received_at = '2026-11-02 09:00:00' "
            "WHERE id = %s",
            self.case.ids,
        )
        findings = list(journal._findings(journal._new_check(), self.case.ids))
        self.assertTrue(findings)

    def test_met_promise_stays_as_evidence(self):
        self.led.action_acknowledge()
        self._deliver(self.case)
        met = self._deadline(self.case, "acknowledge")
        self._correct("2026-10-30T08:00:00")
        self.assertEqual(self._deadline(self.case, "acknowledge"), met)
        self.assertEqual((met.state, met.due_on), ("met", date(2026, 11, 12)))
        self.assertEqual(self._tip("close").due_on, date(2026, 11, 30))

    def test_letter_on_its_way_keeps_the_moved_promise(self):
        self.led.action_acknowledge()
        letter = self.case.correspondence_ids
        self._correct("2026-10-30T08:00:00")
        self.assertIn(self._tip("acknowledge"), letter.meets_ids)
        self._deliver(self.case)
        self.assertEqual(self._tip("acknowledge").state, "met")
        self.assertFalse(self.case._deadlines("acknowledge"))

    def test_date_that_was_told_in_a_notice_stays(self):
        self.led.action_delay("We wait for the caretaker.", "2026-12-20", "close")
        self._correct("2026-10-30T08:00:00")
        self.assertEqual(self._tip("close").due_on, date(2026, 12, 20))
        self.assertEqual(self._tip("acknowledge").due_on, date(2026, 11, 9))

    def test_corrected_twice_it_follows_twice(self):
        self._correct("2026-10-30T08:00:00")
        self._correct("2026-11-03T08:00:00", self.led)
        rows = self._deadline(self.case, "acknowledge")
        self.assertEqual(rows.mapped("state").count("extended"), 2)
        self.assertEqual(self._tip("acknowledge").due_on, date(2026, 11, 13))
        self.assertEqual(self._tip("acknowledge")._delay_count(), 0)

    def test_promise_that_the_right_day_breaks_is_found_late(self):
        self._quieten_the_rest()
        self._correct("2026-10-20T08:00:00")
        new = self._tip("acknowledge")
        self.assertEqual(new.due_on, date(2026, 10, 30))
        new._escalate()
        self.assertEqual(new.state, "late")
        self.assertIn("delay", self.case.correspondence_ids.mapped("purpose"))

    def test_late_for_a_wrong_day_is_late_no_more(self):
        with freeze_time("2026-11-18 09:00:00"):
            case = self._register(received_at="2026-11-02T10:00:00")
            row = self._deadline(case, "acknowledge")
            row._escalate()
            self.assertEqual(row.state, "late")
            self.assertTrue(case.is_late)
            self._correct("2026-11-16T10:00:00", case.with_user(self.leader))
            self.assertEqual(row.state, "extended")
            self.assertFalse(row.is_reason_missing)
            self.assertFalse(case.is_late)
            rows = self._deadline(case, "acknowledge").filtered("is_open")
            self.assertEqual(rows.due_on, date(2026, 11, 26))

    def test_days_that_cannot_be_true_are_refused_in_words(self):
        for given, words in (
            ("2026-11-06T08:00:00", "future"),
            ("2027-11-02T08:00:00", "future"),
            ("2025-11-01T08:00:00", "year"),
            ("1026-11-01T08:00:00", "ten years"),
            ("0001-01-01T00:00:00", "ten years"),
            ("2026-13-45", "like this"),
            ("", "like this"),
            (None, "like this"),
            (17, "like this"),
        ):
            with self.subTest(given=given), self.assertRaisesRegex(UserError, words):
                self._correct(given, self.led)
        refused = self.assertRaisesRegex(UserError, "registered")
        with freeze_time("2026-11-08 09:00:00"), refused:
            self._correct("2026-11-06T08:00:00", self.led)

    def test_nothing_came_in_after_the_answer_to_it(self):
        with freeze_time("2026-11-09 09:00:00"):
            case = self._register(received_at="2026-11-02T10:00:00")
            case.with_user(self.leader).action_close(
                outcome="resolved",
                body="<p>Done</p>",
                medium="phone",
                told_on="2026-11-03",
            )
            case.with_user(self.leader).action_reopen("There is more to it")
            with self.assertRaisesRegex(UserError, "November 3"):
                self._correct("2026-11-06T08:00:00", case.with_user(self.leader))

    def test_time_to_the_answer_is_measured_anew(self):
        self.led.expected_on = "2026-12-01"
        self.led.action_answer("<p>We are sorry.</p>")
        self._deliver(self.case)
        self.assertEqual(self.case.days_to_answer, 3)
        self._correct("2026-10-30T08:00:00")
        self.assertEqual(self.case.days_to_answer, 6)
