# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import InvestigationCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPoints(InvestigationCase):
    """What the complaint is about, its points, the plan, and the answer to each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()

    def _investigate(self):
        """As on the page: the words, two points, a step."""
        form = Form(self._as(self.case))
        form.definition = "The food is cold, and nobody answers."
        for name in ("The food is cold", "Nobody answers"):
            with form.point_ids.new() as point:
                point.name = name
        with form.plan_ids.new() as step:
            step.name = "Measure at noon"
        form.save()
        return self._as(self.case.point_ids)

    def _answer(self):
        compose = self.env["complaint.case.compose"].with_user(self.leader)
        compose = compose.with_context(
            default_case_id=self.case.id, default_purpose="reply"
        )
        return Form(compose)

    def test_definition_is_agreed_and_then_stands(self):
        # C-04, C-05
        case = self._as(self.case)
        with self.assertRaises(UserError):
            case.action_agree_definition()
        points = self._investigate()
        case.action_agree_definition()
        self.assertEqual(str(self.case.definition_agreed_on), "2026-11-02")
        with self.assertRaises(UserError):
            points[0].name = "Something smaller"
        with self.assertRaises(UserError):
            points[0].unlink()
        points[0].findings = "48 degrees."
        # What is changed has to be agreed anew.
        case.definition = "Only the food."
        self.assertFalse(self.case.definition_agreed_on)
        events = self._events(self.case)
        self.assertIn("definition_agreed", events)
        self.assertIn("definition_changed", events)
        self.assertIn(
            "We agreed with you what your complaint is about.",
            [step["text"] for step in self.case._timeline()],
        )

    def test_date_of_the_agreement_is_not_written(self):
        with self.assertRaises(UserError):
            self._as(self.case).definition_agreed_on = "2026-01-01"

    def test_plan_findings_and_conclusion_are_recorded(self):
        # C-03
        points = self._investigate()
        step = self._as(self.case.plan_ids)
        step.write({"is_done": True, "result": "48 degrees."})
        self.assertEqual(str(step.done_on), "2026-11-02")
        with self.assertRaises(UserError):
            step.unlink()
        points[0].write({"findings": "Measured.", "conclusion": "upheld"})
        self.assertEqual(points.mapped("state"), ["concluded", "raised"])
        events = self._events(self.case)
        for event in ("point_raised", "step_done", "point_concluded"):
            self.assertIn(event, events)
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "point_concluded"
        )
        self.assertEqual(entry.payload["conclusion"], "upheld")
        self.assertFalse(entry.texts)

    def test_answer_takes_the_points_and_answers_them(self):
        # C-03, D-16, M48
        points = self._investigate()
        points[0].write({"conclusion": "upheld", "reason": "It was 48 degrees."})
        form = self._answer()
        self.assertEqual(form.open_points, "Nobody answers")
        self.assertFalse(form.is_every_point_answered)
        form.is_every_point_answered = True
        form.remedy = "A new trolley."
        with self.assertRaisesRegex(UserError, "Nobody answers"):
            form.save().action_send()
        points[1].write({"conclusion": "no_finding", "reason": "No log is kept."})
        form = self._answer()
        self.assertTrue(form.is_every_point_answered)
        for words in ("The food is cold", "It was 48 degrees.", "No log is kept."):
            self.assertIn(words, form.body)
        form.remedy = "A new trolley."
        form.save().action_send()
        self.assertEqual(set(points.mapped("state")), {"concluded"})
        self._deliver(self.case)
        points.invalidate_recordset()
        self.assertEqual(set(points.mapped("state")), {"answered"})
        with self.assertRaises(UserError):
            points[0].conclusion = "not_upheld"

    def test_answer_without_points_is_as_it_was(self):
        form = self._answer()
        self.assertFalse(form.is_every_point_answered or form.open_points)
        # The only list is that of the bodies outside.
        bodies = str(self.case.onward_bodies).count("<ul>")
        self.assertEqual(form.body.count("<ul>"), bodies)
        self.assertNotIn("We agree with you", form.body)

    def test_points_are_for_who_works_the_case(self):
        # C-08
        points = self._investigate()
        for user in (self.worker, self.director):
            self.assertTrue(points.with_user(user).has_access("read"))
        for user in (self.other_leader, self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                points.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            self.env["complaint.point"].with_user(self.other_leader).create(
                {"case_id": self.case.id, "name": "x"}
            )

    def test_nothing_is_added_after_the_end(self):
        points = self._investigate()
        self._as(self.case).action_close(outcome="upheld")
        for act in (
            lambda: points.write({"findings": "x"}),
            lambda: points.create({"case_id": self.case.id, "name": "x"}),
            lambda: self._as(self.case.plan_ids).write({"is_done": True}),
        ):
            with self.assertRaises(UserError):
                act()

    def test_words_are_erased_with_a_ground(self):
        points = self._investigate()
        points[0].sudo()._erase_text("It named a third person.")
        self.assertFalse(points[0].name)
        self.assertTrue(points[0].text_erased_on)
        self._as(self.case).action_erase_text("She asked for it.")
        self.assertFalse(self.case.definition)

    def test_points_are_not_forged(self):
        points = self._investigate()
        letter = self.env["complaint.correspondence"].create(
            {"case_id": self.case.id, "body": "x"}
        )
        for values in ({"letter_id": letter.id}, {"case_id": self._register().id}):
            with self.assertRaises(UserError):
                points[0].write(values)
        for values in ({"name": " "}, {"name": False}):
            with self.assertRaises(UserError):
                points[0].write(values)
        with self.assertRaises(UserError):
            points.create({"case_id": self.case.id})
