# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW, PatternCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPatternsCounted(PatternCase):
    """What is counted for a pattern, what is not, and by whom (C-18, M40)."""

    def _measure(self, case, done_on, user=None, **values):
        """A measure of a case that was done on a day."""
        actions = self.env["complaint.action"].with_user(user or self.leader)
        with freeze_time(f"{done_on} 09:00:00"):
            measure = actions.create(
                {"case_id": case.id, "name": "Boxes", "due_on": done_on, **values}
            )
            measure.action_done("Bought")
        return measure

    def _recurrences(self):
        return self._find().filtered(lambda one: one.rule == "recurrence")

    def test_what_ended_elsewhere_or_was_taken_back_is_not_counted(self):
        cases = [self._plant(month) for month in (3, 4, 5)]
        cases[0].action_withdraw("Said so")
        self.assertFalse(self._find())
        self._plant(6)
        self.assertEqual(len(self._find().case_ids), 3)

    def test_what_was_sent_twice_is_counted_once(self):
        cases = [self._plant(month) for month in (3, 4, 5)]
        cases[0].is_repeat = True
        self.env.flush_all()
        self.assertFalse(self._find())

    def test_what_is_no_complaint_about_the_unit_is_not_counted(self):
        appeal = self.env.ref("klagebehandling.category_out_of_scope_appeal")
        for month in (3, 4, 5):
            self._plant(month, appeal)
        self.assertFalse(self._find())

    def test_each_unit_has_the_window_of_its_own_procedure(self):
        wide = self._create_policy("test_wide", pattern_months=36)
        self._create_unit("Annex", manager_id=self.leader.id, policy_id=wide.id)
        with freeze_time("2025-06-15 12:00:00"):
            self._register(categories=[self.food.code])
        for month in (3, 4):
            self._plant(month)
        self.assertFalse(self._find())

    def test_who_is_led_by_the_person_is_told_nothing(self):
        # C-18: the leader is no person of the case, and stands behind its wall.
        for month in (3, 4):
            self._plant(month)
        case = self._plant(
            5, parties=[{"role": "subject", "user_id": self.director.id}]
        )
        self.assertIn(self.leader, case.walled_user_ids)
        self.assertNotIn(self.leader, case.barred_user_ids)
        self.assertFalse(self._find())

    def test_who_is_led_by_the_person_in_the_same_line_is_told_nothing(self):
        # C-18: the case stays in the line, which goes on above the leader.
        foreman = self._create_user("foreman", "group_manager")
        bench = self._create_unit(
            "Bench", parent_id=self.workshop.id, manager_id=foreman.id
        )
        about = [{"role": "subject", "user_id": self.leader.id}]
        for month in (3, 4):
            self._plant(month, unit_id=bench.id)
        case = self._plant(5, unit_id=bench.id, parties=about)
        self.assertFalse(case.is_restricted)
        self.assertIn(foreman, case.walled_user_ids)
        self.assertNotIn(foreman, case.barred_user_ids)
        self.assertEqual(self._find().receiver_id, self.director)

    def test_who_is_a_person_of_the_case_is_told_nothing(self):
        for month in (3, 4):
            self._plant(month)
        case = self._plant(5, parties=[{"role": "witness", "user_id": self.leader.id}])
        self.assertNotIn(self.leader, case.walled_user_ids)
        self.assertEqual(self._find().receiver_id, self.director)

    def test_remedy_for_one_person_removed_no_cause(self):
        case = self._plant(3)
        self._measure(case, "2026-04-20", kind="apology")
        self._plant(6)
        self.assertFalse(self._recurrences())

    def test_case_of_the_issue_itself_is_no_recurrence(self):
        cases = [self._plant(month) for month in (2, 3, 4)]
        issue = self.env["complaint.issue"].create(
            {
                "name": "Cold food",
                "company_id": self.company.id,
                "unit_id": self.workshop.id,
                "category_id": self.food.id,
                "case_ids": [Command.set([case.id for case in cases])],
            }
        )
        with freeze_time("2026-05-01 09:00:00"):
            issue.action_ids = [
                Command.create({"name": "New routine", "due_on": "2026-05-10"})
            ]
            issue.action_ids.with_user(self.leader).action_done("Written")
        issue.case_ids |= self._plant(6)
        self.assertFalse(self._recurrences())
        later = self._plant(7)
        self.assertEqual(self._recurrences().case_ids, later)

    def test_recurrence_tells_nobody_of_a_case_that_is_hidden_from_them(self):
        # The measure came of a case about the leader.
        about = [{"role": "subject", "user_id": self.leader.id}]
        case = self._plant(3, parties=about)
        self._measure(case, "2026-04-20", self.director)
        later = self._plant(6)
        found = self._recurrences()
        self.assertEqual((found.receiver_id, found.case_ids), (self.director, later))

    def test_pattern_of_who_leads_no_more_goes_to_who_does(self):
        for month in (3, 4, 5):
            self._plant(month)
        self.assertEqual(self._find().receiver_id, self.leader)
        self.workshop.manager_id = self.other_leader
        self.assertEqual(self._find().receiver_id, self.other_leader)
