from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestWorklist(ComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register()

    def _found(self, field, user=None):
        Case = self.env["complaint.case"].with_user(user or self.leader)
        Case.invalidate_model()  # what depends on the clock is computed anew
        found = Case.search([(field, "=", True)])
        self.assertEqual(found, Case.search([]).filtered(field))
        self.assertFalse(found & Case.search([(field, "=", False)]))
        return found

    def test_case_without_activity_surfaces(self):
        # D-07
        self.policy.env.cr.execute("UPDATE complaint_policy SET stale_after = 10")
        self.policy.invalidate_recordset()
        with freeze_time("2026-11-13 09:00:00"):
            self.assertFalse(self._found("is_stale"))
        with freeze_time("2026-11-16 09:00:00"):
            self.assertEqual(self._found("is_stale"), self.case)
            self.case.with_user(self.leader).action_acknowledge()
            self.assertFalse(self._found("is_stale"))
        with freeze_time("2026-12-10 09:00:00"):
            self.assertEqual(self._found("is_stale"), self.case)
            self.case.with_user(self.leader).action_close("resolved")
            self.assertFalse(self._found("is_stale"))

    def test_clock_is_no_activity(self):
        self.assertEqual(self.case.last_act_on, date(2026, 11, 2))
        with freeze_time("2026-11-12 23:00:00"):
            self.case.deadline_ids.filtered(
                lambda row: row.milestone == "acknowledge"
            )._escalate()
        self.assertEqual(self.case.last_act_on, date(2026, 11, 2))

    def test_reason_missing_is_found(self):
        self.assertFalse(self._found("is_reason_missing"))
        with freeze_time("2026-11-12 23:00:00"):
            self.case.deadline_ids.filtered(
                lambda row: row.milestone == "acknowledge"
            )._escalate()
        self.assertEqual(self._found("is_reason_missing"), self.case)

    @freeze_time("2026-11-12 09:00:00")
    def test_due_today_is_found(self):
        self.assertEqual(self._found("is_due_today"), self.case)

    def test_digest_counts_what_the_reader_sees(self):
        with freeze_time("2026-11-03 09:00:00"):
            self._register(about_manager=True)
        digest = self.env["digest.digest"].create(
            {"name": "Weekly", "company_id": self.company.id}
        )

        def received(user):
            with freeze_time("2026-11-04 09:00:00"):
                reader = digest.with_user(user).with_company(self.company)
                reader.invalidate_recordset()
                return reader.with_context(
                    start_datetime=datetime(2026, 11, 1),
                    end_datetime=datetime(2026, 11, 5),
                ).kpi_complaint_received_value

        self.assertEqual(received(self.director), 2)
        self.assertEqual(received(self.leader), 1)
        with self.assertRaises(AccessError):
            received(self.employee)

    @freeze_time("2026-11-03 09:00:00")
    def test_dry_run_changes_nothing(self):
        # M63
        draft = self.policy.copy({"valid_from": "2027-01-01"})
        draft.term_ids.filtered(lambda term: term.milestone == "acknowledge").amount = 5
        before = self.case.deadline_ids.mapped("due_on")
        action = draft.with_user(self.owner).action_dry_run()
        run = self.env["complaint.policy.compare"].browse(action["res_id"])
        self.assertEqual((run.case_count, run.changed_count), (1, 1))
        line = run.line_ids
        self.assertEqual(line.milestone, "acknowledge")
        counts = (line.later_count, line.earlier_count, line.new_count, line.gone_count)
        self.assertEqual(counts, (0, 1, 0, 0))
        self.assertEqual(self.case.deadline_ids.mapped("due_on"), before)
        self.assertEqual(self.case.policy_id, self.policy)

    @freeze_time("2026-11-03 09:00:00")
    def test_dry_run_counts_and_names_no_case(self):
        draft = self.policy.copy({"valid_from": "2027-01-01"})
        draft.term_ids.amount = 3
        Compare = self.env["complaint.policy.compare"].with_user(self.owner)
        run = Compare._run(draft)
        self.assertEqual((run.case_count, run.changed_count), (1, 1))
        related = {field.comodel_name for field in run.line_ids._fields.values()}
        self.assertNotIn("complaint.case", related)
        # Neither what is handled independently nor what the owner stands behind
        self._register(kind="whistleblowing")
        self._register(parties=[{"role": "subject", "user_id": self.owner.id}])
        self.assertEqual(Compare._run(draft).case_count, 1)
        for user in (self.director, self.worker, self.auditor):
            with self.assertRaises(AccessError):
                draft.with_user(user).action_dry_run()
