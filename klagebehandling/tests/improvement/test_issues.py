# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, PatternCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestIssues(PatternCase):
    """Who is told of a pattern, decides on it and on its issue, and what is entered."""

    def setUp(self):
        super().setUp()
        self.cases = [self._plant(month) for month in (3, 4, 5)]
        self.pattern = self._find().with_user(self.leader)

    def _accept(self, pattern=None, **values):
        pattern = pattern or self.pattern
        action = pattern.action_accept("Food is cold", **values)
        issues = self.env["complaint.issue"].with_user(pattern.env.user)
        return issues.browse(action["res_id"])

    def _events(self):
        return [
            event for case in self.cases for event in case.journal_ids.mapped("event")
        ]

    def test_receiver_is_told_once_and_the_task_names_nothing(self):
        kind = self.env.ref("klagebehandling.mail_activity_type_pattern")
        tasks = self.env["mail.activity"].sudo()
        mine = [("activity_type_id", "=", kind.id), ("user_id", "=", self.leader.id)]
        self.assertEqual(len(tasks.search(mine)), 1)
        for month in (3, 4, 5):
            self._plant(month, self.noise)
        self.assertEqual(len(self._find()), 2)
        task = tasks.search(mine)
        self.assertEqual(len(task), 1)
        self.assertFalse(task.res_id)
        for word in ("food", "Workshop", self.cases[0].reference):
            self.assertNotIn(word, task.summary)

    def test_what_is_decided_stands_in_the_journal_of_each_case(self):
        # M40, C-20
        self.pattern.action_dismiss("One person, three times.")
        entries = self.cases[0].journal_ids.filtered(
            lambda one: one.event == "pattern_dismissed"
        )
        self.assertEqual(entries.texts["reason"], "One person, three times.")
        self.assertEqual(self._events().count("pattern_dismissed"), 3)
        self.assertEqual(entries.user_id, self.leader)

    def test_lesson_and_end_of_an_issue_stand_there_too(self):
        # C-20, M41
        issue = self._accept()
        issue.action_release("Check the boxes before lunch.")
        issue.action_close()
        events = self._events()
        for event in ("pattern_accepted", "lesson_released", "issue_closed"):
            self.assertEqual(events.count(event), 3, event)

    def test_nobody_else_decides(self):
        issue = self._accept()
        for month in (6, 7, 8):
            self._plant(month)
        new = self._find().filtered(lambda one: one.state == "new")
        self.assertEqual(new.receiver_id, self.leader)
        for user in (
            self.director,
            self.other_leader,
            self.worker,
            self.independent,
            self.auditor,
            self.custodian,
            self.owner,
            self.employee,
        ):
            for act in (
                lambda user=user: new.with_user(user).action_dismiss("No."),
                lambda user=user: new.with_user(user).action_accept("Mine"),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
            if user == self.director:  # the line above works the issue too
                continue
            for act in (
                lambda user=user: issue.with_user(user).action_release("Boxes."),
                lambda user=user: issue.with_user(user).action_close(),
                lambda user=user: issue.with_user(user).write({"name": "x"}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
        self.assertEqual((new.state, issue.state), ("new", "open"))
        self.assertFalse(issue.lesson_id)

    def test_issues_of_other_places_take_no_pattern(self):
        issue = self._accept()
        for month in (6, 7, 8):
            self._plant(month, self.noise)
            self._plant(month, self.noise, unit_id=self.kitchen.id)
        patterns = self._find().filtered(lambda one: one.state == "new")
        (own,) = patterns.filtered(lambda one: one.unit_id == self.workshop)
        (other,) = patterns.filtered(lambda one: one.unit_id == self.kitchen)
        theirs = self._accept(other.with_user(self.other_leader))
        # One that the receiver may not see is as good as none.
        with self.assertRaises(AccessError):
            own.with_user(self.leader).action_accept(issue_id=theirs.id)
        with self.assertRaises(AccessError):
            own.with_user(self.leader).action_accept(issue_id=10**6)
        issue.sudo().unit_id = self.management
        self.management.manager_id = self.leader
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "of the same unit"):
            own.with_user(self.leader).action_accept(issue_id=issue.id)
        issue.sudo().write({"unit_id": self.workshop.id, "state": "closed"})
        with self.assertRaisesRegex(UserError, "of the same unit"):
            own.with_user(self.leader).action_accept(issue_id=issue.id)
        issue.sudo().state = "open"
        self.assertEqual(
            own.with_user(self.leader).action_accept(issue_id=issue.id)["res_id"],
            issue.id,
        )
        self.assertEqual(len(issue.case_ids), 6)

    def test_issue_is_owned_by_nobody_behind_its_wall(self):
        issue = self._accept()
        cook = self._create_user("cook", "group_manager")
        self.env["complaint.party"].create(
            {"case_id": self.cases[0].id, "role": "subject", "user_id": cook.id}
        )
        with self.assertRaises(UserError):
            issue.owner_id = cook
        issue.owner_id = self.worker
        self.assertFalse(issue.with_user(cook).exists())
