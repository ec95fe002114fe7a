from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestLifecycle(ComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2026-11-02 09:00:00"):
            self.case = self._register().with_user(self.leader)

    def _states(self):
        return {row.milestone: row.state for row in self.case.deadline_ids}

    def _purposes(self):
        return self.case.correspondence_ids.mapped("purpose")

    def test_whole_way(self):
        # A-24, B-23, B-24
        case = self.case
        case.action_acknowledge()
        self.assertEqual(case.state, "acknowledged")
        self._deliver(case)
        self.assertEqual(self._states()["acknowledge"], "met")
        case.action_investigate()
        case.action_answer(body="<p>We have bought a heater.</p>")
        self.assertEqual(case.state, "answered")
        self.assertEqual(self._states()["close"], "running")
        case.action_close("upheld")
        self.assertEqual((case.state, case.outcome), ("closed", "upheld"))
        self.assertTrue(case.closed_at)
        self._deliver(case)
        self.assertEqual(self._states()["close"], "met")
        self.assertEqual(self._states()["inform_staff"], "running")
        self.assertEqual(set(self._purposes()), {"acknowledgement", "reply", "closing"})
        events = case.journal_ids.sorted("sequence").mapped("event")
        for event in ("acknowledged", "investigating", "answered", "closed"):
            self.assertIn(event, events)
        self.assertIn("deadline_met", events)

    def test_acknowledgement_without_its_elements_is_refused(self):
        # A-25, D-38, E-53
        term = self._deadline(self.case, "acknowledge").term_id.sudo()
        for element, value in (
            ("needs_expected_date", {"expected_on": date(2026, 11, 30)}),
            ("needs_handler", {"handler_id": self.leader.id}),
        ):
            self.env.cr.execute(
                f"UPDATE complaint_policy_term SET {element} = TRUE WHERE id = %s",
                [term.id],
            )
            term.invalidate_recordset()
            self.case.sudo().write({"expected_on": False, "handler_id": False})
            self.case.sudo().handler_id = self.env["res.users"]
            director_case = self.case.with_user(self.director)
            with self.assertRaisesRegex(UserError, "demands"):
                director_case.action_acknowledge()
            self.assertEqual(self.case.sudo().state, "received")
            self.assertFalse(self.case.sudo().correspondence_ids)
            director_case.sudo().write(value)
            self.env.cr.execute(
                "UPDATE complaint_policy_term SET needs_expected_date = FALSE, "
                "needs_handler = %s WHERE id = %s",
                [element == "needs_handler", term.id],
            )
            term.invalidate_recordset()

    def test_acknowledgement_tells_when_and_who(self):
        # E-53
        self.case.expected_on = date(2026, 11, 30)
        self.policy.env.cr.execute(
            "UPDATE complaint_policy SET protection_text = "
            """'{"en_US": "<p>You are safe with us.</p>"}'"""
        )
        self.policy.invalidate_recordset()
        self.case.action_acknowledge()
        body = self.case.correspondence_ids.body
        self.assertIn("November 30, 2026", body)
        self.assertIn(self.leader.name, body)
        self.assertIn(self.case.reference, body)
        self.assertIn("You are safe with us.", body)

    def test_reply_needs_a_text(self):
        with self.assertRaises(UserError):
            self.case.action_answer()
        self.assertEqual(self.case.state, "received")

    def test_reply_meets_the_acknowledgement_that_was_owed(self):
        self.case.action_answer(body="<p>Done at once.</p>")
        self._deliver(self.case)
        self.assertEqual(self._states()["acknowledge"], "met")

    def test_closing_needs_an_outcome(self):
        with self.assertRaises(UserError):
            self.case.action_close()
        self.case.action_close("resolved_at_once")  # E-13, D-15
        self.assertEqual(self.case.state, "closed")

    def test_first_assessment_is_recorded_on_both_tracks(self):
        # D-34, D-35, E-34
        self.case.write({"contact_interval": 7, "reply_channel": "phone"})
        self.case.action_investigate()
        self.assertEqual(self.case.triage, "handling")
        self.assertEqual(self.case.contact_interval, 7)
        with freeze_time("2026-11-02 09:00:00"):
            other = self._register().with_user(self.leader)
        other.action_close("resolved_at_once")
        self.assertEqual(other.triage, "at_once")

    def test_processing_times_are_measured(self):
        # E-36, C-09
        with freeze_time("2026-11-06 23:30:00"):  # already the 7th in Oslo
            self.case.action_answer(body="<p>Done.</p>")
            self._deliver(self.case)
        with freeze_time("2026-11-20 09:00:00"):
            self.case.action_close("upheld")
        self.assertEqual((self.case.days_to_answer, self.case.days_to_close), (5, 18))
        ((average,),) = self.env["complaint.case"]._read_group(
            [("id", "=", self.case.id)], [], ["days_to_answer:avg"]
        )
        self.assertEqual(average, 5)

    def test_hand_over_is_tracked(self):
        # E-67
        self.case.handler_id = self.worker
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "handler_assigned"
        )
        self.assertEqual(entry.payload, {"handler": self.worker.id})
        self.assertEqual(entry.user_id, self.leader)

    def test_ended_case_moves_no_further(self):
        self.case.action_close("upheld")
        for action in ("acknowledge", "investigate", "answer", "close", "withdraw"):
            with self.assertRaises(UserError):
                getattr(self.case, f"action_{action}")()

    def test_redirection_explains_and_keeps_the_receipt(self):
        # E-21, D-51
        with self.assertRaises(UserError):
            self.case.action_redirect()
        self.case.category_ids = self.env.ref(
            "klagebehandling.category_out_of_scope_appeal"
        )
        received_at = self.case.received_at
        self.case.action_redirect()
        self.assertEqual(self.case.state, "redirected")
        self.assertEqual(self.case.received_at, received_at)
        letter = self.case.correspondence_ids.filtered(
            lambda letter: letter.purpose == "redirect"
        )
        self.assertIn("time limit", letter.body)
        self._deliver(self.case)
        self.assertEqual(self._states()["acknowledge"], "met")
        self.assertEqual(self._states()["close"], "waived")

    def test_mixed_case_is_split_before_a_part_is_redirected(self):
        # E-21, D-51
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(
                categories=["out_of_scope_appeal", "conduct_treatment"],
                received_at="2026-10-30T10:00",
            ).with_user(self.leader)
        appeal = self.env.ref("klagebehandling.category_out_of_scope_appeal")
        with self.assertRaises(UserError):
            case.action_redirect()
        for grounds in (case.category_ids, appeal.browse(), appeal.search([], limit=1)):
            with self.assertRaises(UserError):
                case.action_split(grounds.ids)
        child = case.browse(case.action_split(appeal.ids))
        self.assertEqual(child.parent_id, case)
        self.assertEqual(child.received_at, case.received_at)
        self.assertEqual(child.party_ids.name, "Kari Nordmann")
        self.assertEqual(child.category_ids, appeal)
        self.assertEqual(child.deadline_ids.mapped("milestone"), ["acknowledge"])
        self.assertEqual(case.category_ids.code, "conduct_treatment")
        self.assertTrue(self._deadline(case, "close"))
        child.action_redirect()
        self.assertEqual((child.state, case.state), ("redirected", "received"))

    def test_letter_on_its_way_is_not_rewritten(self):
        self.case.action_acknowledge(medium="letter")
        with self.assertRaises(UserError):
            self.case.correspondence_ids.with_user(self.leader).body = "Other words"

    def test_withdrawal_is_confirmed_and_keeps_what_runs(self):
        self.case.action_withdraw("Said so by phone")
        self.assertEqual(self.case.state, "withdrawn")
        self._deliver(self.case)
        self.assertEqual(self._states().pop("inform_staff"), "running")
        self.assertEqual(
            (self._states()["acknowledge"], self._states()["close"]), ("met", "met")
        )
        entry = self.case.journal_ids.filtered(lambda one: one.event == "withdrawn")
        self.assertEqual(entry.texts, {"reason": "Said so by phone"})
        self.assertFalse(entry.payload)

    def test_reopening_keeps_history_and_starts_new_limits(self):
        with freeze_time("2026-11-20 09:00:00"):
            self.case.action_close("upheld")
            self._deliver(self.case)
        old = self.case.deadline_ids
        with freeze_time("2027-01-04 09:00:00"):
            with self.assertRaises(UserError):
                self.case.action_reopen()
            self.case.action_reopen("New facts")
        self.assertEqual(self.case.state, "investigating")
        self.assertFalse(self.case.outcome or self.case.closed_at)
        new = self.case.deadline_ids - old
        self.assertEqual(new.mapped("milestone"), ["close"])
        self.assertEqual(new.due_on, date(2027, 2, 4))
        self.assertEqual(set(old.mapped("state")), {"met", "running"})
        entry = self.case.journal_ids.filtered(lambda one: one.event == "reopened")
        self.assertEqual(entry.texts, {"reason": "New facts"})
        self.assertEqual(entry.payload, {"outcome": "upheld"})

    def test_open_case_is_not_reopened(self):
        with self.assertRaises(UserError):
            self.case.action_reopen("Why not")

    def test_who_does_not_see_the_case_cannot_move_it(self):
        for user in (self.other_leader, self.employee, self.auditor, self.custodian):
            with self.assertRaises(AccessError):
                self.case.with_user(user).action_acknowledge()

    def test_independent_receiver_moves_what_is_routed_there(self):
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(kind="whistleblowing").with_user(self.independent)
        case.action_acknowledge()
        case.action_answer(body="<p>We have looked into it.</p>")
        case.action_close("no_finding")
        self.assertEqual(case.state, "closed")

    def test_status_page_letter_is_sent_at_once(self):
        self.case.sudo().reply_channel = "portal"
        self.case.action_acknowledge()
        letter = self.case.correspondence_ids
        self.assertEqual(letter.state, "sent")
        self.assertTrue(letter.sent_at and letter.proof)

    def test_paper_letter_waits_for_a_hand_and_its_proof(self):
        self.case.action_acknowledge(medium="letter")
        letter = self.case.correspondence_ids
        self.assertEqual(letter.state, "queued")
        letter.action_mark_sent("RR123456785NO")
        self.assertEqual((letter.state, letter.proof), ("sent", "RR123456785NO"))

    def test_repeating_duty_starts_anew_when_met(self):
        policy = self._create_policy(
            "updates", term_ids=[self._term("update", 14, "day", is_repeating=True)]
        )
        self.kitchen.policy_id = policy
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(unit_id=self.kitchen.id)
        with freeze_time("2026-11-10 09:00:00"):
            case.deadline_ids._meet()
        rows = case.deadline_ids.sorted("due_on")
        self.assertEqual(rows.mapped("state"), ["met", "running"])
        self.assertEqual(str(rows[1].due_on), "2026-11-24")
