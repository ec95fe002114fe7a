from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestLadder(ComplaintCase):
    """Received Monday 2 November 2026; LePro-like terms: 10 and 14 days, 1 month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.commits = []
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]),
                "_commit_progress",
                lambda cron, processed=0, **kwargs: (
                    self.commits.append(processed) or 60
                ),
            )
        )
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(reply_channel="portal", parties=[])
        self.acknowledge = self._deadline(self.case, "acknowledge")
        self.close = self._deadline(self.case, "close")

    def _run(self, moment):
        with freeze_time(moment):
            self.env["complaint.deadline"]._cron_keep()

    def _tasks(self, user=None):
        domain = [("res_model", "=", "complaint.case"), ("res_id", "=", self.case.id)]
        if user:
            domain.append(("user_id", "=", user.id))
        return self.env["mail.activity"].search(domain)

    def _notices(self):
        return self.case.correspondence_ids.filtered(
            lambda letter: letter.purpose == "delay"
        )

    def test_handler_is_asked_working_days_before(self):
        # M05: due Thursday 12 November, asked Tuesday 10th at 08:00 in Oslo
        self._run("2026-11-02 09:00:00")
        self._tasks().unlink()
        self.assertEqual(self.acknowledge.next_at, datetime(2026, 11, 10, 7, 0))
        self._run("2026-11-10 06:59:00")
        self.assertFalse(self._tasks())
        self._run("2026-11-10 07:00:00")
        self.assertEqual(self._tasks().user_id, self.leader)
        self.assertEqual(self.acknowledge.warned, "handler")
        self.assertEqual(self.acknowledge.next_at, datetime(2026, 11, 11, 7, 0))

    def test_task_speaks_the_language_of_who_reads_it(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        self.leader.lang = "sv_SE"
        self._run("2026-11-10 07:00:00")
        self.assertIn("2026-11-12", self._tasks().summary)
        self.leader.lang = "en_US"
        self._run("2026-11-12 23:00:00")
        summaries = self._tasks(self.leader).mapped("summary")
        self.assertTrue(any("11/12/2026" in text for text in summaries))

    def test_manager_is_asked_the_day_before(self):
        self._run("2026-11-10 07:00:00")
        self._run("2026-11-11 07:00:00")
        self.assertEqual(len(self._tasks(self.director)), 1)
        self.assertEqual(self.acknowledge.warned, "manager")
        self.assertEqual(self.acknowledge.next_at, self.acknowledge.due_at)

    def test_a_duty_is_one_task_for_each_person(self):
        # As it is announced, asked about, asked about again, and late.
        said = ["A new case is yours", "is due", "is due", "and is late"]
        times = ["02 09:15", "10 07:00", "11 07:00", "12 23:00"]
        for text, time in zip(said, times, strict=True):
            self._run(f"2026-11-{time}:00")
            task = self._tasks(self.leader).filtered(
                lambda one: "Acknowledgement" in one.summary
            )
            self.assertEqual(len(task), 1)
            self.assertIn(text, task.summary)
        self.assertEqual(
            len(
                self._tasks(self.director).filtered(
                    lambda one: "Acknowledgement" in one.summary
                )
            ),
            1,
        )

    def test_two_duties_of_a_day_are_two_tasks(self):
        self._run("2026-11-02 09:15:00")
        with freeze_time("2026-11-02 10:00:00"):
            for milestone in ("reply", "update"):
                self.case._promise_day(milestone, date(2026, 11, 20))
        self._run("2026-11-18 07:00:00")
        asked = self._tasks(self.leader).filtered(
            lambda one: one.date_deadline == date(2026, 11, 20)
        )
        self.assertEqual(len(asked), 2)

    def test_running_twice_changes_nothing(self):
        self._run("2026-11-10 07:00:00")
        self._run("2026-11-10 07:00:00")
        self.assertEqual(len(self._tasks()), 1)
        self._run("2026-11-12 23:00:00")
        self._run("2026-11-12 23:00:00")
        self.assertEqual(len(self._notices()), 1)

    def test_late_without_a_reason_tells_neutrally_and_hands_up(self):
        # A-31, B-24
        self._run("2026-11-12 23:00:00")  # midnight in Oslo
        self.assertEqual(self.acknowledge.state, "late")
        self.assertTrue(self.acknowledge.is_reason_missing)
        self.assertTrue(self._tasks(self.director))
        notice = self._notices()
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.deadline_id, self.acknowledge)
        # Told on Friday the 13th: at most three working days on.
        self.assertEqual(notice.new_due_on, date(2026, 11, 18))
        promise = self.acknowledge.search([("extends_id", "=", self.acknowledge.id)])
        self.assertEqual(
            (promise.state, promise.due_on), ("running", date(2026, 11, 18))
        )
        entry = self.case.journal_ids.filtered(lambda one: one.event == "deadline_late")
        self.assertEqual(entry.payload["milestone"], "acknowledge")

    def test_second_delay_goes_one_step_further_up(self):
        self.workshop.parent_id = self.kitchen
        self._run("2026-11-12 23:00:00")
        self.assertTrue(self._tasks(self.other_leader))
        self.assertFalse(self._tasks(self.director))
        self._run("2026-11-18 23:00:00")
        self.assertTrue(self._tasks(self.director))
        self.assertEqual(len(self._notices()), 2)

    def test_entered_reason_is_told_at_once(self):
        #
        with freeze_time("2026-11-11 12:00:00"):
            self.case.with_user(self.leader).action_delay(
                "We wait for a doctor.", "2026-12-10", milestone="close"
            )
        self.assertEqual(self.close.state, "extended")
        notice = self._notices()
        self.assertIn("We wait for a doctor.", notice.body)
        self.assertEqual(notice.new_due_on, date(2026, 12, 10))
        promise = self.close.search([("extends_id", "=", self.close.id)])
        self.assertEqual(promise.due_on, date(2026, 12, 10))
        self.assertEqual(promise.due_at, datetime(2026, 12, 10, 23, 0))

    def test_planned_reason_is_told_on_the_day(self):
        with freeze_time("2026-11-11 12:00:00"):
            self.case.with_user(self.leader).action_delay(
                "We wait.", date(2026, 12, 10), milestone="close", send_now=False
            )
        self.assertFalse(self._notices())
        self._deadline(self.case, "acknowledge")._meet()
        self._deadline(self.case, "inform_staff")._meet()
        self._run("2026-12-02 22:59:59")
        self.assertEqual(self.close.state, "running")
        self._run("2026-12-02 23:00:00")
        self.assertEqual(self.close.state, "extended")
        self.assertFalse(self.close.is_reason_missing)
        self.assertIn("We wait.", self._notices().body)

    def test_reason_given_after_the_neutral_notice_mends_it(self):
        self._run("2026-11-12 23:00:00")
        with freeze_time("2026-11-16 12:00:00"):
            self.case.with_user(self.leader).action_delay(
                "Illness.", "2026-11-27", milestone="acknowledge"
            )
        self.assertEqual(self.acknowledge.state, "late")
        self.assertFalse(self.acknowledge.is_reason_missing)
        self.assertEqual(self.acknowledge.reason, "Illness.")
        rows = self._deadline(self.case, "acknowledge").sorted("due_on")
        self.assertEqual(rows.mapped("state"), ["late", "extended", "running"])

    def test_meeting_the_duty_meets_the_late_row_and_its_extension(self):
        self._run("2026-11-12 23:00:00")
        with freeze_time("2026-11-16 12:00:00"):
            self.case.with_user(self.leader).action_acknowledge()
        rows = self._deadline(self.case, "acknowledge")
        self.assertEqual(set(rows.mapped("state")), {"met"})
        self.assertTrue(self.acknowledge.late_at)
        self.assertFalse(self._tasks(self.leader))

    def test_delay_needs_reason_and_later_date(self):
        case = self.case.with_user(self.leader)
        with freeze_time("2026-11-05 12:00:00"):
            for reason, until in (
                ("", "2026-12-10"),
                ("  ", "2026-12-10"),
                ("Why", "2026-11-05"),
                ("Why", "yesterday"),
                ("Why", False),
                ("Why", "2027-11-06"),
                ("Why", "9999-12-31"),
                ("Why", "2026-12-02"),
            ):
                with self.assertRaises(UserError):
                    case.action_delay(reason, until, milestone="close")
            case.action_delay("Why", "2027-11-05", milestone="close")

    def test_standstill_is_caught_up_once(self):
        self._run("2026-11-30 12:00:00")
        self.assertEqual(self.acknowledge.state, "late")
        self.assertEqual(len(self._notices()), 1)
        self.assertEqual(self._deadline(self.case, "inform_staff").state, "late")
        self.assertEqual(self.close.warned, "handler")
        self._run("2026-12-01 08:00:00")
        self.assertEqual(self.close.warned, "manager")

    def test_ended_case_is_left_alone(self):
        self._deadline(self.case, "inform_staff")._waive("No meeting")
        with freeze_time("2026-11-09 09:00:00"):
            self.case.with_user(self.leader).action_close("resolved")
        self._run("2027-01-01 00:00:00")
        self.assertFalse(self._tasks())
        self.assertFalse(self._notices())

    def test_new_case_is_the_clocks_at_once_and_given_to_its_handler(self):
        # E-52: the door plans nothing
        self.assertFalse(self._tasks())
        self.assertEqual(self.acknowledge.next_at, datetime(2026, 11, 2, 9, 0))
        self.assertGreater(self.close.next_at, self.acknowledge.next_at)
        for _pass in range(2):
            self._run("2026-11-02 09:15:00")
            task = self._tasks()
            self.assertEqual(task.user_id, self.leader)
            self.assertIn("A new case is yours", task.summary)
        self.assertFalse(self.acknowledge.warned)
        with freeze_time("2026-11-03 09:00:00"):
            self.case.with_user(self.leader).action_acknowledge()
        self.assertFalse(task.exists())

    def test_step_that_the_calendar_moves_announces_no_case_again(self):
        self._run("2026-11-02 09:15:00")
        self._tasks().unlink()
        self.acknowledge.next_at = datetime(2026, 11, 9, 7, 0)
        self._run("2026-11-09 07:00:00")
        self.assertFalse(self._tasks())
        self.assertEqual(self.acknowledge.next_at, datetime(2026, 11, 10, 7, 0))

    def test_new_case_without_a_handler_is_told_up_the_line(self):
        self.workshop.manager_id = False
        self.case.handler_id = False
        self._tasks().unlink()
        self._run("2026-11-02 09:15:00")
        self.assertEqual(self._tasks().user_id, self.director)

    def _register_hours(self, moment, **values):
        policy = self._create_policy(
            "short", term_ids=[self._term("acknowledge", 48, "hour")]
        )
        self.kitchen.policy_id = policy
        with freeze_time(moment):
            self.case = self._register(unit_id=self.kitchen.id, **values)
        return self.case.deadline_ids

    def test_limit_in_hours_warns_at_half_and_three_quarters(self):
        # E-52: on a Friday evening no morning of a working day is left before Sunday
        deadline = self._register_hours("2026-11-06 17:00:00")
        self._run("2026-11-06 17:10:00")
        self.assertEqual(deadline.next_at, datetime(2026, 11, 7, 17, 0))
        self.assertFalse(deadline.warned)
        self._run("2026-11-07 16:59:00")
        self.assertFalse(deadline.warned)
        self._run("2026-11-07 17:00:00")
        self.assertEqual(deadline.warned, "handler")
        self.assertFalse(self._tasks(self.director))
        self.assertEqual(deadline.next_at, datetime(2026, 11, 8, 5, 0))
        self._run("2026-11-08 05:00:00")
        self.assertEqual(deadline.warned, "manager")
        self.assertTrue(self._tasks(self.director))
        self.assertEqual(deadline.next_at, datetime(2026, 11, 8, 17, 0))
        self._run("2026-11-08 17:00:00")
        self.assertEqual(deadline.state, "late")

    def test_clock_of_an_anonymous_case_keeps_the_day(self):
        deadline = self._register_hours(
            "2026-11-06 17:00:00", anonymity="anonymous", parties=[]
        )
        self.assertEqual(deadline.next_at, datetime(2026, 11, 5, 23, 0))
        self._run("2026-11-06 17:10:00")
        self.assertEqual(self._tasks().user_id, self.other_leader)
        self.assertEqual(deadline.next_at, datetime(2026, 11, 6, 23, 0))

    def test_date_without_a_term_is_asked_about(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.close._waive("Agreed otherwise.")
            self.case.expected_on = date(9999, 12, 31)
            with self.assertRaises(UserError):
                self.case._promise_expected_date()
            self.case.expected_on = date(2026, 12, 10)
            self.case._promise_expected_date()
        promise = self._deadline(self.case, "close") - self.close
        self.assertEqual(promise.next_at, datetime(2026, 12, 8, 7, 0))
        self._run("2026-12-08 07:00:00")
        self.assertEqual(promise.warned, "handler")
        self._run("2026-12-09 07:00:00")
        self.assertEqual(promise.warned, "manager")

    def test_nobody_behind_the_wall_is_asked(self):
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(about_manager=True)
        self._run("2026-11-11 07:00:00")
        self._run("2026-11-12 23:00:00")
        self.assertFalse(self._tasks(self.leader) | self._tasks(self.worker))
        self.assertTrue(self._tasks(self.director))

    def test_batches_commit_and_rows_held_by_another_worker_wait(self):
        with freeze_time("2026-11-02 09:00:00"):
            values = {"unit_id": self.workshop.id, "channel": "api", "description": "x"}
            self.intake._admit([values] * 130)
        self._run("2026-11-10 07:00:00")
        self.assertEqual(sum(self.commits), 131)
        self.assertEqual(max(self.commits), 100)

    def test_cost_of_lateness(self):
        with freeze_time("2026-11-02 09:00:00"):
            values = {
                "unit_id": self.workshop.id,
                "channel": "api",
                "description": "x",
                "reply_channel": "email",
            }
            self.intake._admit([values] * 100)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(800):  # at most 8 for each
            self._run("2026-11-12 23:00:00")
            self.env.flush_all()

    def test_nothing_due_costs_one_query(self):
        self._run("2026-11-02 09:15:00")
        self.env.flush_all()
        with freeze_time("2026-11-03 00:00:00"), self.assertQueryCount(1):
            self.env["complaint.deadline"]._cron_keep()

    def test_waiting_rows_have_no_next_step_once_done(self):
        self.close._waive("No reason")
        self.assertFalse(self.close.next_at)
        self.acknowledge._meet()
        self.assertFalse(self.acknowledge.next_at)
        self._run((datetime(2026, 12, 24) + timedelta(0)).isoformat(" "))
        self.assertFalse(self._notices())
