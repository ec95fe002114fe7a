# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.retention import complaint_disposal
from .common import DECISION, TODAY, RetentionCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDisposal(RetentionCase):
    """The clock proposes, a person approves; what comes in takes it back (M36)."""

    def _comes_in(self, day):
        """A letter that came in on a day."""
        letter = self.env["complaint.correspondence"].create(
            {"case_id": self.case.id, "direction": "in", "body": "<p>One more</p>"}
        )
        letter.state = "sent"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_correspondence SET create_date = %s WHERE id = %s",
            [day, letter.id],
        )
        self.env.invalidate_all()

    def test_running_twice_proposes_nothing_twice(self):
        self.assertEqual(len(self._night()), 1)
        self.assertEqual(len(self._night()), 1)

    def test_what_was_missed_is_caught_up(self):
        second = self._ended()
        self.patch(complaint_disposal, "BATCH", 1)
        self.assertEqual(self._night().case_id, self.case | second)
        self.assertGreaterEqual(self.commit.call_count, 2)

    def test_proposing_asks_no_query_for_each_case(self):
        for _time in range(4):
            self._ended()
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.disposals._propose()
        self.assertEqual(len(self._night()), 5)

    def test_what_comes_in_extends_the_term(self):
        # C-25: from the day on which it came in.
        row = self._proposed(self.case)
        self._comes_in("2025-06-01 10:00:00")
        self._night()
        self.assertEqual(row.state, "lapsed")
        with freeze_time("2027-06-02 09:00:00"):
            again = self._proposed(self.case)
            self.assertEqual(str(again.kept_until), "2027-06-01")

    def test_what_is_open_is_not_proposed(self):
        cases = {
            "measure": self._ended(),
            "duty": self._ended(),
            "reopened": self._ended(),
        }
        self.env["complaint.action"].create(
            {"case_id": cases["measure"].id, "name": "Warm", "due_on": "2026-12-01"}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_deadline SET state = 'running', met_on = NULL "
            "WHERE id = %s",
            [cases["duty"].deadline_ids[0].id],
        )
        self.env.invalidate_all()
        cases["reopened"].with_user(self.leader).action_reopen("New facts")
        found = self._proposed().case_id
        for name, case in cases.items():
            self.assertNotIn(case, found, name)
        self.assertIn(self.case, found)

    def test_what_somebody_asks_for_is_not_disposed_of(self):
        """Documents on request, until they are answered and no appeal is possible."""
        self._make_public()
        self.rule.write(DECISION)
        row = self._proposed(self.case)
        request = self.env["complaint.access.request"].create(
            {"unit_id": self.workshop.id, "wish": "All of it"}
        )
        self.env["complaint.access.review"]._open_for(request, self.case)
        self._night()
        self.assertEqual(row.state, "lapsed")
        review = request.review_ids
        review.write(
            {
                "state": "answered",
                "answered_on": "2026-11-02",
                "appeal_until": "2026-11-30",
            }
        )
        review._keep_promise()
        self.assertFalse(self._proposed(self.case))
        with freeze_time("2026-12-01 09:00:00"):
            self.assertTrue(self._proposed(self.case))

    def test_who_has_the_right_alone_approves(self):
        row = self._proposed(self.case)
        for user in (self.director, self.leader, self.auditor, self.owner, self.worker):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_approve()
        row.with_user(self.approver).action_approve()
        self.assertEqual(row.state, "approved")
        self.assertEqual(row.approved_by_id, self.approver)
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "disposal_approved"
        )
        self.assertEqual(entry.user_id, self.approver)
        self.assertEqual(entry.payload["basis"], "Plan, 3.2")

    def test_who_has_the_case_does_not_approve(self):
        self.leader.group_ids = [
            Command.link(self.env.ref(complaint_disposal.APPROVERS).id)
        ]
        self.case.handler_id = self.leader
        row = self._proposed(self.case)
        with self.assertRaises(AccessError):
            row.with_user(self.leader).action_approve()
        row.with_user(self.approver).action_approve()

    def test_only_what_waits_is_approved(self):
        row = self._proposed(self.case).with_user(self.approver)
        with self.assertRaises(UserError):
            self.disposals.with_user(self.approver).action_approve()
        row.action_approve()
        with self.assertRaises(UserError):
            row.action_approve()

    def test_what_came_in_meanwhile_is_not_approved(self):
        row = self._proposed(self.case).with_user(self.approver)
        self._comes_in("2026-10-01 10:00:00")
        with self.assertRaises(UserError):
            row.action_approve()

    def test_nothing_is_disposed_of_without_approval(self):
        self._proposed(self.case)
        self._night()
        self.assertFalse(self.case.disposed_on)
        self.assertTrue(self.case.description)

    def test_approver_sees_no_case_by_it(self):
        row = self._proposed(self.case).with_user(self.approver)
        self.assertEqual(row.reference, self.case.reference)
        with self.assertRaises(AccessError):
            row.read(["case_id"])
        with self.assertRaises(AccessError):
            self.case.with_user(self.approver).read(["reference"])
        with self.assertRaises(AccessError):
            row.search([("case_id.description", "ilike", "food")])

    def test_person_behind_the_wall_approves_and_sees_nothing(self):
        row = self._proposed(self.case)
        self.case.walled_user_ids = [Command.link(self.approver.id)]
        self.env.flush_all()
        self.assertFalse(self.disposals.with_user(self.approver).search([]) & row)
        with self.assertRaises(AccessError):
            row.with_user(self.approver).action_approve()

    def test_readers_are_those_of_the_case(self):
        row = self._proposed(self.case)
        for user, is_seen in (
            (self.leader, True),
            (self.director, True),
            (self.auditor, True),
            (self.worker, True),
            (self.other_leader, False),
            (self.independent, False),
        ):
            with self.subTest(user=user.login):
                found = self.disposals.with_user(user).search([])
                self.assertEqual(bool(found & row), is_seen)
        for user in (self.custodian, self.registrar, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.disposals.with_user(user).search([])

    def test_log_is_neither_written_nor_deleted(self):
        row = self._proposed(self.case)
        for user in (self.approver, self.director):
            with self.assertRaises(UserError):
                row.with_user(user).write({"state": "disposed"})
            with self.assertRaises(UserError):
                row.with_user(user).unlink()
        with self.assertRaises(UserError):
            row.unlink()
