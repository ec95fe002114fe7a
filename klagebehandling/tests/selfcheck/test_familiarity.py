# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"
ROUTINE = "klagebehandling.mail_activity_type_routine"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFamiliarity(ComplaintCase):
    """Everybody knows the routine, and who was trained (D-18, E-10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {
                "is_routine_confirmed": True,
                "is_training_recorded": True,
                "training_months": 12,
            }
        )
        cls.rows = cls.env["complaint.familiarity"]
        cls.rows._renew(cls.company)

    def _row(self, user):
        return self.rows.search(
            [("user_id", "=", user.id), ("company_id", "=", self.company.id)],
            order="id desc",
            limit=1,
        )

    def _tasks(self, user):
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.env.ref(ROUTINE).id),
                ("user_id", "=", user.id),
            ]
        )

    def test_everybody_confirms_in_one_click(self):
        # D-18
        for user in (self.worker, self.employee, self.director, self.auditor):
            row = self._row(user)
            self.assertEqual(row.policy_id, self.policy)
            self.assertEqual(len(self._tasks(user)), 1)
            row.with_user(user).action_confirm()
            self.assertEqual(str(row.confirmed_on), "2026-11-02")
            self.assertFalse(self._tasks(user))
        with freeze_time("2026-12-02 09:00:00"):
            self._row(self.worker).with_user(self.worker).action_confirm()
        self.assertEqual(str(self._row(self.worker).confirmed_on), "2026-11-02")

    def test_night_asks_once_and_forgets_nobody(self):
        # D-18: idempotent, and not nagging
        before = self.rows.search([("company_id", "=", self.company.id)])
        self.rows._renew(self.company)
        after = self.rows.search([("company_id", "=", self.company.id)])
        self.assertEqual(before, after)
        self.assertEqual(len(self._tasks(self.worker)), 1)
        late = self._create_user("late", "group_handler")
        with self.enter_registry_test_mode():
            self.env.ref("klagebehandling.ir_cron_ask_routine").method_direct_trigger()
        self.assertTrue(self._row(late))
        late.active = False
        self.rows._renew(self.company)
        self.assertFalse(self._row(late))

    def test_number_of_queries_does_not_grow_with_the_people(self):
        # D-18: never one query per user
        self.rows._renew(self.company)
        self.env.flush_all()
        queries = []
        for number in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.rows._renew(self.company)
            self.env.flush_all()
            queries.append(self.env.cr.sql_log_count - before)
            people = [
                self._create_user(f"new_{number}_{one}", "group_handler")
                for one in range(5)
            ]
            self.workshop.member_ids += self.env["res.users"].union(*people)
            self.rows._renew(self.company)
            self.env.flush_all()
        self.assertLessEqual(queries[1], queries[0] + 2)

    def test_new_version_asks_anew_and_the_old_answer_stays(self):
        # D-18
        row = self._row(self.worker)
        row.with_user(self.worker).action_confirm()
        unconfirmed = self._row(self.leader)
        new = self.policy.copy({"valid_from": "2026-12-01"})
        new.state = "in_force"
        self.rows._renew(self.company)
        self.assertEqual(self._row(self.worker), row, "not before its day")
        with freeze_time("2026-12-01 09:00:00"):
            self.rows._renew(self.company)
            fresh = self._row(self.worker)
            self.assertEqual(fresh.policy_id, new)
            self.assertFalse(fresh.confirmed_on)
            self.assertTrue(row.exists() and row.confirmed_on)
            self.assertFalse(row.is_current)
            self.assertFalse(unconfirmed.exists())
            self.assertEqual(len(self._tasks(self.worker)), 1)
            fresh.with_user(self.worker).action_confirm()
        # The page was open when another version came into force.
        late = self._row(self.director)
        late.sudo().is_current = False
        with self.assertRaisesRegex(UserError, "Another version is in force"):
            late.with_user(self.director).action_confirm()

    def test_nobody_confirms_for_another(self):
        # D-18
        row = self._row(self.worker)
        for user in (self.leader, self.director, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_confirm()
        for user in (self.employee, self.other_leader, self.owner, self.custodian):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_confirm()
        as_worker = row.with_user(self.worker)
        for act in (
            lambda: as_worker.write({"confirmed_on": "2020-01-01"}),
            lambda: as_worker.copy(),
            as_worker.unlink,
        ):
            with self.assertRaises(UserError):
                act()
        self.assertFalse(row.confirmed_on)

    def test_old_version_is_not_confirmed_any_more(self):
        row = self._row(self.worker)
        row.is_current = False
        with self.assertRaises(UserError):
            row.with_user(self.worker).action_confirm()

    def test_who_reads_whom(self):
        # D-18, E-10: the manager of the unit and above
        mine = self.rows.search([("company_id", "=", self.company.id)])
        seen = {
            user: (self.rows.with_user(user).search([]) & mine).user_id
            for user in (
                self.worker,
                self.employee,
                self.leader,
                self.other_leader,
                self.director,
                self.auditor,
                self.owner,
            )
        }
        for user in (self.worker, self.employee, self.other_leader, self.owner):
            self.assertEqual(seen[user], user)
        self.assertEqual(seen[self.leader], self.leader | self.worker)
        everybody = mine.user_id
        self.assertEqual(seen[self.director], everybody)
        self.assertEqual(seen[self.auditor], everybody)

    def test_training_is_recorded_by_who_leads(self):
        # E-10
        row = self._row(self.worker)
        self.assertTrue(row.is_training_due)
        due = self.rows.search([("is_training_due", "=", True)])
        self.assertIn(row, due)
        row.with_user(self.leader).action_train("2026-10-01", "Course of the county")
        self.env.invalidate_all()
        self.assertEqual(str(row.trained_on), "2026-10-01")
        self.assertEqual(row.trained_by, "Course of the county")
        self.assertEqual(str(row.next_training_on), "2027-10-01")
        self.assertFalse(row.is_training_due)
        self.assertNotIn(row, self.rows.search([("is_training_due", "=", True)]))
        with freeze_time("2027-10-02 09:00:00"):
            self.env.invalidate_all()
            self.assertTrue(row.is_training_due)
        self.policy.training_months = 0
        with freeze_time("2027-10-02 09:00:00"):
            self.env.invalidate_all()
            self.assertFalse(row.is_training_due, "once is enough")
        training = self.env["complaint.training"].search(
            [("user_id", "=", self.worker.id)]
        )
        self.assertEqual(training.recorded_by_id, self.leader)

    def test_training_is_refused_to_others(self):
        # E-10
        row = self._row(self.worker)
        for user in (
            self.worker,
            self.other_leader,
            self.auditor,
            self.owner,
            self.independent,
            self.employee,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_train()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.training"].with_user(user).create(
                    {"user_id": self.worker.id, "given_by": "x"}
                )
        with self.assertRaises(ValidationError):
            row.with_user(self.leader).action_train("2026-12-24")
        with self.assertRaises(UserError):
            self.env["complaint.training"].with_user(self.leader).create(
                {
                    "user_id": self.worker.id,
                    "given_by": "x",
                    "recorded_by_id": self.director.id,
                }
            )
        self.assertFalse(row.trained_on)

    def test_procedure_without_it_asks_nobody(self):
        self.policy.write(
            {"is_routine_confirmed": False, "is_training_recorded": False}
        )
        self.rows._renew(self.company)
        self.assertFalse(self._row(self.worker))
        self.assertFalse(self._tasks(self.worker))
