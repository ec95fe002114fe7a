from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.modules.module import load_script
from odoo.tests import Form, tagged

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..common import ComplaintCase

UPDATE = Path(__file__).parents[2] / "migrations/19.0.1.2.0/pre-letter.py"
BODY = "<p>We have bought a heater.</p>"


@tagged("post_install", "-at_install")
class TestMetWhenSent(ComplaintCase):
    """C-01, D-37, E-52, E-57: a promise is kept by what has left, not by what waits.

    Received Monday 2 November 2026 at 10:00 in Oslo; confirmed within 10 days.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.failing = False
        self.startPatcher(
            patch.object(
                type(self.env["ir.mail_server"]), "send_email", self._fake_send
            )
        )
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
            )
        )
        self._arrive()

    def _arrive(self, moment="2026-11-02 09:00:00", **values):
        with freeze_time(moment):
            self.case = self._register(**values)
            self._row("inform_staff")._waive("No meeting")
        self.user = self.case.handler_id

    def _arrive_with_hours(self, hours, **values):
        term = self._term("acknowledge", hours, "hour")
        self.kitchen.policy_id = self._create_policy(f"h{hours}", term_ids=[term])
        self._arrive(unit_id=self.kitchen.id, **values)

    def _fake_send(self, message, **_kwargs):
        if self.failing:
            raise MailDeliveryException("Connection refused")
        return message["Message-Id"]

    def _acknowledge(self, moment="2026-11-03 09:00:00", **values):
        with freeze_time(moment):
            self.case.with_user(self.user).action_acknowledge(**values)
        return self.case.correspondence_ids[:1]

    def _send(self, moment):
        with freeze_time(moment):
            self.env["complaint.correspondence"]._cron_send()

    def _keep(self, moment):
        with freeze_time(moment):
            self.env["complaint.deadline"]._cron_keep()

    def _mark(self, letter, moment, *args):
        with freeze_time(moment):
            letter.with_user(self.user).action_mark_sent(*args)

    def _row(self, milestone="acknowledge"):
        return self._deadline(self.case, milestone)

    def _tasks(self, kind="promise"):
        kind = self.env.ref(f"klagebehandling.mail_activity_type_{kind}")
        return self.case.activity_ids.filtered(
            lambda task: task.activity_type_id == kind
        )

    def _events(self, event):
        return self.case.journal_ids.filtered(lambda one: one.event == event)

    # -- by mail, on the page, by hand --------------------------------------------

    def test_mail_keeps_a_promise_when_the_server_has_taken_it(self):
        letter = self._acknowledge()
        self.assertEqual(self.case.state, "acknowledged")
        self.assertEqual(self._row().state, "running")
        self.assertEqual(letter.meets_ids, self._row())
        self.assertEqual(self._row().on_its_way, "On its way: E-mail")
        self._send("2026-11-03 09:01:00")
        self.assertEqual(self._row().state, "met")
        self.assertEqual(self._row().met_on, datetime(2026, 11, 3, 9, 1))
        self.assertFalse(self._row().on_its_way)
        self.assertTrue(letter.settled_at)

    def test_status_page_keeps_it_at_once(self):
        self._arrive(reply_channel="portal")
        self._acknowledge()
        self.assertEqual(self._row().met_on, datetime(2026, 11, 3, 9))

    def test_posted_letter_counts_from_the_day_it_was_posted(self):
        letter = self._acknowledge(medium="letter")
        self.assertEqual(self._row().state, "running")
        self._mark(letter, "2026-11-06 12:00:00", "RR1", "2026-11-04")
        self.assertEqual(self._row().state, "met")
        self.assertEqual(self._row().met_on.date(), date(2026, 11, 4))
        (entry,) = self._events("correspondence_sent")
        self.assertEqual(entry.payload["sent_on"], "2026-11-04")
        self.assertEqual(entry.payload["queued_on"], "2026-11-03")
        self.assertEqual(entry.logged_on, datetime(2026, 11, 6, 12))
        (met,) = self._events("deadline_met")
        self.assertFalse(met.payload["is_late"])

    def test_it_was_sent_between_the_day_it_was_ready_and_today(self):
        letter = self._acknowledge(medium="letter")
        for day in ("2026-11-02", "2026-11-07", "2026-13-40", "yesterday"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._mark(letter, "2026-11-06 12:00:00", "RR1", day)
        self.assertEqual((letter.state, self._row().state), ("queued", "running"))
        self._mark(letter, "2026-11-06 12:00:00", "RR1")
        self.assertEqual(letter.sent_at, datetime(2026, 11, 6, 12))

    def test_the_day_is_the_local_one(self):
        # 00:30 on the 4th in Oslo is still the 3rd in UTC.
        letter = self._acknowledge("2026-11-03 23:30:00", medium="letter")
        self.assertEqual(letter.queued_on, date(2026, 11, 4))
        with self.assertRaises(ValidationError):
            self._mark(letter, "2026-11-04 12:00:00", "RR1", "2026-11-03")
        self._mark(letter, "2026-11-04 23:30:00", "RR1", "2026-11-05")
        self.assertEqual(letter.sent_at, datetime(2026, 11, 4, 23, 30))

    def test_a_limit_in_hours_is_not_met_on_trust(self):
        # C-01
        self._arrive_with_hours(48)
        letter = self._acknowledge(medium="letter")
        self._mark(letter, "2026-11-05 12:00:00", "RR1", "2026-11-04")
        (met,) = self._events("deadline_met")
        self.assertTrue(met.payload["is_late"])

    def test_dialog_asks_for_the_day(self):
        letter = self._acknowledge(medium="phone")
        with freeze_time("2026-11-05 12:00:00"):
            prove = self.env["complaint.correspondence.prove"].with_user(self.leader)
            form = Form(prove.with_context(default_correspondence_id=letter.id))
            self.assertEqual(str(form.sent_on), "2026-11-05")
            form.proof, form.sent_on = "Talked at 10:15", "2026-11-04"
            form.save().action_confirm()
        self.assertEqual(self._row().met_on.date(), date(2026, 11, 4))

    # -- what the case measures ----------------------------------------------------

    def test_answer_is_measured_when_it_has_left(self):
        # C-09, E-36
        with freeze_time("2026-11-05 09:00:00"):
            self.case.with_user(self.leader).action_answer(body=BODY, medium="letter")
        self.assertEqual(self.case.state, "answered")
        self.assertFalse(self.case.answered_at)
        letter = self.case.correspondence_ids
        self._mark(letter, "2026-11-10 09:00:00", "RR1", "2026-11-09")
        self.assertEqual(self.case.answered_at.date(), date(2026, 11, 9))
        self.assertEqual(self.case.days_to_answer, 7)

    def test_repeating_term_starts_anew_when_the_update_has_left(self):
        # C-14
        policy = self._create_policy(
            "updates", term_ids=[self._term("update", 14, "day", is_repeating=True)]
        )
        self.kitchen.policy_id = policy
        self._arrive(unit_id=self.kitchen.id)
        with freeze_time("2026-11-09 09:00:00"):
            self.case.with_user(self.other_leader).action_update(BODY, medium="letter")
        self.assertEqual(self._row("update").mapped("state"), ["running"])
        letter = self.case.correspondence_ids
        self._mark(letter, "2026-11-12 09:00:00", "RR1", "2026-11-10")
        rows = self._row("update").sorted("due_on")
        self.assertEqual(rows.mapped("state"), ["met", "running"])
        self.assertEqual(rows[1].due_on, date(2026, 11, 24))

    def test_settling_twice_changes_nothing(self):
        letter = self._acknowledge()
        self._send("2026-11-03 09:01:00")
        count, settled_at = self.case.journal_count, letter.settled_at
        self.assertFalse(letter._settle())
        self.assertEqual(
            (self.case.journal_count, letter.settled_at), (count, settled_at)
        )

    def test_the_letter_and_the_case_can_be_written_apart(self):
        letter = self._acknowledge()
        model = type(self.env["complaint.correspondence"])
        with patch.object(model, "_settle", lambda letters: letters):
            count = self.case.journal_count
            self._send("2026-11-03 09:01:00")
            self.assertEqual(letter.state, "sent")
            self.assertEqual(self.case.journal_count, count)
            self.assertEqual(self._row().state, "running")
        with freeze_time("2026-11-03 09:30:00"):
            letter._settle()
        self.assertEqual(self._row().met_on, datetime(2026, 11, 3, 9, 1))

    # -- the clock ------------------------------------------------------------------

    def test_what_is_on_its_way_is_asked_about_on_the_reminder_day(self):
        letter = self._acknowledge(medium="letter")
        self._keep("2026-11-10 07:00:00")
        self._keep("2026-11-11 07:00:00")
        self.assertFalse(self._tasks())
        self._keep("2026-11-12 07:00:00")
        task = self._tasks()
        self.assertEqual(task.user_id, self.leader)
        self.assertIn("was it posted", task.summary)
        self.assertTrue(self._tasks("delivery"))
        self._mark(letter, "2026-11-12 10:00:00", "RR1")
        self.assertFalse(self._tasks() | self._tasks("delivery"))
        self._keep("2026-11-13 07:00:00")
        self.assertFalse(self._events("deadline_late"))

    def test_it_is_asked_also_where_the_clock_had_asked_all_it_asks(self):
        self._keep("2026-11-10 07:00:00")
        self._keep("2026-11-11 07:00:00")
        self._acknowledge("2026-11-11 09:00:00", medium="letter")
        self._keep("2026-11-12 07:00:00")
        self.assertIn("was it posted", str(self._tasks().mapped("summary")))

    def test_mail_on_its_way_is_no_question_for_anybody(self):
        self._acknowledge()
        for day in (10, 11, 12):
            self._keep(f"2026-11-{day} 07:00:00")
        self.assertFalse(self._tasks())

    def test_what_is_not_out_when_the_promise_breaks_is_late(self):
        #
        letter = self._acknowledge(medium="letter")
        self._keep("2026-11-12 23:00:00")
        late = self._row().filtered("late_at")
        self.assertEqual(late.state, "late")
        self.assertEqual(letter.meets_ids, self._row())
        self._mark(letter, "2026-11-13 10:00:00", "RR1")
        self.assertEqual(self._row().mapped("state"), ["met", "met"])
        lateness = [one.payload["is_late"] for one in self._events("deadline_met")]
        self.assertEqual(sorted(lateness), [False, True])

    def test_moved_promise_is_kept_by_the_letter_that_was_on_its_way(self):
        letter = self._acknowledge(medium="letter")
        with freeze_time("2026-11-04 09:00:00"):
            self.case.with_user(self.leader).action_delay(
                "The printer is broken.", "2026-11-20", milestone="acknowledge"
            )
        self.assertEqual(self._row().mapped("state"), ["extended", "running"])
        self._mark(letter, "2026-11-05 09:00:00", "RR1")
        self.assertEqual(self._row().mapped("state"), ["extended", "met"])

    def test_hours_that_would_break_a_promise_are_office_hours(self):
        # C-01: due Wednesday 4 November at 10:00 in Oslo, and at 06:30
        self._arrive_with_hours(48)
        letter = self._acknowledge("2026-11-03 19:30:00")
        self._send("2026-11-04 05:00:00")
        self.assertEqual(letter.retry_at, datetime(2026, 11, 4, 6))
        self._send("2026-11-04 06:00:00")
        self.assertEqual(letter.state, "sent")
        self._arrive("2026-11-02 05:30:00", unit_id=self.kitchen.id)
        letter = self._acknowledge("2026-11-03 19:30:00")
        self._send("2026-11-03 19:31:00")
        self.assertEqual(letter.state, "sent")

    # -- what comes back ------------------------------------------------------------

    def _bounce(self, letter, moment):
        with freeze_time(moment):
            self.env["mail.thread"]._routing_handle_bounce(
                None, {"bounced_msg_ids": [letter.message_id]}
            )

    def test_letter_that_comes_back_promises_again(self):
        # M61
        self.case.party_ids.phone = "12345678"
        letter = self._acknowledge()
        self._send("2026-11-03 09:01:00")
        old = self._row()
        self._bounce(letter, "2026-11-04 09:00:00")
        new = self._row() - old
        self.assertEqual((old.state, old.met_on), ("met", datetime(2026, 11, 3, 9, 1)))
        self.assertEqual((new.state, new.extends_id), ("running", old))
        self.assertEqual((new.due_on, new.due_at), (old.due_on, old.due_at))
        other = self.case.correspondence_ids.filtered("replaces_id")
        self.assertEqual((other.medium, other.meets_ids), ("phone", new))
        self.assertEqual(
            self._events("deadline_reopened").payload["milestone"], "acknowledge"
        )
        self._mark(other, "2026-11-05 09:00:00", "Talked", "2026-11-05")
        self.assertEqual(new.state, "met")
        self.assertEqual(old.met_on, datetime(2026, 11, 3, 9, 1))

    def test_answer_that_comes_back_is_no_answer(self):
        # E-36
        self.case.party_ids.phone = "12345678"
        with freeze_time("2026-11-03 09:00:00"):
            self.case.with_user(self.user).action_answer(body=BODY)
        self._send("2026-11-03 09:01:00")
        letter = self.case.correspondence_ids.filtered(
            lambda one: one.purpose == "reply"
        )
        self.assertTrue(self.case.answered_at)
        self._bounce(letter, "2026-11-04 09:00:00")
        self.assertFalse(self.case.answered_at)
        other = self.case.correspondence_ids.filtered("replaces_id")
        self._mark(other, "2026-11-05 09:00:00", "Talked", "2026-11-05")
        self.assertEqual(self.case.answered_at.date(), date(2026, 11, 5))

    def test_letter_that_comes_back_after_the_limit_is_late(self):
        self.case.party_ids.phone = "12345678"
        letter = self._acknowledge()
        self._send("2026-11-03 09:01:00")
        old = self._row()
        self._bounce(letter, "2026-11-20 09:00:00")
        self._keep("2026-11-20 09:10:00")
        self.assertEqual(old.state, "met")
        self.assertTrue((self._row() - old).filtered("late_at"))

    def test_status_page_takes_over_what_came_back(self):
        letter = self._acknowledge()
        self._send("2026-11-03 09:01:00")
        self._bounce(letter, "2026-11-04 09:00:00")
        self.assertEqual(self._row().mapped("state"), ["met", "met"])

    def test_what_could_not_be_sent_is_kept_by_the_next_way(self):
        self.case.party_ids.phone = "12345678"
        letter = self._acknowledge()
        self.failing = True
        for hour in range(10, 15):
            letter.retry_at = False
            self._send(f"2026-11-03 {hour}:00:00")
        self.assertEqual((letter.state, self._row().state), ("failed", "running"))
        other = self.case.correspondence_ids.filtered("replaces_id")
        self.assertEqual(other.meets_ids, self._row())
        self._mark(other, "2026-11-04 09:00:00", "Talked")
        self.assertEqual(self._row().state, "met")

    def test_what_another_letter_has_told_too_is_not_promised_again(self):
        letter = self._acknowledge()
        with freeze_time("2026-11-03 09:00:30"):
            self.case.with_user(self.leader).action_answer(body=BODY)
        self._send("2026-11-03 09:01:00")
        self._bounce(letter, "2026-11-04 09:00:00")
        self.assertEqual(self._row().mapped("state"), ["met"])

    # -- rights ---------------------------------------------------------------------

    def test_nobody_meets_the_promises_of_another_case(self):
        self._arrive(unit_id=self.kitchen.id)
        hidden = self._row()
        self._arrive()
        letters = self.env["complaint.correspondence"].with_user(self.leader)
        with self.assertRaises(AccessError):
            letters.create(
                {"case_id": self.case.id, "meets_ids": [Command.set(hidden.ids)]}
            )
        with self.assertRaises(ValidationError):
            letters.sudo().create(
                {"case_id": self.case.id, "meets_ids": [Command.set(hidden.ids)]}
            )

    def test_nobody_writes_by_hand_what_a_letter_keeps(self):
        letters = self.env["complaint.correspondence"].with_user(self.leader)
        draft = letters.create({"case_id": self.case.id})
        for forged in (
            {"meets_ids": [Command.set(self._row().ids)]},
            {"queued_on": "2026-01-01"},
            {"told_by_id": self.worker.id},
            {"settled_at": "2026-01-01 10:00:00"},
        ):
            with self.assertRaises(UserError):
                letters.create({"case_id": self.case.id, **forged})
            with self.assertRaises(UserError):
                draft.write(forged)

    def test_mail_that_waits_is_not_said_to_be_sent(self):
        letter = self._acknowledge()
        self._mark(letter, "2026-11-03 09:00:30", "I say so")
        self.assertEqual((letter.state, self._row().state), ("queued", "running"))

    def test_auditor_reads_what_is_on_its_way_and_no_letter(self):
        self._acknowledge()
        row = self._row().with_user(self.auditor)
        self.assertEqual(row.on_its_way, "On its way: E-mail")
        row.read()
        with self.assertRaises(AccessError):
            row.read(["letter_ids"])

    def test_who_does_not_see_the_case_marks_nothing(self):
        letter = self._acknowledge(medium="letter")
        for user in (self.other_leader, self.employee, self.auditor, self.custodian):
            with self.assertRaises(AccessError):
                letter.with_user(user).action_mark_sent("x", "2026-11-03")

    def test_anonymous_case_is_late_by_hours_all_the_same(self):
        # M11
        self._arrive_with_hours(36, anonymity="anonymous")
        letter = self._acknowledge("2026-11-03 15:00:00")
        self.env.flush_all()
        self.assertEqual(letter.sent_at, self._row().due_at)
        self.assertEqual(self._row().met_on, self._row().due_at)

    def test_update_has_nothing_left_to_follow_up(self):
        letter = self._acknowledge()
        self._send("2026-11-03 09:01:00")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_correspondence SET settled_at = NULL, queued_on = NULL, "
            "create_date = '2026-11-02 23:30:00' WHERE id = %s",
            [letter.id],
        )
        load_script(str(UPDATE), "pre_letter").migrate(self.env.cr, "19.0.1.1.0")
        letter.invalidate_recordset()
        self.assertEqual(letter.settled_at, letter.sent_at)
        self.assertEqual(letter.queued_on, date(2026, 11, 3))
        self.assertFalse(letter._settle())
