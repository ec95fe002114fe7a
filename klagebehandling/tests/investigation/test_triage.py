# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import InvestigationCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTriage(InvestigationCase):
    """The first assessment, and what follows from it at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()

    def _updates(self):
        return self._deadline(self.case, "update")

    def test_agreed_interval_drives_the_updates(self):
        # D-35, C-11, C-14, D-39
        case = self._as(self.case)
        case.write({"contact_interval": 7, "reply_channel": "phone"})
        self.assertEqual(str(self._updates().due_on), "2026-11-09")
        with freeze_time("2026-11-05 09:00:00"):
            case.action_update("<p>We have talked to the kitchen.</p>")
            self._deliver(self.case)
        rows = self._updates().sorted("id")
        self.assertEqual(rows.mapped("state"), ["met", "running"])
        self.assertEqual(str(rows[1].due_on), "2026-11-12")
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "contact_agreed"
        )
        self.assertEqual(entry.payload, {"days": 7, "medium": "phone"})
        told = [step["text"] for step in self.case._timeline()]
        self.assertIn("We agreed with you how we keep in touch.", told)

    def test_agreed_interval_comes_beside_that_of_the_procedure(self):
        # D-35
        policy = self._create_policy("test_update")
        policy.term_ids = [
            self._term("update", 14, "day", counted_from="previous", is_repeating=True)
        ]
        unit = self._create_unit(
            "Lab",
            parent_id=self.management.id,
            manager_id=self.leader.id,
            policy_id=policy.id,
        )
        self.case = self._register(unit_id=unit.id)
        self.assertEqual(str(self._updates().due_on), "2026-11-16")
        self._as(self.case).contact_interval = 5
        days = self._updates().sorted("id").mapped("due_on")
        self.assertEqual([str(day) for day in days], ["2026-11-16", "2026-11-07"])
        self._as(self.case).action_update("<p>News.</p>")
        self._deliver(self.case)
        # One letter keeps both, and each is promised anew.
        self.assertEqual(
            set(self._updates().filtered("term_id").mapped("state")), {"met", "running"}
        )
        days = self._updates().filtered("is_open").mapped("due_on")
        self.assertEqual({str(day) for day in days}, {"2026-11-16", "2026-11-07"})

    def test_no_interval_of_the_procedure_none_of_the_person(self):
        self._as(self.case).action_update("<p>News.</p>")
        self._deliver(self.case)
        self.assertFalse(self._updates())

    def test_odd_intervals_are_refused(self):
        for days in (-1, 366):
            with self.assertRaises(ValidationError):
                self._as(self.case).contact_interval = days

    def test_put_right_at_once_is_counted_and_has_its_letter(self):
        # D-34, E-34, D-15, M25
        form = Form(self._as(self.case))
        form.triage = "at_once"
        form.save()
        end = self.env["complaint.case.end"].with_user(self.leader)
        end = end.with_context(
            default_case_id=self.case.id,
            default_step="close",
        )
        dialog = Form(end)
        self.assertEqual(dialog.outcome, "resolved_at_once")
        self.assertIn("put right at once", dialog.body)
        dialog.save().action_confirm()
        self.assertEqual(
            (self.case.state, self.case.outcome, self.case.triage),
            ("closed", "resolved_at_once", "at_once"),
        )
        self.assertEqual(self.case.correspondence_ids.purpose, "closing")
        self.assertIn("triage_answered", self._events(self.case))

    def test_what_cannot_wait_is_a_duty_of_today(self):
        # M31, E-51
        form = Form(self._as(self.case))
        form.has_danger = True
        form.concerns_child = True
        form.is_pressing = True  # the procedure has no rule for it
        form.save()
        duties = self.case.duty_ids
        self.assertEqual(
            {(duty.name, duty.owner_id) for duty in duties},
            {("Is it over?", self.leader), ("Is the child safe?", self.director)},
        )
        self.assertEqual(set(duties.mapped("due_on")), {fields.Date.today()})
        self.assertEqual(self.case.next_milestone, "contact", "it comes first")
        self.assertEqual(
            set(duties.deadline_id.mapped("milestone")),
            {"contact"},
        )
        tasks = self.case.activity_ids
        tasks = {(task.summary, task.user_id) for task in tasks}
        self.assertLessEqual({(duty.name, duty.owner_id) for duty in duties}, tasks)

    def test_a_box_ticked_twice_opens_one_duty(self):
        case = self._as(self.case)
        for value in (True, False, True):
            case.has_danger = value
        self.assertEqual(len(self.case.duty_ids), 1)

    def test_what_nobody_did_the_same_day_is_late(self):
        # M31
        self._as(self.case).has_danger = True
        row = self.case.duty_ids.deadline_id
        with freeze_time("2026-11-03 09:00:00"):
            self.env.invalidate_all()
            self.assertTrue(row.is_overdue)
            row._escalate()
        self.assertEqual(row.state, "late")
        self.assertFalse(self.case.correspondence_ids, "nobody is told of it")

    def test_same_day_rules_change_while_the_version_is_in_use(self):
        owner = self.policy.with_user(self.owner)
        self.assertTrue(owner.is_frozen)
        owner.urgency_ids[0].name = "Call at once"
        owner.write({"urgency_ids": [(0, 0, {"sign": "is_pressing", "name": "Call"})]})
        with self.assertRaises(UserError):
            owner.term_ids[0].amount = 99
        changes = self.env["complaint.company.journal"].search(
            [("event", "=", "policy_changed"), ("company_id", "=", self.company.id)]
        )
        rules = [one.payload["rule"] for one in changes]
        self.assertIn("complaint.policy.urgency", rules)

    def test_whistleblowing_is_assessed_with_a_reason(self):
        # M29, A-04
        ground = self.env["complaint.category"].create(
            {"name": "Theft", "code": "theft_x", "is_whistleblowing_ground": True}
        )
        case = self._as(self._register(categories=[]))
        case.sudo().category_ids = ground
        self.assertTrue(case.is_possible_whistleblowing)
        with self.assertRaises(UserError):
            case.whistleblowing_answer = "no"
        case.write(
            {"whistleblowing_answer": "no", "whistleblowing_reason": "Own phone lost."}
        )
        self.assertFalse(case.is_possible_whistleblowing)
        entry = case.sudo().journal_ids.filtered(
            lambda one: one.event == "whistleblowing_assessed"
        )
        self.assertEqual(entry.texts, {"reason": "Own phone lost."})

    def test_a_report_goes_past_the_line(self):
        # M29
        self._as(self.case).whistleblowing_answer = "yes"
        self.assertEqual(self.case.kind, "whistleblowing")
        self.assertTrue(self.case.is_restricted)
        self.assertFalse(self._as(self.case).has_access("read"))

    def test_nothing_is_assessed_after_the_end(self):
        self._as(self.case).action_close(outcome="resolved")
        for values in (
            {"has_danger": True},
            {"law_id": self.law.id},
            {"definition": "x"},
            {"whistleblowing_answer": "yes"},
        ):
            with self.assertRaises(UserError):
                self._as(self.case).write(values)
