# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"
LESSONS = "klagebehandling.mail_activity_type_lesson"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFeedback(ComplaintCase):
    """What was learned goes back to the units, which confirm it (B-08, E-11)."""

    def _release(self, unit=None, user=None):
        """A lesson from three cases, released by whoever leads the unit."""
        unit = unit or self.management
        cases = [self._register() for _number in range(3)]
        issue = self.env["complaint.issue"].create(
            {
                "name": "Cold food",
                "company_id": self.company.id,
                "unit_id": unit.id,
                "case_ids": [Command.set([case.id for case in cases])],
            }
        )
        issue = issue.with_user(user or self.director)
        lesson_id = issue.action_release("Warm the plates first.")
        return self.env["complaint.lesson"].browse(lesson_id)

    def _tasks(self, user):
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.env.ref(LESSONS).id),
                ("user_id", "=", user.id),
            ]
        )

    def _of(self, lesson, unit):
        return lesson.feedback_ids.filtered(lambda row: row.unit_id == unit)

    def test_lesson_is_given_back_to_each_unit_and_that_is_recorded(self):
        # B-08
        lesson = self._release()
        rows = lesson.feedback_ids
        self.assertEqual(rows.unit_id, self.management | self.workshop | self.kitchen)
        self.assertEqual(rows.given_by_id, self.director)
        self.assertEqual({str(row.given_on) for row in rows}, {"2026-11-02"})
        self.assertEqual(rows[0].text, "Warm the plates first.")
        for user in (self.director, self.leader, self.other_leader):
            self.assertEqual(len(self._tasks(user)), 1)
            self.assertIn("a lesson for your unit", self._tasks(user).summary)
        self._release()
        self.assertEqual(len(self._tasks(self.leader)), 1, "asked once")
        self.assertEqual(
            self._release(self.workshop, self.leader).feedback_ids.unit_id,
            self.workshop,
        )

    def test_unit_confirms_it_and_passes_it_on(self):
        # B-08, E-11
        row = self._of(self._release(), self.workshop).with_user(self.leader)
        row.action_confirm("We warm them.")
        self.assertEqual(row.confirmed_by_id, self.leader)
        self.assertEqual(str(row.confirmed_on), "2026-11-02")
        self.assertEqual(row.answer, "We warm them.")
        self.assertTrue(self._tasks(self.leader))
        with self.assertRaises(UserError):
            row.action_pass_on()
        with self.assertRaises(ValidationError):
            row.action_pass_on("by pigeon")
        row.action_pass_on("meeting")
        self.assertEqual(
            (row.passed_by_id, str(row.passed_on), row.how),
            (self.leader, "2026-11-02", "meeting"),
        )
        self.assertFalse(self._tasks(self.leader))

    def test_what_is_confirmed_stays(self):
        # B-08, E-11
        row = self._of(self._release(), self.workshop).with_user(self.leader)
        row.write({"answer": "We", "how": "written"})
        row.action_confirm()
        row.action_pass_on()
        with freeze_time("2026-12-02 09:00:00"):
            row.action_confirm("Something else")
            row.action_pass_on("person")
        self.assertEqual((str(row.confirmed_on), row.answer), ("2026-11-02", "We"))
        self.assertEqual((str(row.passed_on), row.how), ("2026-11-02", "written"))
        for values in (
            {"answer": "x"},
            {"how": "person"},
            {"confirmed_on": "2020-01-01"},
            {"confirmed_by_id": self.director.id},
            {"passed_on": "2020-01-01"},
            {"unit_id": self.kitchen.id},
        ):
            with self.assertRaises(UserError):
                row.write(values)
        with self.assertRaises(AccessError):
            row.unlink()

    def test_unit_answers_for_itself(self):
        # B-08: who gave it does not confirm it
        row = self._of(self._release(), self.workshop)
        self.assertEqual(row.with_user(self.director).unit_id, self.workshop)
        for act in ("action_confirm", "action_pass_on"):
            with self.assertRaises(UserError):
                getattr(row.with_user(self.director), act)()
        for user in (
            self.worker,
            self.other_leader,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.employee,
        ):
            for act in ("action_confirm", "action_pass_on"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(row.with_user(user), act)()
        self.assertFalse(row.confirmed_on)

    def test_each_reads_what_is_of_the_own_units(self):
        # B-08
        rows = self._release().feedback_ids
        seen = {
            user: (self.env["complaint.feedback"].with_user(user).search([]) & rows)
            for user in (
                self.director,
                self.leader,
                self.worker,
                self.other_leader,
                self.auditor,
            )
        }
        self.assertEqual(seen[self.director], rows)
        self.assertEqual(seen[self.auditor], rows)
        for user in (self.leader, self.worker):
            self.assertEqual(seen[user].unit_id, self.workshop)
        self.assertEqual(seen[self.other_leader].unit_id, self.kitchen)
        for user in (self.employee, self.custodian, self.independent, self.owner):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.feedback"].with_user(user).search([])
        with self.assertRaises(UserError):
            self.env["complaint.feedback"].with_user(self.director).create(
                {"lesson_id": rows[0].lesson_id.id, "unit_id": self.workshop.id}
            )
