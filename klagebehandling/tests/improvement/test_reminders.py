# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReminders(ComplaintCase):
    """A measure of the organisation has a ladder of its own (C-10, C-19, M39)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Those of the example are not asked about here.
        cls.env.cr.execute("UPDATE complaint_action SET reminded = 'late'")
        cls.env.invalidate_all()

    def _measure(self, user=None, **values):
        return (
            self.env["complaint.action"]
            .with_user(user or self.director)
            .create({"name": "Boxes", "due_on": "2026-11-20", **values})
        )

    def _tell(self, day):
        """What the clock has asked for by a morning: (user, words)."""
        cron = self.env.ref("klagebehandling.ir_cron_remind_measures")
        with freeze_time(f"{day} 06:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        kind = self.env.ref("klagebehandling.mail_activity_type_measure")
        tasks = self.env["mail.activity"].sudo()
        return [
            (task.user_id, task.summary)
            for task in tasks.search([("activity_type_id", "=", kind.id)], order="id")
        ]

    def _entered(self):
        entries = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id)]
        )
        return entries.mapped("event").count("measure_late")

    def test_who_leads_is_asked_before_its_day_and_further_up_after_it(self):
        measure = self._measure(unit_id=self.workshop.id, owner_id=self.worker.id)
        self.assertFalse(self._tell("2026-11-17"))
        ((user, words),) = self._tell("2026-11-18")
        self.assertEqual(user, self.leader)
        self.assertIn("is due 11/20/2026", words)
        self.assertNotIn("Boxes", words)
        self.assertEqual(len(self._tell("2026-11-19")), 1, "twice asks nobody twice")
        self.assertEqual(self._entered(), 0)
        told = self._tell("2026-11-21")
        self.assertEqual([user for user, _words in told], [self.leader, self.director])
        self.assertIn("is not done", told[0][1])
        self.assertEqual((measure.reminded, self._entered()), ("late", 1))
        self.assertEqual(self._tell("2026-12-21"), told)
        # Done, nothing of it is left to do.
        measure.with_user(self.leader).action_done("Bought.")
        self.assertFalse(self._tell("2026-12-22"))

    def test_missed_nights_are_caught_up_with(self):
        self._measure(unit_id=self.workshop.id, owner_id=self.worker.id)
        told = self._tell("2026-12-01")
        self.assertEqual([user for user, _words in told], [self.leader, self.director])
        self.assertEqual(self._entered(), 1)

    def test_moved_to_a_later_day_it_is_asked_for_anew(self):
        measure = self._measure(unit_id=self.workshop.id, owner_id=self.worker.id)
        self._tell("2026-11-19")
        measure.action_postpone("2026-12-10", "No money.")
        self.assertFalse(self._tell("2026-11-21"))
        self.assertEqual(len(self._tell("2026-12-09")), 1)

    def test_effect_is_asked_for_on_its_day(self):
        # C-10, M39
        measure = self._measure(unit_id=self.workshop.id, check_on="2027-02-01")
        measure.action_done("Bought.")
        self.assertFalse(self._tell("2027-01-31"))
        ((user, words),) = self._tell("2027-02-01")
        self.assertEqual(user, self.leader)
        self.assertIn("helped", words)
        self.assertEqual(len(self._tell("2027-02-02")), 2)
        self.assertEqual(self._entered(), 1)
        measure.action_check("works", "No complaint since.")
        self.assertFalse(self._tell("2027-02-03"))

    def test_without_a_unit_the_top_of_the_organisation_is_asked(self):
        self._measure(owner_id=self.worker.id)
        ((user, _words),) = self._tell("2026-11-18")
        self.assertEqual(user, self.director)

    def test_of_a_case_it_has_its_deadline_and_is_not_asked_for_here(self):
        self._measure(self.leader, case_id=self._register().id)
        self.assertFalse(self._tell("2026-12-01"))

    def test_who_must_not_notice_it_is_not_asked(self):
        # C-18: what comes of an issue stands behind the walls of its cases.
        case = self._register(parties=[{"role": "subject", "user_id": self.leader.id}])
        for independent, expected in ((False, self.director), (True, self.independent)):
            issue = self.env["complaint.issue"].create(
                {
                    "name": "Cold food",
                    "company_id": self.company.id,
                    "unit_id": self.workshop.id,
                    "case_ids": [Command.set(case.ids)],
                    "is_independent": independent,
                }
            )
            measure = self.env["complaint.action"].create(
                {"name": "Boxes", "due_on": "2026-11-20", "issue_id": issue.id}
            )
            told = self._tell("2026-12-01")
            self.assertEqual({user for user, _words in told}, {expected})
            if independent:
                events = case.journal_ids.mapped("event")
                self.assertIn("measure_late", events)
            measure.action_drop("Not needed.")

    def test_owner_works_in_the_company_of_the_unit(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        both = self._create_user("both", "group_manager")
        both.company_ids += elsewhere
        there = self._create_user("there", "group_handler")
        there.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        unit = self.env["complaint.unit"].create(
            {"name": "Annex", "company_id": elsewhere.id, "manager_id": both.id}
        )
        actions = self.env["complaint.action"].with_user(both)
        actions = actions.with_context(
            allowed_company_ids=[self.company.id, elsewhere.id]
        )
        values = {"name": "Boxes", "due_on": "2026-11-20", "unit_id": unit.id}
        measure = actions.create({**values, "owner_id": there.id})
        self.assertEqual(measure.company_id, elsewhere)
        for user in (self.worker, self.employee):
            with self.assertRaisesRegex(UserError, "cannot have the measure"):
                actions.create({**values, "owner_id": user.id})
            with self.assertRaisesRegex(UserError, "cannot have the measure"):
                measure.owner_id = user
