from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkCounts(ComplaintCase):
    """The numbers beside the menu: what is late, due today or without a handler."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late, cls.today, cls.free, cls.calm = (cls._register() for _ in range(4))
        for case in (cls.late, cls.today, cls.free, cls.calm):
            case.deadline_ids.sudo().write(
                {"state": "waived", "reason": "A test", "next_at": False}
            )
        for case, due_at in (
            (cls.late, "2026-11-01 23:00:00"),
            (cls.today, "2026-11-02 23:00:00"),
            (cls.calm, "2026-11-20 23:00:00"),
        ):
            row = case._promise_day("reply", case._today())
            row.write({"due_at": due_at, "due_on": due_at[:10]})
        cls.free.sudo().handler_id = False

    def _counts(self, user):
        cases = self.env["complaint.case"].with_user(user)
        self.env.invalidate_all()
        return cases.work_counts()

    def test_what_waits_is_counted(self):
        counts = self._counts(self.leader)
        self.assertEqual(counts, {"late": 1, "due_today": 1, "unassigned": 1})

    def test_each_number_is_what_its_filter_finds(self):
        action = self.env.ref("klagebehandling.complaint_case_view_search").arch
        for name in self._counts(self.leader):
            self.assertIn(f'name="{name}"', action)

    def test_nobody_counts_what_is_walled(self):
        #
        self.env["complaint.party"].sudo().create(
            [
                {"case_id": case.id, "role": "subject", "user_id": self.leader.id}
                for case in self.late | self.today | self.free
            ]
        )
        counts = self._counts(self.leader)
        self.assertEqual(counts, {"late": 0, "due_today": 0, "unassigned": 0})

    def test_ended_cases_are_not_counted(self):
        for case in (self.late, self.free):
            case.sudo().write({"state": "withdrawn", "closed_at": NOW})
        counts = self._counts(self.leader)
        self.assertEqual((counts["late"], counts["unassigned"]), (0, 0))

    def test_who_reads_no_cases_is_refused(self):
        employee = new_test_user(self.env, "counts.nothing", "base.group_user")
        with self.assertRaises(AccessError):
            self._counts(employee)

    def test_numbers_cost_the_same_for_many_cases(self):
        self._counts(self.leader)
        cases = self.env["complaint.case"].with_user(self.leader)
        with self.assertQueryCount(3):
            cases.work_counts()
        for _number in range(5):
            self._register()
        cases.env.flush_all()
        with self.assertQueryCount(3):
            cases.work_counts()
