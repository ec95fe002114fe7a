from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..common import ComplaintCase

NOW = "2026-11-05 09:00:00"


@tagged("post_install", "-at_install")
class TestClosing(ComplaintCase):
    """C-12: every end is a letter, and that letter keeps what was still promised."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
            )
        )
        self._arrive()

    def _arrive(self, **values):
        values.setdefault("reply_channel", "letter")
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register(**values)
        self.own = self.case.with_user(self.case.handler_id)

    def _arrive_with(self, *terms, **policy):
        policy = self._create_policy("other", term_ids=[*terms], **policy)
        self.kitchen.policy_id = policy
        self._arrive(unit_id=self.kitchen.id)

    def _states(self):
        return {row.milestone: row.state for row in self.case.deadline_ids}

    def _letter(self, purpose="closing"):
        return self.case.correspondence_ids.filtered(lambda one: one.purpose == purpose)

    def _mark(self, letter, moment, *args):
        with freeze_time(moment):
            letter.with_user(self.case.handler_id).action_mark_sent(*args)

    def _told(self):
        return [step["text"] for step in self.case._timeline()]

    # -- closing ----------------------------------------------------------------------

    @freeze_time(NOW)
    def test_closing_is_a_letter_that_keeps_the_promises_when_it_has_left(self):
        self.case.remedy = "Two new warming boxes."
        self.own.action_close("upheld", reason="The boxes were broken.")
        self.assertEqual(self.case.state, "closed")
        letter = self._letter()
        self.assertEqual((letter.medium, letter.state), ("letter", "queued"))
        text = html2plaintext(letter.body)
        for told in (
            self.case.reference,
            "we agree with you",
            "The boxes were broken.",
            "Two new warming boxes.",
            "take the case up again",
        ):
            self.assertIn(told, text)
        running = {"acknowledge": "running", "close": "running"}
        self.assertEqual(self._states(), {**running, "inform_staff": "running"})
        self._mark(letter, "2026-11-06 12:00:00", "RR1", "2026-11-06")
        met = {"acknowledge": "met", "close": "met"}
        self.assertEqual(self._states(), {**met, "inform_staff": "running"})
        self.assertEqual(self.case.answered_at, datetime(2026, 11, 6, 12))
        self.assertNotIn("deadline_waived", self.case.journal_ids.mapped("event"))

    @freeze_time(NOW)
    def test_standard_words_say_what_each_outcome_means(self):
        outcomes = self.env["complaint.case"]._fields["outcome"].get_values(self.env)
        texts = set()
        for outcome in outcomes:
            self._arrive()
            self.own.action_close(outcome)
            text = html2plaintext(self._letter().body)
            texts.add(text.replace(self.case.reference, ""))
        self.assertEqual(len(texts), len(outcomes))

    @freeze_time(NOW)
    def test_anonymous_person_reads_it_on_the_status_page(self):
        self._arrive(anonymity="anonymous", reply_channel="portal", parties=[])
        self.own.action_close("resolved")
        self.assertEqual(
            (self._letter().medium, self._letter().state), ("portal", "sent")
        )
        self.assertEqual(self._states()["close"], "met")

    @freeze_time(NOW)
    def test_who_wants_no_reply_reads_it_on_the_status_page(self):
        for act in ("close", "withdraw", "redirect"):
            self._arrive(wants_reply=False)
            appeal = self.env.ref("klagebehandling.category_out_of_scope_appeal")
            if act == "redirect":
                self.case.category_ids = appeal
            arguments = ["resolved"] if act == "close" else []
            getattr(self.own, f"action_{act}")(*arguments)
            letter = self.case.correspondence_ids.sorted("id")[-1]
            self.assertEqual((letter.medium, letter.state), ("portal", "sent"), act)
            self.assertEqual(self._states()["acknowledge"], "met", act)

    @freeze_time(NOW)
    def test_first_word_names_who_handled_it(self):
        # D-38, E-53
        self.own.action_close("resolved")
        self.assertIn(self.leader.name, html2plaintext(self._letter().body))

    def test_closing_that_does_not_leave_in_time_is_late(self):
        with freeze_time(NOW):
            self.own.action_close("resolved")
        with freeze_time("2026-11-12 23:00:00"):
            self.env["complaint.deadline"]._cron_keep()
        self.assertEqual(self._deadline(self.case, "acknowledge")[0].state, "late")
        self.assertTrue(self._letter("delay"))

    @freeze_time(NOW)
    def test_closing_demands_outcome_lesson_and_measure_in_the_action(self):
        # C-17, E-57
        reply = self._term("reply", 7, "day", needs_remedy=True)
        self._arrive_with(reply, is_lesson_required=True)
        with self.assertRaisesRegex(UserError, "outcome"):
            self.own.action_close()
        with self.assertRaisesRegex(UserError, "what was learned.*put right"):
            self.own.action_close("upheld")
        self.case.lesson = "Check the boxes."
        with self.assertRaisesRegex(UserError, "put right"):
            self.own.action_close("upheld")
        self.assertEqual(self.case.state, "received")
        self.case.remedy = "Warm food."
        self.own.action_close("upheld")
        text = html2plaintext(self._letter().body)
        self.assertIn("Check the boxes.", text)
        self.assertIn("Warm food.", text)

    @freeze_time(NOW)
    def test_lesson_is_told_where_the_procedure_wants_one(self):
        self.case.lesson = "Canary lesson"
        self.own.action_close("resolved")
        self.assertNotIn("Canary", self._letter().body)

    @freeze_time(NOW)
    def test_odd_arguments_are_refused_with_a_message(self):
        for odd in (
            {"outcome": "odd"},
            {"outcome": "resolved", "medium": "web"},
            {"outcome": "resolved", "told_on": "2026-11-04", "medium": "letter"},
            {"outcome": "resolved", "told_on": "2026-11-04"},
            {"outcome": "resolved", "told_on": "2026-11-01", "medium": "phone"},
            {"outcome": "resolved", "told_on": "2026-11-06", "medium": "phone"},
            {
                "outcome": "resolved",
                "told_on": "2026-11-04",
                "medium": "phone",
                "user_id": 900_000_001,
            },
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.own.action_close(**odd)
        self.assertEqual(self.case.state, "received")

    # -- told in person ------------------------------------------------------------

    @freeze_time(NOW)
    def test_what_was_told_in_person_is_recorded_in_the_place_of_the_letter(self):
        self.own.action_close(
            "resolved", medium="phone", told_on="2026-11-04", user_id=self.worker.id
        )
        letter = self._letter()
        self.assertEqual((letter.medium, letter.state), ("phone", "sent"))
        self.assertEqual(letter.told_by_id, self.worker)
        self.assertEqual(letter.sent_at.date(), date(2026, 11, 4))
        self.assertEqual(self._states()["acknowledge"], "met")
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "correspondence_sent"
        )
        self.assertEqual(entry.payload["user"], self.worker.id)
        self.assertEqual(entry.payload["sent_on"], "2026-11-04")
        self.assertEqual(entry.user_id, self.leader)
        delivery = self.env.ref("klagebehandling.mail_activity_type_delivery")
        self.assertNotIn(delivery, self.case.activity_ids.activity_type_id)

    # -- redirect, withdrawal -----------------------------------------------------

    @freeze_time(NOW)
    def test_redirect_keeps_what_was_promised_and_leaves_the_staff_meeting(self):
        # E-21
        self._arrive_with(
            self._term("acknowledge", 10, "day"),
            self._term("reply", 7, "day"),
            self._term("inform_staff", 14, "day"),
        )
        self.own.action_redirect(body="<p>The county decides this.</p>")
        self._mark(self._letter("redirect"), NOW, "RR1")
        kept = {"acknowledge": "met", "reply": "met"}
        self.assertEqual(self._states(), {**kept, "inform_staff": "running"})

    @freeze_time(NOW)
    def test_withdrawal_is_confirmed(self):
        self.own.action_withdraw("Said so by phone")
        letter = self._letter("withdrawal")
        self.assertEqual((letter.medium, letter.state), ("letter", "queued"))
        self.assertIn("take back", html2plaintext(letter.body))
        self.assertNotIn("Said so", letter.body)
        self._mark(letter, NOW, "RR1")
        self.assertEqual(self._states()["acknowledge"], "met")

    def test_reopened_case_stops_the_letter_that_told_of_its_end(self):
        with freeze_time(NOW):
            self.own.action_close("resolved")
        with freeze_time("2026-11-06 09:00:00"):
            self.own.action_reopen("New facts")
        self.assertEqual(self._letter().state, "failed")
        self.assertFalse(self._letter("closing").filtered("replaces_id"))
        self.assertEqual(self._states()["close"], "running")
        self.assertEqual(len(self._deadline(self.case, "close")), 1)

    # -- duties to others, and what is waived -------------------------------------

    @freeze_time(NOW)
    def test_duty_to_others_outlives_the_end(self):
        #
        self.own.action_close("resolved")
        self.assertTrue(self.case.has_duty_to_others)
        with freeze_time("2026-11-16 23:00:00"):
            self.env["complaint.deadline"]._cron_keep()
        self.assertEqual(self._states()["inform_staff"], "late")
        self.own.action_meet_duty("inform_staff")
        self.assertEqual(self._states()["inform_staff"], "met")
        self.assertFalse(self.case.has_duty_to_others)

    @freeze_time(NOW)
    def test_duty_to_others_is_waived_by_a_person_with_a_reason(self):
        self.own.action_close("resolved")
        for reason in ("", "  ", None):
            with self.assertRaises(UserError):
                self.own.action_waive_duty("inform_staff", reason)
        for milestone in ("acknowledge", "review", "odd"):
            with self.assertRaises(UserError):
                self.own.action_waive_duty(milestone, "Why not")
        self.own.action_waive_duty("inform_staff", "The unit is closed.")
        row = self._deadline(self.case, "inform_staff")
        self.assertEqual((row.state, row.reason), ("waived", "The unit is closed."))
        self.assertNotIn("The unit is closed.", str(self._told()))

    @freeze_time(NOW)
    def test_review_and_referral_are_met_or_waived(self):
        self._arrive_with(
            self._term("review", 30, "day"), self._term("refer", 30, "day")
        )
        self.own.action_close("resolved")
        self.own.action_meet_duty("review")
        self.own.action_waive_duty("refer", "Nobody to refer to.")
        self.assertEqual(self._states()["review"], "met")
        self.assertEqual(self._states()["refer"], "waived")

    def test_others_can_neither_end_nor_waive(self):
        for user in (self.other_leader, self.employee, self.auditor, self.custodian):
            case = self.case.with_user(user)
            for act in (
                lambda case=case: case.action_close("resolved"),
                lambda case=case: case.action_withdraw("x"),
                lambda case=case: case.action_waive_duty("inform_staff", "x"),
                lambda case=case: case.action_meet_duty("inform_staff"),
            ):
                with self.assertRaises(AccessError):
                    act()

    @freeze_time(NOW)
    def test_complainant_reads_why_a_promise_fell_away(self):
        self.own.action_waive_acknowledgement("The letter box is shared.")
        told = self._told()
        self.assertIn(
            "We do not confirm that we have it. The reason: The letter box is shared.",
            told,
        )
        self.assertNotIn("We confirmed that we have it.", told)

    @freeze_time(NOW)
    def test_reason_of_a_rule_is_told_in_the_readers_language(self):
        self.own.has_external_parties = True
        self.assertEqual(self._states()["close"], "waived")
        self.assertTrue(
            any("facts of the case have changed" in text for text in self._told())
        )
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "deadline_waived"
        )
        self.assertEqual(entry.payload["rule"], "facts_changed")

    @freeze_time(NOW)
    def test_erased_reason_is_gone_and_the_fact_is_told(self):
        self.own.action_waive_acknowledgement("Canary reason")
        self.case.journal_ids._erase_texts()
        self.assertIn("We do not confirm that we have it.", self._told())
        self.assertNotIn("Canary", str(self._told()))
