from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..meeting.common import MeetingCase
from .test_access_request import TODAY, DisclosureCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAccessClock(DisclosureCase, MeetingCase):
    """Whom a request waits for, how it is sent, and what is forgotten (B-29)."""

    def setUp(self):
        super().setUp()
        cron = type(self.env["ir.cron"])
        self.startPatcher(patch.object(cron, "_commit_progress", lambda *args: 60))

    def _tick(self, day=None):
        with freeze_time(f"{day or '2026-11-02'} 11:00:00"):
            self.env.flush_all()
            self.requests._cron_ask()
            self.env.invalidate_all()

    def _tasks(self, request):
        return request.sudo().task_ids

    def _settled(self, **values):
        """A request of which everything is answered."""
        request = self._ask(search_words="nothing at all", **values)
        request.action_search()
        request.action_answer()
        return request

    def test_registrars_are_asked_once(self):
        # B-29
        request = self._ask()
        self.assertFalse(self._tasks(request))
        for _n in range(2):
            self._tick()
        tasks = self._tasks(request)
        self.assertEqual(tasks.user_id, self.registrar | self.clerk)
        self.assertEqual(tasks.mapped("date_deadline"), [date(2026, 11, 3)] * 2)
        self.assertIn(request.reference, tasks[0].summary)
        self.assertNotIn("food", "".join(tasks.mapped("summary")))

    def test_late_one_is_handed_to_the_owners_too(self):
        # B-29
        request = self._ask()
        self._tick()
        # Days of standstill are caught up with one step.
        self._tick("2026-11-12")
        tasks = self._tasks(request)
        self.assertLess(self.registrar | self.owner, tasks.user_id)
        self.assertEqual(len(tasks), len(tasks.user_id))

    def test_task_ends_with_the_answer(self):
        request = self._settled()
        self._tick()
        self.assertFalse(self._tasks(request))
        late = self._ask(search_words="nothing at all")
        self._tick()
        self.assertTrue(self._tasks(late))
        late.action_search()
        late.action_answer()
        self._tick()
        self.assertFalse(self._tasks(late))

    def test_delegates_are_asked_for_the_decision(self):
        # B-28
        self.policy.has_access_decision = True
        request = self._settled()
        request.sudo()._ask_decision()
        self._tick()
        self.assertEqual(self._tasks(request).user_id, self.delegate)
        # Where nobody decides, whoever can appoint somebody is asked.
        self.delegate.active = False
        request.sudo().asked_for = False
        self._tick()
        self.assertEqual(self._tasks(request).user_id, self.owner)

    def test_answer_that_nobody_has_sent_is_late(self):
        # B-29: an answer is given when it has left.
        request = self._settled(reply_to="kari@example.com")
        with freeze_time("2026-11-04 09:00:00"):
            request.invalidate_recordset()
            self.assertTrue(request.is_late)
            self.assertIn(request, self.requests.search([("is_late", "=", True)]))
        self._tick()
        self.assertIn("Send", self._tasks(request)[0].summary)
        request.action_sent()
        self.assertEqual(request.sent_on, date(2026, 11, 2))
        with freeze_time("2026-11-04 09:00:00"):
            request.invalidate_recordset()
            self.assertFalse(request.is_late)
        self._tick()
        self.assertFalse(self._tasks(request))
        with self.assertRaises(UserError):
            request.action_sent()

    def test_nothing_is_sent_to_who_reads_it_with_a_code(self):
        with self.assertRaises(UserError):
            self._settled().action_sent()
        with self.assertRaises(UserError):
            self._ask(reply_to="Kari").action_sent()

    def test_only_the_registrar_answers_and_sends(self):
        self.policy.has_access_decision = True
        request = self._settled(reply_to="Kari")
        request.sudo()._ask_decision()
        for act in ("action_search", "action_answer", "action_sent"):
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(request.with_user(self.delegate), act)()

    def test_where_it_went_is_forgotten_once_nobody_can_appeal(self):
        request = self._settled(reply_to="Kari Canary")
        self._tick("2027-03-01")
        self.assertEqual(request.reply_to, "Kari Canary")
        request.action_sent()
        for day, is_kept in (("2026-11-23", True), ("2026-11-24", False)):
            self._tick(day)
            with self.subTest(day=day):
                self.assertEqual(bool(request.sudo().contact_sealed), is_kept)
        self.assertTrue(request.sudo()._is_settled())

    # -- the part of a case

    def _review(self, **values):
        case = self._porridge()
        request = self._ask(**values)
        request.action_search()
        return request.sudo().review_ids.with_user(self.leader), case

    def _answered(self, review):
        for mask in review.mask_ids:
            mask.write({"decision": "mask", "ground_id": self.law.id})
        review.action_review()
        review.action_answer()

    def _duties(self, case):
        duties = case.sudo().deadline_ids
        return duties.filtered(lambda row: row.milestone == "access")

    def test_case_has_the_duty_until_it_is_answered(self):
        # B-29
        review, case = self._review()
        duty = self._duties(case)
        self.assertEqual((duty.due_on, duty.state), (date(2026, 11, 3), "running"))
        asked = case.with_user(self.leader).activity_ids.filtered(
            lambda task: "documents" in task.summary
        )
        self.assertEqual(asked.user_id, self.leader)
        self._answered(review)
        self.assertEqual(duty.state, "met")
        self.assertFalse(asked.exists())

    def test_late_part_is_handed_up(self):
        # B-29
        _review, case = self._review()
        with freeze_time("2026-11-04 09:00:00"):
            self.env["complaint.deadline"]._cron_keep()
        self.assertEqual(self._duties(case).state, "late")
        late = case.sudo().activity_ids.filtered(lambda task: "late" in task.summary)
        self.assertTrue(late)

    def test_part_is_answered_when_it_is_sent(self):
        # B-29
        review, case = self._review(reply_to="kari@example.com")
        self._answered(review)
        self.assertEqual(self._duties(case).state, "running")
        with self.assertRaises(AccessError):
            review.with_user(self.registrar).action_sent()
        review.action_sent()
        self.assertEqual(self._duties(case).state, "met")

    def test_part_that_is_to_be_handed_out_runs_anew(self):
        # B-28
        self.policy.has_access_decision = True
        review, case = self._review()
        self._answered(review)
        review.sudo()._ask_decision()
        decided = review.with_user(self.delegate)
        decided.write({"decision": "released", "decision_text": "It is no secret."})
        decided.action_decide()
        self.assertEqual(sorted(self._duties(case).mapped("state")), ["met", "running"])
        self.assertEqual(review.state, "found")

    def test_minutes_are_documents_of_the_case(self):
        # B-28
        case = self._porridge()
        self._frozen(case.with_user(self.leader))
        request = self._ask()
        request.action_search()
        documents = request.sudo().review_ids.document_ids
        minutes = documents.filtered(lambda one: "Minutes" in one.name)
        self.assertEqual(len(minutes), 1)
        self.assertIn("Warm food", minutes.text)
        self.assertTrue(minutes.is_included)
