from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestPromises(ComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(reply_channel="portal")

    def _rows(self, milestone, state):
        return self._deadline(self.case, milestone).filtered(
            lambda row: row.state == state
        )

    def _purposes(self):
        return self.case.correspondence_ids.sorted("id").mapped("purpose")

    @freeze_time("2026-11-05 09:00:00")
    def test_external_party_stops_the_closing_limit_with_a_notice(self):
        #
        case = self.case.with_user(self.leader)
        case.expected_on = date(2026, 12, 15)
        case.has_external_parties = True
        self.assertTrue(self._rows("close", "waived"))
        promise = self._rows("close", "running")
        self.assertEqual(promise.due_on, date(2026, 12, 15))
        self.assertEqual(self._purposes(), ["terms"])
        self.assertIn("December 15, 2026", self.case.correspondence_ids.body)
        self.assertIn("reassessed", self.case.journal_ids.mapped("event"))

    @freeze_time("2026-11-05 09:00:00")
    def test_expected_date_is_the_limit_once_told(self):
        #
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(has_external_parties=True)
        self.assertFalse(self._deadline(self.case, "close"))
        self.case.expected_on = date(2027, 1, 15)
        self.case.with_user(self.leader).action_acknowledge()
        self.assertEqual(self._rows("close", "running").due_on, date(2027, 1, 15))

    def test_external_party_leaving_starts_the_limit(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(has_external_parties=True)
        with freeze_time("2026-11-05 09:00:00"):
            self.case.with_user(self.leader).has_external_parties = False
        self.assertEqual(self._rows("close", "running").due_on, date(2026, 12, 2))

    def test_limit_that_would_have_passed_starts_now(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(has_external_parties=True)
        with freeze_time("2027-02-05 09:00:00"):
            self.case.with_user(self.leader).has_external_parties = False
        self.assertEqual(self._rows("close", "running").due_on, date(2027, 3, 5))

    @freeze_time("2026-11-05 09:00:00")
    def test_writing_the_same_facts_changes_nothing(self):
        self.case.with_user(self.leader).write(
            {"has_external_parties": False, "wants_reply": True, "kind": "complaint"}
        )
        self.assertFalse(self.case.correspondence_ids)
        self.assertFalse(self._rows("close", "waived"))

    @freeze_time("2026-11-05 09:00:00")
    def test_reply_no_longer_wanted_stops_the_reply_clock(self):
        # B-22
        policy = self._create_policy(
            "wanted", term_ids=[self._term("reply", 14, "day", condition="wants_reply")]
        )
        self.kitchen.policy_id = policy
        self.case = self._register(unit_id=self.kitchen.id)
        case = self.case.with_user(self.other_leader)
        case.action_record_wish(False, "She said so on the phone today.")
        self.assertTrue(self._rows("reply", "waived"))
        self.assertFalse(self._rows("reply", "running"))

    @freeze_time("2026-11-05 09:00:00")
    def test_update_is_told_and_the_next_one_is_due(self):
        # C-11, C-14, D-39
        policy = self._create_policy(
            "updates", term_ids=[self._term("update", 14, "day", is_repeating=True)]
        )
        self.kitchen.policy_id = policy
        self.case = self._register(unit_id=self.kitchen.id)
        case = self.case.with_user(self.other_leader)
        with self.assertRaises(UserError):
            case.action_update("")
        with freeze_time("2026-11-12 09:00:00"):
            case.action_update("<p>We have talked with the kitchen.</p>")
            self._deliver(case)
        self.assertEqual(self._rows("update", "running").due_on, date(2026, 11, 26))
        self.assertTrue(self._rows("update", "met"))

    def test_agreed_contact_is_promised_again_each_time_it_is_kept(self):
        # D-35, B-24
        case = self.case.with_user(self.leader)
        with freeze_time("2026-11-05 09:00:00"):
            case.contact_interval = 7
        first = self._rows("update", "running")
        self.assertEqual(first.due_on, date(2026, 11, 12))
        self.assertFalse(first.term_id)
        with freeze_time("2026-11-10 09:00:00"):
            case.action_update("<p>We have talked with the kitchen.</p>")
            self._deliver(case)
        self.assertEqual(self._rows("update", "met"), first)
        second = self._rows("update", "running")
        self.assertEqual(second.due_on, date(2026, 11, 17))
        with freeze_time("2026-11-11 09:00:00"):
            case.contact_interval = 30
        self.assertEqual(self._rows("update", "running"), second)
        with freeze_time("2026-11-12 09:00:00"):
            case.contact_interval = 2
        sooner = self._rows("update", "running") - second
        self.assertEqual(sooner.due_on, date(2026, 11, 14))
        with freeze_time("2026-11-13 09:00:00"):
            case.action_update("<p>More soon.</p>")
            self._deliver(case)
        # Both are kept by the one letter, and one is promised anew.
        third = self._rows("update", "running")
        self.assertEqual(third.mapped("due_on"), [date(2026, 11, 15)])
        with freeze_time("2026-11-14 09:00:00"):
            case.contact_interval = 0
            case.action_update("<p>That is all.</p>")
            self._deliver(case)
        self.assertFalse(self._rows("update", "running"))

    @freeze_time("2026-11-05 09:00:00")
    def test_agreed_contact_makes_nothing_later_than_the_procedure(self):
        # C-14, D-35
        policy = self._create_policy(
            "updates", term_ids=[self._term("update", 14, "day", is_repeating=True)]
        )
        self.kitchen.policy_id = policy
        self.case = self._register(unit_id=self.kitchen.id)
        own = self._rows("update", "running")
        case = self.case.with_user(self.other_leader)
        case.contact_interval = 30
        self.assertEqual(self._rows("update", "running"), own)
        case.contact_interval = 7
        self.assertEqual(len(self._rows("update", "running")), 2)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            case.contact_interval = -3
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            case.contact_interval = 5000

    def test_agreed_contact_ends_with_the_case_and_begins_with_it_again(self):
        # D-35
        case = self.case.with_user(self.leader)
        with freeze_time("2026-11-05 09:00:00"):
            case.contact_interval = 7
            case.action_close("upheld", reason="It was so.")
            self._deliver(case)
        self.assertFalse(self._rows("update", "running"))
        with freeze_time("2026-11-20 09:00:00"):
            case.action_reopen("There is more to it.")
        again = self._rows("update", "running")
        self.assertEqual(again.due_on, date(2026, 11, 27))

    @freeze_time("2026-11-05 09:00:00")
    def test_staff_meeting_is_informed_neutrally(self):
        #
        self.case.category_ids = self.env.ref("klagebehandling.category_food")
        shown = self.case.with_user(self.leader).action_inform_staff()
        self.assertIn("Food", shown["params"]["message"])
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "staff_informed"
        )
        notice = entry.payload["notice"]
        self.assertIn("Food", notice)
        self.assertIn("Workshop", notice)
        self.assertNotIn("cold", notice)
        self.assertTrue(self._rows("inform_staff", "met"))

    @freeze_time("2026-11-05 09:00:00")
    def test_staff_meeting_with_a_walled_person_is_told_nothing(self):
        #
        self.case = self._register(about_manager=True)
        self.assertTrue(self._rows("inform_staff", "running"))
        shown = self.case.with_user(self.director).action_inform_staff()
        self.assertIn("Nothing is told", shown["params"]["message"])
        self.assertTrue(self._rows("inform_staff", "waived"))
        events = self.case.journal_ids.mapped("event")
        self.assertIn("staff_notice_suppressed", events)
        self.assertNotIn("staff_informed", events)

    @freeze_time("2026-11-05 09:00:00")
    def test_confirmation_that_would_tell_who_complains_is_suppressed(self):
        case = self.case.with_user(self.leader)
        with self.assertRaises(UserError):
            case.action_waive_acknowledgement(" ")
        case.action_waive_acknowledgement("The letter box is shared.")
        self.assertTrue(self._rows("acknowledge", "waived"))
        self.assertEqual(self.case.state, "acknowledged")
        self.assertFalse(self.case.correspondence_ids)
