import random

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_review import NOW, ReviewCase

LEAST = 5


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReviewFigures(ReviewCase):
    """What the data say of a year, frozen; nobody learns of a hidden case by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subject = cls._create_user("subject", "group_manager")
        cls.readers = cls.director | cls.leader | cls.other_leader | cls.subject
        cls.readers |= cls.auditor | cls.owner

    def _say(self, review, key, user=None):
        figure = review.figure_ids.filtered(lambda one: one.key == key)
        return figure.with_user(user or self.director).text

    def _make(self, count, **values):
        cases = [
            self._register(received_at="2026-06-01T10:00", **values)
            for _number in range(count)
        ]
        return self.env["complaint.case"].union(*cases)

    def _wall(self, count, user, **values):
        subject = {"role": "subject", "name": user.name, "user_id": user.id}
        return self._make(count, parties=[subject], **values)

    def test_figures_are_those_of_the_year_and_stay(self):
        # C-35
        cases = self._make(6)
        self._register(received_at="2027-01-01T10:00")
        with freeze_time("2026-06-05 10:00:00"):
            for case in cases[:5]:
                case.deadline_ids._meet()
        review = self._open()
        self.assertEqual(self._say(review, "received"), "6")
        self.assertEqual(self._say(review, "acknowledge"), "5 of 6 (83 %)")
        line = self._line(review, "T-01").with_user(self.director)
        self.assertEqual(line.evidence, "5 of 6 (83 %)")
        self._make(3)
        review.invalidate_recordset()
        self.assertEqual(self._say(review, "received"), "6")

    def test_satisfaction_is_read(self):
        # D-08, C-33, C-36
        self.env.cr.execute("DELETE FROM complaint_satisfaction")
        answer = {"was_heard": 5, "was_clear": 4, "was_fair": 2}
        rows = self.env["complaint.satisfaction"].create(
            [
                {
                    "company_id": self.company.id,
                    "unit_id": unit.id,
                    "month": month,
                    **answer,
                }
                for unit, month, count in (
                    (self.workshop, "2026-11-01", 5),
                    (self.kitchen, "2026-11-01", 4),
                    (self.workshop, "2027-01-01", 5),
                )
                for _number in range(count)
            ]
        )
        self.assertEqual(len(rows), 14)
        review = self._open()
        line = self._line(review, "T-03")
        self.assertEqual(
            line.evidence,
            "5 answers, from 1 to 5: listened to 5.0, understood what happened 4.0, "
            "treated fairly 2.0",
        )
        self.assertEqual(self._say(review, "satisfaction", self.owner), line.evidence)

    def test_few_are_not_shown_and_none_are(self):
        self.assertEqual(self._say(self._open(2025), "received"), "0")
        self._make(LEAST - 1)
        held_back = "Not shown: too few, or it could tell of single cases."
        figures = self._open().figure_ids.filtered(lambda one: one.key == "received")
        self.assertFalse(figures.sudo().numbers)
        for user in self.readers:
            self.assertEqual(figures.with_user(user).text, held_back)

    def test_few_that_are_not_hidden_are_not_told_among_many_that_are(self):
        self._make(LEAST - 1)
        self._wall(LEAST, self.subject)
        figures = self._open().figure_ids.filtered(lambda one: one.key == "received")
        self.assertFalse(figures.sudo().numbers)

    def test_hidden_from_one_person_only_is_told_to_none(self):
        """Who stands behind a wall may come to read the figures."""
        self._make(8)
        self._wall(1, self.worker)
        numbers = self._publish(self.director)
        self.assertEqual(numbers["total"], 8, "all readers read the ninth")

    def test_enough_that_a_person_cannot_read_count(self):
        """What is handled independently is hidden from whoever a case is about too."""
        self._make(8)
        self._make(LEAST, kind="whistleblowing")
        self._wall(1, self.worker)
        self.assertEqual(self._publish(self.director)["total"], 8 + LEAST + 1)

    def _publish(self, readers):
        figures = self.env["complaint.figure"]
        scope = figures._of_procedure(self.policy, *self._open()._period())
        one = figures._publish(scope, ["received"], readers, LEAST)["received"]
        self.assertFalse(one["withheld"])
        return one["numbers"]

    def test_readers_are_those_of_the_groups_in_the_organisation(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        gone = self._create_user("gone", "group_auditor")
        gone.active = False
        moved = self._create_user("moved", "group_auditor")
        moved.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        figures = self.env["complaint.review.figure"]
        found = figures._review_readers(self.company)
        known = self.readers | gone | moved | self.worker | self.custodian
        known |= self.employee | self.independent
        self.assertEqual(found & known, self.readers)

    def test_few_hidden_cases_tell_the_same_as_none(self):
        self._make(8)
        before = self.policy._open_review(2026)
        self._wall(LEAST - 1, self.subject)
        self._register(received_at="2026-06-01T10:00", kind="whistleblowing")
        texts = {
            user: [one.with_user(user).text for one in before.figure_ids]
            for user in self.readers
        }
        self.env.cr.execute("DELETE FROM complaint_review WHERE id = %s", [before.id])
        self.env.invalidate_all()
        after = self.policy._open_review(2026)
        for user in self.readers:
            with self.subTest(user=user.login):
                self.assertEqual(
                    [one.with_user(user).text for one in after.figure_ids], texts[user]
                )

    def test_enough_hidden_cases_count(self):
        self._make(8)
        self._wall(LEAST, self.subject)
        review = self._open()
        self.assertEqual(self._say(review, "received"), "13")
        self.assertEqual(self._say(review, "received", self.subject), "13")

    def test_whoever_could_count_all_but_a_few_is_not_shown_it(self):
        self._make(7)
        self._make(1, unit_id=self.kitchen.id)
        review = self._open()
        held_back = "Not shown: too few, or it could tell of single cases."
        self.assertEqual(self._say(review, "received", self.director), "8")
        self.assertEqual(self._say(review, "received", self.owner), "8")
        self.assertEqual(self._say(review, "received", self.leader), held_back)
        self.assertEqual(self._say(review, "received", self.other_leader), "8")

    def test_few_of_another_unit_are_not_told_beside_enough_that_are_hidden(self):
        self._make(8)
        self._make(1, unit_id=self.kitchen.id)
        self._make(LEAST, kind="whistleblowing")
        review = self._open()
        self.assertEqual(self._say(review, "received", self.director), "14")
        text = self._say(review, "received", self.leader)
        self.assertTrue(text.startswith("Not shown"))

    def test_hidden_cases_are_told_where_each_part_of_a_figure_is_enough(self):
        plain, hidden = self._make(8), self._wall(LEAST + 1, self.subject)
        with freeze_time("2026-06-05 10:00:00"):
            for case in plain | hidden[:3]:
                case.deadline_ids._meet()
        self.assertEqual(self._say(self._open(), "acknowledge"), "8 of 8 (100 %)")

    def test_nobodys_numbers_are_read_sorted_or_searched(self):
        self._make(7)
        figures = self._open().figure_ids
        for user in self.readers:
            mine = figures.with_user(user)
            for name in ("numbers", "withheld_user_ids"):
                with self.assertRaises(AccessError):
                    mine.read([name])
                with self.assertRaises(AccessError):
                    mine.search([(name, "!=", False)])

    def test_figure_minus_what_its_reader_counts_is_nothing_or_enough(self):
        """The property, over drawn worlds: for each reader and each figure."""
        draw = random.Random(33)
        for world in range(6):
            with self.subTest(world=world):
                self._check_world(draw)

    def _check_world(self, draw):
        with self.env.cr.savepoint() as savepoint:
            for unit in (self.workshop, self.kitchen, self.management):
                self._make(draw.choice((0, 1, 4, 5, 9)), unit_id=unit.id)
            for user in (self.subject, self.leader, self.auditor):
                self._wall(draw.choice((0, 0, 1, 4, 5, 6)), user)
            self._make(draw.choice((0, 1, 5)), kind="whistleblowing")
            cases = self.env["complaint.case"].search(
                [("company_id", "=", self.company.id)]
            )
            with freeze_time("2026-06-05 10:00:00"):
                for case in cases:
                    if draw.random() < 0.5:
                        case.deadline_ids._meet()
            review = self.policy._open_review(2026)
            for user in self.readers:
                self._check_reader(review, user, cases)
            savepoint.rollback()
        self.env.invalidate_all()

    def _check_reader(self, review, user, cases):
        met = [("case_id", "in", cases.ids), "|"]
        met += [("state", "=", "met"), ("is_overdue", "=", True)]
        in_year = [("due_on", ">=", "2026-01-01"), ("due_on", "<=", "2026-12-31")]
        domains = {
            "received": ("complaint.case", [("id", "in", cases.ids)]),
            **{
                duty: ("complaint.deadline", [*met, *in_year, ("milestone", "=", duty)])
                for duty in ("acknowledge", "inform_staff", "close")
            },
        }
        for key, (model, domain) in domains.items():
            text = self._say(review, key, user)
            if text.startswith("Not shown"):
                continue
            shown = int(text.partition(" of ")[2].partition(" ")[0] or text.split()[0])
            rows = self.env[model].with_user(user)
            can = rows.search_count(domain) if rows.has_access("read") else 0
            self.assertTrue(
                shown <= can or shown - can >= LEAST,
                f"{user.login} {key}: {shown} shown, {can} counted",
            )
