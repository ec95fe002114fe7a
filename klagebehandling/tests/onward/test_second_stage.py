# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OnwardCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSecondStage(OnwardCase):
    """Somebody else looks at it again: nobody below, nobody walled (C-26, M24)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._answered()

    def test_somebody_else_gets_it_and_new_promises_run(self):
        # C-26
        self.assertTrue(self.case.can_go_further)
        self._as(self.case).action_second_stage()
        # The leader received it first: it goes above both.
        self.assertEqual(self.case.handler_id, self.director)
        self.assertEqual((self.case.stage, self.case.state), ("2", "investigating"))
        self.assertFalse(self.case.can_go_further)
        row = self._deadline(self.case, "close").filtered("is_open")
        self.assertTrue(row)
        referral = self.case.referral_ids
        self.assertEqual((referral.kind, referral.user_id), ("second", self.director))
        # Who receives it reads what is needed.
        case = self._as(self.case, self.director)
        self.assertTrue(case.description)
        self.assertTrue(case.correspondence_ids.mapped("body"))

    def test_never_who_has_handled_it_nor_who_is_led_by_them(self):
        # C-26
        case = self._answered()
        case.handler_id = self.leader
        self._as(case, self.leader).action_second_stage()
        self.assertEqual(case.handler_id, self.director)
        # The last one up the line: outside it, and never back.
        case = self._answered()
        case.handler_id = self.director
        self._as(case, self.director).action_second_stage()
        self.assertEqual(case.handler_id, self.independent)

    def test_never_who_stands_behind_the_wall(self):
        # C-26
        case = self._answered()
        self.env["complaint.party"].create(
            {"case_id": case.id, "role": "subject", "user_id": self.leader.id}
        )
        self.assertEqual(case.handler_id, self.director)
        self._as(case, self.director).action_second_stage()
        self.assertNotIn(case.handler_id, self.leader | self.worker | self.director)

    def test_never_back_to_the_independent_receiver_who_has_handled_it(self):
        # C-26
        case = self._answered()
        for user in (self.independent, self.director):
            case.handler_id = user
        case.handler_id = self.worker
        self.assertFalse(case.sudo()._find_second_look())
        self.assertFalse(case.sudo()._find_management())

    def test_last_one_of_the_line_is_nobody_outside_it(self):
        # C-26: the leader has not had it, stands below who has, and is the last left.
        case = self._register(about_manager=True)
        self.env.cr.execute("DELETE FROM complaint_case_wall")
        self.env.invalidate_all()
        case.handler_id = self.independent
        case.handler_id = self.director
        self.assertFalse(case.sudo()._find_second_look())
        self._as(case, self.director).action_answer(body="<p>No.</p>")
        self.assertFalse(case._go_further())
        self.assertIn(self.auditor, self._alarmed())

    def _alarmed(self):
        alarm = self.env.ref("klagebehandling.mail_activity_type_alarm")
        tasks = self.env["mail.activity"].sudo()
        return tasks.search([("activity_type_id", "=", alarm.id)]).user_id

    def test_walled_management_takes_nothing_up(self):
        # the director stands above, and it is about the director.
        case = self._answered()
        self.env["complaint.party"].create(
            {"case_id": case.id, "role": "subject", "user_id": self.director.id}
        )
        for user in (
            case.sudo()._find_second_look(),
            case.sudo()._find_management(),
        ):
            self.assertNotIn(user, self.director | self.leader | self.worker)

    def test_never_who_has_a_part_in_it(self):
        # A-15, C-26: the director stands above in the same line, and is a witness.
        case = self._answered()
        self.env["complaint.party"].create(
            {"case_id": case.id, "role": "witness", "user_id": self.director.id}
        )
        self.assertFalse(case.is_restricted)
        self.assertIn(self.director, case.barred_user_ids)
        self.assertEqual(case.sudo()._find_second_look(), self.independent)
        self.assertEqual(case.sudo()._find_management(), self.independent)

    def test_second_look_is_the_next_above_and_the_management_the_top(self):
        # A-15, C-26
        chief = self._create_user("chief", "group_manager")
        self.management.parent_id = self._create_unit("Board", manager_id=chief.id)
        case = self._answered().sudo()
        self.assertEqual(case._find_second_look(), self.director)
        self.assertEqual(case._find_management(), chief)

    def test_who_leads_below_who_has_handled_it_judges_nothing(self):
        # C-26: the workshop gets its leader after the director took the case.
        self.workshop.manager_id = False
        case = self._register().sudo()
        self.workshop.manager_id = self.leader
        self.assertEqual(case._have_handled(), self.director)
        self.assertEqual(case._find_second_look(), self.independent)
        self.assertEqual(case._find_management(), self.independent)

    def test_closed_case_gets_new_promises(self):
        # C-26, M24
        self._as(self.case).action_close(outcome="unresolved", body="<p>Closed.</p>")
        self._deliver(self.case)
        self.assertFalse(self._deadline(self.case, "close").filtered("is_open"))
        self._as(self.case).action_second_stage()
        row = self._deadline(self.case, "close").filtered("is_open")
        self.assertEqual(str(row.due_on), "2026-12-02")

    def test_management_is_the_top_that_has_not_handled_it(self):
        #
        self.case.handler_id = self.director
        self.case.handler_id = self.worker
        referral = self._refer(self.case, kind="management", recipient=False)
        referral.action_consent("Wants the management.")
        referral.action_send()
        self.assertNotIn(self.case.handler_id, self.director | self.worker)

    def test_management_is_nobody_led_by_who_has_handled_it(self):
        # A-15, C-26: the leader has not had it, and is led by the director who has.
        case = self._register(about_manager=True)
        self.assertEqual(case.handler_id, self.director)
        self.env.cr.execute("DELETE FROM complaint_case_wall")
        self.env.invalidate_all()
        self.assertEqual(case.sudo()._have_handled(), self.director)
        self.assertEqual(case.sudo()._find_management(), self.independent)

    def test_where_nobody_is_left_auditors_are_told_and_nothing_is_lost(self):
        self.env.cr.execute("UPDATE complaint_policy SET independent_id = NULL")
        self.env.invalidate_all()
        case = self._answered()
        for user in (self.director, self.independent, self.worker):
            case.handler_id = user
        self.env.ref("klagebehandling.group_independent").user_ids = False
        result = self._as(case).action_second_stage()
        self.assertEqual(result["tag"], "display_notification")
        self.assertEqual((case.state, case.stage), ("answered", "1"))
        self.assertIn("nobody_else", self._events(case))
        self.assertIn(self.auditor, self._alarmed())
        # Of several at once the others go on.
        result = self._as(case | self.case).action_second_stage()
        self.assertEqual(result["tag"], "display_notification")
        self.assertEqual((case.stage, self.case.stage), ("1", "2"))

    def test_no_reason_is_demanded_and_one_is_kept(self):
        case = self._answered()
        self._as(case).action_second_stage("Said so at the desk.")
        entry = case.journal_ids.filtered(
            lambda one: one.event == "second_stage_wished"
        )
        self.assertEqual(entry.texts, {"reason": "Said so at the desk."})

    def test_before_it_is_answered_and_twice_it_is_refused(self):
        case = self._register()
        case.handler_id = self.worker
        with self.assertRaisesRegex(UserError, "being looked into"):
            self._as(case).action_second_stage()
        self._as(self.case).action_second_stage()
        with self.assertRaisesRegex(UserError, "being looked into"):
            self._as(self.case, self.director).action_second_stage()
        self.assertEqual(len(self.case.referral_ids), 1)

    def test_by_own_act_it_is_kept_the_same_way(self):
        # C-27
        self.assertTrue(self.case._go_further())
        self.assertEqual(self.case.referral_ids.kind, "second")
        self.assertEqual(self.case.handler_id, self.director)

    def test_others_are_refused(self):
        for user in (self.other_leader, self.auditor, self.custodian, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._as(self.case, user).action_second_stage()
        self.assertEqual(self.case.stage, "1")

    def test_answer_and_closing_tell_of_it(self):
        # C-27
        letters = self.env["complaint.correspondence"]
        for purpose in ("reply", "closing"):
            with self.subTest(purpose):
                values = {"reason": False, "lesson": False, "is_first": False}
                body = letters._default_body(self.case, purpose, **values)
                self.assertIn("somebody who has not handled it", body)
        body = letters._default_body(self.case, "acknowledgement")
        self.assertNotIn("somebody who has not handled it", body)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAppeal(OnwardCase):
    """An appeal is passed on the same day, and its limit warned of (E-20, E-21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.county = cls.env["complaint.body"].create(
            {
                "name": "The county",
                "kind": "appeal",
                "country_id": cls.env.ref("base.no").id,
                "limit_text": "three weeks",
                "company_id": False,
            }
        )
        cls.case = cls._register(categories=["out_of_scope_appeal"])

    def test_it_is_due_the_same_day(self):
        # E-21
        referral = self.case.referral_ids
        self.assertEqual((referral.kind, referral.body_id), ("appeal", self.county))
        again = self._register(categories=["out_of_scope_appeal"])
        self.assertEqual(again.referral_ids.body_id, self.county)
        self.assertEqual(str(referral.due_on), "2026-11-02")
        cases = self.env["complaint.case"].with_user(self.leader)
        mine = [("id", "=", self.case.id)]
        # At once, before the clock has made a duty of it, and after.
        for open_clocks in (referral._cron_open_clocks, lambda: None):
            self.assertTrue(self.case.is_due_today)
            self.assertTrue(cases.search([("is_due_today", "=", True), *mine]))
            self.assertFalse(cases.search([("is_due_today", "=", False), *mine]))
            open_clocks()
        found = self.env["complaint.journal"]._verify(self.case)
        self.assertFalse([one for one in found if one.kind in ("differs", "unbound")])

    def test_clock_asks_for_it_the_same_day_and_hands_it_up_the_next(self):
        # E-21, M24: a deadline of its own, which the ladder knows
        self._quieten_the_rest()
        case = self._register(categories=["out_of_scope_appeal"])
        case.handler_id = self.worker
        self.assertFalse(case.referral_ids.sudo().deadline_id, "the door opens none")
        self.env["complaint.referral"]._cron_open_clocks()
        row = case.referral_ids.sudo().deadline_id
        self.assertEqual((row.milestone, str(row.due_on)), ("refer", "2026-11-02"))
        self.assertIn("2026-11-02", str(case.sudo().journal_ids.mapped("payload")))
        with freeze_time("2026-11-02 09:15:00"):
            self._keep()
        self.assertEqual((row.state, row.warned), ("running", "handler"))
        words = case.activity_ids.filtered(lambda one: one.user_id == self.worker)
        self.assertTrue([one for one in words if "Referral is due" in one.summary])
        # Asked once.
        with freeze_time("2026-11-02 12:00:00"):
            self._keep()
        self.assertEqual(self._events(case).count("deadline_warned"), 1)
        with freeze_time("2026-11-03 00:30:00"):
            self._keep()
        self.assertEqual(row.state, "late")
        late = case.activity_ids.filtered(lambda one: "is late" in one.summary)
        self.assertEqual(late.user_id, self.worker | self.leader)

    def _keep(self):
        rows = self.env["complaint.deadline"].search(
            [("next_at", "<=", fields.Datetime.now())]
        )
        rows._escalate()
        self.env.flush_all()

    def test_passing_it_on_keeps_its_promise_and_nothing_else_does(self):
        # E-21
        case, referral = self.case, self.case.referral_ids
        self.env["complaint.referral"]._cron_open_clocks()
        row = referral.sudo().deadline_id
        with self.assertRaisesRegex(UserError, "The way onward"):
            case.with_user(self.leader).action_meet_duty("refer")
        case.with_user(self.leader).action_redirect()
        self.assertEqual(row.state, "running", "the redirection alone is not enough")
        mine = referral.with_user(self.leader)
        self._add(mine, "The appeal as it came in.")
        self._send(mine)
        self.assertEqual(row.state, "met")

    def test_redirection_warns_of_its_limit(self):
        # E-21
        letters = self.env["complaint.correspondence"]
        body = letters._default_body(self.case, "redirect")
        self.assertIn("Mind the time limit", body)
        self.assertIn("three weeks", body)
        self.assertIn("so ask them: The county.", body)

    def test_found_out_later_it_is_due_that_day(self):
        case = self._register()
        self.assertFalse(case.referral_ids)
        appeal = self.env.ref("klagebehandling.category_out_of_scope_appeal")
        with freeze_time("2026-11-05 09:00:00"):
            case.with_user(self.leader).category_ids = appeal
            self.assertEqual(str(case.referral_ids.due_on), "2026-11-05")
            case.with_user(self.leader).category_ids = appeal
        self.assertEqual(len(case.referral_ids), 1)

    def test_found_out_after_the_end_nothing_is_owed(self):
        # E-21
        case = self._answered()
        self._as(case).action_close(outcome="unresolved", body="<p>Closed.</p>")
        case.category_ids = self.case.category_ids
        self.assertFalse(case.referral_ids)

    def test_what_is_split_off_is_passed_on_from_there_only(self):
        # D-51, E-21
        case = self._register(categories=["out_of_scope_appeal", "conduct_treatment"])
        self.env["complaint.referral"]._cron_open_clocks()
        here = case.referral_ids
        appeal = self.env.ref("klagebehandling.category_out_of_scope_appeal")
        case.with_user(self.leader).action_split(appeal.ids)
        there = case.child_ids.referral_ids
        self.assertEqual((here.state, there.state), ("stopped", "draft"))
        self.assertIn(case.child_ids.reference, here.stop_reason)
        self.assertEqual(here.sudo().deadline_id.state, "waived")
        self.assertFalse(case.is_due_today)
        self.assertTrue(case.child_ids.is_due_today)

    def test_splitting_off_something_else_leaves_the_appeal_here(self):
        # D-51, E-21
        case = self._register(categories=["out_of_scope_appeal", "conduct_treatment"])
        other = self.env.ref("klagebehandling.category_conduct_treatment")
        case.with_user(self.leader).action_split(other.ids)
        self.assertEqual(case.referral_ids.state, "draft")
        self.assertFalse(case.child_ids.referral_ids)

    def test_it_is_sent_with_proof_also_after_the_redirection(self):
        case = self.case
        case.handler_id = self.leader
        case.with_user(self.leader).action_redirect()
        referral = case.referral_ids.with_user(self.leader)
        self.assertTrue(case.is_due_today)
        self._add(referral, "The appeal as it came in.")
        self._send(referral)
        self.assertEqual(referral.state, "sent")
        case.invalidate_recordset()
        self.assertFalse(case.is_due_today)
