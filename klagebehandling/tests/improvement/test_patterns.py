# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, PatternCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPatterns(PatternCase):
    """Two plain rules over a planted year, each receiver's over their own (M40)."""

    def _hits(self, patterns):
        return {
            (one.rule, one.receiver_id, one.unit_id, one.category_id): one.case_ids
            for one in patterns
        }

    def test_planted_year_gives_exactly_these_hits(self):
        # C-18, D-14, E-07, E-14, E-65, M40
        food = [self._plant(month) for month in (12, 3, 9)]
        self._plant(10)  # the fourth
        noisy = self._plant(1, self.noise)  # twice is none
        measures = self.env["complaint.action"].with_user(self.leader)
        with freeze_time("2026-01-20 09:00:00"):
            measures.create(
                {"case_id": noisy.id, "name": "Doors", "due_on": "2026-01-31"}
            ).action_done("Hung")
        again = self._plant(2, self.noise)
        for month in (3, 4, 5):  # praise is none
            self._plant(
                month, self.noise, kind="view", unit_id=self.kitchen.id
            ).kind = "praise"
        with freeze_time("2025-06-15 12:00:00"):  # before the window
            self._register(categories=[self.noise.code])
        hits = self._hits(self._find())
        key = ("repeat", self.leader, self.workshop, self.food)
        after = ("recurrence", self.leader, self.workshop, self.noise)
        self.assertEqual(hits.keys(), {key, after})
        self.assertEqual(hits[after], again)
        self.assertEqual(len(hits[key]), 4)
        self.assertLessEqual({one.id for one in food}, {*hits[key].ids})
        pattern = self._find()
        self.assertEqual(len(pattern), 2, "looked for twice")
        pattern = pattern.filtered(lambda one: one.rule == "repeat")
        self.assertEqual(
            pattern.explanation,
            "4 complaints about “food” in Workshop within 12 months.",
        )
        self.assertEqual(
            (str(pattern.first_on), str(pattern.last_on)), ("2025-12-15", "2026-10-15")
        )

    def test_walled_hits_go_to_who_may_read_them_and_to_nobody_else(self):
        # C-18: computed over what its receiver may read
        about = [{"role": "subject", "user_id": self.leader.id}]
        open_ones = [self._plant(month) for month in (3, 4)]
        walled = self._plant(5, parties=about)
        secret = [self._plant(month, kind="whistleblowing") for month in (6, 7, 8)]
        hits = self._hits(self._find())
        place = (self.workshop, self.food)
        self.assertEqual(
            hits.keys(),
            {("repeat", self.director, *place), ("repeat", self.independent, *place)},
        )
        by_user = {key[1]: cases for key, cases in hits.items()}
        self.assertEqual({*by_user[self.director]}, {*open_ones, walled})
        self.assertEqual({*by_user[self.independent]}, {*secret})
        patterns = self.finder.search([("company_id", "=", self.company.id)])
        for user in (self.leader, self.other_leader):
            self.assertFalse(self.finder.with_user(user).search([]) & patterns)
        for user in (self.director, self.independent):
            own = self.finder.with_user(user).search([]) & patterns
            self.assertEqual(own.receiver_id, user)
            self.assertEqual(len(own.case_ids), 3)
        for user in (self.worker, self.employee, self.auditor, self.custodian):
            with self.assertRaises(AccessError):
                self.finder.with_user(user).search([])

    def test_nearest_gets_an_own_pattern_and_above_only_what_is_more(self):
        for month in (3, 4, 5):
            self._plant(month)
        self.assertEqual(self._find().receiver_id, self.leader)
        self._plant(6, parties=[{"role": "subject", "user_id": self.leader.id}])
        patterns = self._find()
        self.assertEqual({*patterns.receiver_id}, {self.leader, self.director})
        self.assertEqual(sorted(patterns.mapped("case_count")), [3, 4])

    def test_wall_that_grows_takes_the_pattern_away(self):
        cases = [self._plant(month) for month in (3, 4, 5)]
        pattern = self._find().with_user(self.leader)
        self.assertTrue(pattern.exists())
        self.env["complaint.party"].create(
            {"case_id": cases[0].id, "role": "subject", "user_id": self.leader.id}
        )
        self.assertFalse(pattern.exists())

    def test_again_after_a_done_measure(self):
        # M40, C-19
        case = self._plant(3)
        with freeze_time("2026-04-01 09:00:00"):
            measure = (
                self.env["complaint.action"]
                .with_user(self.leader)
                .create({"case_id": case.id, "name": "Boxes", "due_on": "2026-04-20"})
            )
            self._plant(4)  # the same month, and before it was done
        self.assertFalse(self._find())
        with freeze_time("2026-05-01 09:00:00"):
            measure.action_done("Bought")
        self.assertFalse(self._find())
        later = self._plant(6)
        other = self._plant(6, self.noise)
        hits = self._hits(self._find().filtered(lambda one: one.rule == "recurrence"))
        key = ("recurrence", self.leader, self.workshop, self.food)
        self.assertEqual(hits, {key: later})
        self.assertNotIn(other, hits[key])

    def test_pattern_is_accepted_into_an_issue_with_measures(self):
        # C-18, C-20, M40
        cases = [self._plant(month) for month in (3, 4, 5)]
        pattern = self._find().with_user(self.leader)
        action = pattern.action_accept("Food is cold")
        issue = self.env["complaint.issue"].with_user(self.leader)
        issue = issue.browse(action["res_id"])
        self.assertEqual({*issue.case_ids}, {*cases})
        issue.action_ids = [
            (0, 0, {"name": "New routine", "kind": "routine", "due_on": "2026-12-01"})
        ]
        self.assertEqual(issue.action_ids.unit_id, self.workshop)
        self.assertFalse(issue.action_ids.case_id)
        with self.assertRaises(UserError):
            issue.action_close()
        issue.action_ids.action_done("Written")
        issue.action_close()
        for act in (pattern.action_accept, pattern.action_dismiss):
            with self.assertRaises(UserError):
                act("x")
        self.assertIn("pattern_accepted", cases[0].journal_ids.mapped("event"))
        # Decided, it comes back only with as many new cases.
        self.assertEqual(self._find(), pattern)
        for month in (6, 7):
            self._plant(month)
        self.assertEqual(set(self._find().mapped("rule")) - {"recurrence"}, {"repeat"})
        self.assertEqual(len(self._find().filtered(lambda p: p.rule == "repeat")), 1)
        self._plant(8)
        self.assertEqual(len(self._find().filtered(lambda p: p.rule == "repeat")), 2)

    def test_wall_that_grows_takes_the_measures_of_an_issue_back(self):
        issue = self._issue()
        issue.action_ids = [
            (0, 0, {"name": "Ask", "due_on": "2026-12-01", "owner_id": self.worker.id})
        ]
        mine = self.env["complaint.action.assignment"].with_user(self.worker)
        self.assertTrue(mine.search([]))
        measure = issue.action_ids.with_user(self.worker)
        self.assertTrue(measure.exists())
        self.env["complaint.party"].create(
            {
                "case_id": issue.case_ids[0].id,
                "role": "subject",
                "user_id": self.worker.id,
            }
        )
        self.assertFalse(mine.search([]))
        self.assertFalse(measure.exists())
        with self.assertRaises(UserError):
            issue.action_ids.owner_id = self.worker

    def test_pattern_is_dismissed_with_a_reason(self):
        # M40
        for month in (3, 4, 5):
            self._plant(month)
        pattern = self._find().with_user(self.leader)
        with self.assertRaises(UserError):
            pattern.action_dismiss()
        with self.assertRaises(UserError):
            pattern.write({"state": "dismissed"})
        pattern.action_dismiss("One person, three times.")
        self.assertEqual(pattern.state, "dismissed")
        self.assertEqual(self._find(), pattern)
        with self.assertRaises(AccessError):
            pattern.with_user(self.other_leader).action_accept()

    def _issue(self, count=3, **values):
        for month in range(2, 2 + count):
            self._plant(month, **values)
        pattern = self._find()
        pattern = pattern.with_user(pattern.receiver_id)
        action = pattern.action_accept("Food is cold")
        issues = self.env["complaint.issue"].with_user(pattern.receiver_id)
        return issues.browse(action["res_id"])

    def test_lesson_goes_to_the_units_without_anybody_in_it(self):
        # M41, B-08, E-50
        issue = self._issue()
        for text in (
            "",
            "Kari Nordmann was right.",
            f"See {issue.case_ids[0].reference}.",
        ):
            with self.assertRaises(UserError):
                issue.action_release(text)
        issue.action_release("Check the boxes before lunch.")
        with self.assertRaises(UserError):
            issue.action_release("Again")
        lessons = self.env["complaint.lesson"].with_user(self.employee)
        lesson = lessons.search([("company_id", "=", self.company.id)])
        self.assertEqual(lesson.text, "Check the boxes before lunch.")
        self.assertEqual(lesson.unit_id, self.workshop)
        pointed = {field.comodel_name for field in lesson._fields.values()}
        self.assertFalse(pointed & {"complaint.case", "complaint.issue"})
        for user in (self.employee, self.leader, self.owner):
            with self.assertRaises(UserError):
                lesson.with_user(user).text = "x"

    def test_lesson_needs_enough_cases(self):
        # M41
        self.policy.lesson_cases = 4
        issue = self._issue()
        with self.assertRaisesRegex(UserError, "fewer than 4"):
            issue.action_release("Check the boxes.")
        issue.sudo().case_ids |= self._plant(9)
        issue.action_release("Check the boxes.")

    def test_what_is_handled_independently_stays_there(self):
        issue = self._issue(kind="whistleblowing")
        self.assertTrue(issue.is_independent)
        with self.assertRaises(UserError):
            issue.action_release("x")
        issue.action_ids = [
            (
                0,
                0,
                {"name": "Talk to him", "kind": "preventive", "due_on": "2026-12-01"},
            )
        ]
        for user in (self.leader, self.director, self.worker):
            self.assertFalse(
                issue.with_user(user).exists() if user != self.worker else 0
            )
            self.assertFalse(issue.action_ids.sudo(False).with_user(user).exists())
        company = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "like", "measure")]
        )
        self.assertFalse(company)
        self.assertIn(
            "measure_opened", issue.sudo().case_ids[0].journal_ids.mapped("event")
        )

    def test_queries_do_not_grow_with_the_cases(self):
        for month in (2, 3, 4):
            self._plant(month)
        self._find()

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.finder._find_in(self.company)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        for month in range(2, 11):
            self._plant(month)
        self.finder._find_in(self.company)
        queries()
        self.assertLessEqual(queries(), few)
