# What people say in a test is not translated.
# pylint: disable=translation-required
import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import InvestigationCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDuties(InvestigationCase):
    """The governing law proposes its duties; each is settled with words (M32)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()

    def _choose(self, case=None, law=None):
        form = Form(self._as(case or self.case))
        form.law_id = law or self.law
        form.save()
        return (case or self.case).duty_ids

    def test_law_proposes_its_duties_with_owner_and_clock(self):
        # M32, N04
        duties = self._choose().sorted("id")
        self.assertEqual(duties.owner_id, self.leader)
        self.assertEqual(
            [(duty.name, str(duty.due_on)) for duty in duties],
            [
                ("Report misconduct (not verified)", "2026-11-02"),
                ("Tell the police (not verified)", "2026-11-05"),
            ],
        )
        self.assertEqual(set(duties.deadline_id.mapped("milestone")), {"statutory"})
        self.assertEqual(self._events(self.case).count("duty_proposed"), 2)
        # Chosen again, nothing is doubled.
        self._as(self.case).law_id = False
        self._choose()
        self.assertEqual(self.case.duty_ids.sorted("id"), duties)

    def test_law_counts_on_the_day_of_what_happened(self):
        # N04: laws have dates
        self.assertEqual(self._as(self.case).fitting_law_ids & self._both(), self.law)
        with self.assertRaises(ValidationError):
            self._as(self.case).law_id = self.old_law
        before = self._register(event_date="2025-06-01")
        self.assertEqual(self._as(before).fitting_law_ids & self._both(), self.old_law)
        self._choose(before, self.old_law)
        with self.assertRaises(ValidationError):
            self._as(before).law_id = self.law

    def _both(self):
        return self.law | self.old_law

    def test_what_is_not_checked_is_never_shown_as_certain(self):
        self.assertEqual(self.law.display_name, "New act")
        self.assertEqual(self.old_law.display_name, "Old act (not verified)")
        duty = self._choose()[0]
        self.assertFalse(duty.is_sure)
        self.assertIn("not verified", duty.name)
        with (
            self.assertRaises(psycopg2.Error),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.old_law.is_sure = True
            self.env.flush_all()

    def test_duty_is_done_or_waived_with_a_reason(self):
        done, waived = self._as(self._choose())
        for act in (done.action_done, waived.action_waive):
            with self.assertRaises(UserError):
                act()
        done.action_done("Reported, number 7.")
        waived.answer = "Nothing criminal."
        waived.action_waive()
        self.assertEqual((done.state, waived.state), ("done", "waived"))
        rows = (done | waived).sudo().deadline_id
        self.assertEqual(rows.mapped("state"), ["met", "waived"])
        for act in (done.action_waive, waived.action_done):
            with self.assertRaises(UserError):
                act("x")
        with self.assertRaises(UserError):
            done.answer = "Another word"
        self.assertIn("duty_waived", self._events(self.case))
        # The complainant reads nothing of it.
        self.assertNotIn("criminal", str(self.case._timeline()))

    def test_duty_outlives_the_case(self):
        duties = self._choose()
        self._as(self.case).action_close(outcome="resolved")
        self.assertEqual(set(duties.mapped("state")), {"open"})
        self._as(duties).action_done("Done afterwards.")
        self.assertEqual(set(duties.mapped("state")), {"done"})

    def test_owner_works_the_case(self):
        duty = self._as(self._choose()[0])
        duty.owner_id = self.worker
        tasks = self.case.activity_ids.filtered(lambda one: one.user_id == self.worker)
        self.assertEqual(tasks.summary, duty.name)
        for user in (self.other_leader, self.employee, self.auditor):
            with self.assertRaises(UserError):
                duty.owner_id = user

    def test_own_duty_is_added_by_hand(self):
        form = Form(self._as(self.case))
        with form.duty_ids.new() as row:
            row.name = "Tell the landlord"
        form.save()
        self.assertEqual(self.case.duty_ids.owner_id, self.leader)
        self.assertTrue(self.case.duty_ids.deadline_id)
        for values in ({"state": "done"}, {"duty_id": self.law.duty_ids[0].id}):
            with self.assertRaises(UserError):
                self._as(self.env["complaint.duty"]).create(
                    {"case_id": self.case.id, "name": "x", **values}
                )

    def test_laws_are_changed_by_the_owner_of_the_procedure(self):
        law = self.law.with_user(self.owner)
        with self.assertRaises(AccessError):
            law.name = "x"  # shared
        own = law.create({"name": "Own act", "country_id": self.env.ref("base.no").id})
        self.assertEqual(own.company_id, self.company)
        own.note = "Read it"
        for user in (self.leader, self.worker, self.auditor):
            self.assertTrue(own.with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                own.with_user(user).name = "x"
        with self.assertRaises(AccessError):
            own.with_user(self.employee).read(["name"])
        entries = self.env["complaint.company.journal"].search(
            [("event", "=", "policy_changed"), ("company_id", "=", self.company.id)]
        )
        self.assertIn("complaint.law", [one.payload["rule"] for one in entries])
