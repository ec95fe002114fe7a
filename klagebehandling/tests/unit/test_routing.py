from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestRouting(ComplaintCase):
    @staticmethod
    def _subject(user=None, **values):
        return {"role": "subject", "user_id": user.id if user else None, **values}

    def test_nearest_manager_receives(self):
        # A-07, B-19, E-45, E-51
        case = self._register()
        self.assertEqual(case.handler_id, self.leader)
        self.assertFalse(case.walled_user_ids)

    def test_manager_complained_about_is_walked_past(self):
        #
        case = self._register(about_manager=True)
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)

    def test_subject_and_everyone_led_by_them_stand_behind_the_wall(self):
        # M15, M16
        case = self._register(parties=[self._subject(self.leader)])
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)

    def test_colleague_complained_about_is_alone_behind_the_wall(self):
        case = self._register(parties=[self._subject(self.worker)])
        self.assertEqual(case.handler_id, self.leader)
        self.assertEqual(case.walled_user_ids, self.worker)

    def test_subject_who_is_only_named_walls_the_line_of_the_unit(self):
        case = self._register(parties=[self._subject(name="Torfinn")])
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)

    def test_exhausted_line_goes_to_the_independent_receiver(self):
        case = self._register(parties=[self._subject(self.director)])
        self.assertEqual(case.handler_id, self.independent)
        self.assertTrue(case.is_restricted)
        self.assertIn(self.leader, case.walled_user_ids)
        self.assertIn(self.worker, case.walled_user_ids)

    def test_report_about_the_independent_receiver_goes_to_the_top(self):
        case = self._register(
            kind="whistleblowing", parties=[self._subject(self.independent)]
        )
        self.assertEqual(case.handler_id, self.director)
        self.assertTrue(case.is_restricted)
        Case = self.env["complaint.case"]
        self.assertIn(case, Case.with_user(self.director).search([]))
        for user in (self.independent, self.leader):
            self.assertNotIn(case, Case.with_user(user).search([]))

    def test_whistleblowing_goes_past_the_line(self):
        # M29
        case = self._register(kind="whistleblowing")
        self.assertEqual(case.handler_id, self.independent)
        self.assertTrue(case.is_restricted)

    def test_case_that_turns_out_to_be_whistleblowing_leaves_the_line(self):
        # M29
        case = self._register()
        case.with_user(self.leader).kind = "whistleblowing"
        self.assertTrue(case.is_restricted)
        self.assertEqual(case.handler_id, self.independent)
        Case = self.env["complaint.case"]
        for user in (self.leader, self.worker, self.director):
            self.assertNotIn(case, Case.with_user(user).search([]))
        case.with_user(self.independent).kind = "complaint"
        self.assertTrue(case.is_restricted)

    def test_urgent_or_sensitive_ground_goes_one_step_up(self):
        for code in ("danger_life_health", "coercion_rights"):
            case = self._register(categories=["food", code])
            self.assertEqual(case.handler_id, self.director, code)
        at_top = self._register(
            unit_id=self.management.id, categories=["danger_life_health"]
        )
        self.assertEqual(at_top.handler_id, self.director)

    def test_appeal_goes_to_who_decides(self):
        # E-20, D-51
        decider = self._create_user("decider", "group_manager")
        self._create_unit(
            "Decisions",
            parent_id=self.management.id,
            manager_id=decider.id,
            function="decision",
        )
        case = self._register(categories=["out_of_scope_appeal"])
        self.assertEqual(case.handler_id, decider)
        self.assertEqual(case.deadline_ids.mapped("milestone"), ["acknowledge"])
        mixed = self._register(categories=["out_of_scope_appeal", "conduct_treatment"])
        self.assertEqual(mixed.handler_id, self.leader)

    def test_appeal_stays_where_nobody_else_decides(self):
        case = self._register(categories=["out_of_scope_appeal"])
        self.assertEqual(case.handler_id, self.leader)
        self.assertTrue(case.is_out_of_scope)

    def test_unit_without_manager_asks_the_one_above(self):
        self.workshop.manager_id = False
        self.assertEqual(self._register().handler_id, self.director)

    def test_archived_manager_is_walked_past(self):
        self.leader.active = False
        self.assertEqual(self._register().handler_id, self.director)

    def test_subject_added_later_loses_sight_and_the_case(self):
        case = self._register()
        self.assertIn(
            case, self.env["complaint.case"].with_user(self.leader).search([])
        )
        self.env["complaint.party"].create(
            {"case_id": case.id, "role": "subject", "user_id": self.leader.id}
        )
        self.assertEqual(case.handler_id, self.director)
        for user in (self.leader, self.worker):
            self.assertNotIn(
                case, self.env["complaint.case"].with_user(user).search([])
            )

    def test_learning_later_that_it_is_about_the_manager_renews_the_wall(self):
        case = self._register()
        case.with_user(self.director).about_manager = True
        self.assertEqual(case.handler_id, self.director)
        for user in (self.leader, self.worker):
            self.assertNotIn(
                case, self.env["complaint.case"].with_user(user).search([])
            )

    def test_case_is_moved_only_when_it_is_known_whom_it_concerns(self):
        for values in (
            {"about_manager": True},
            {"parties": [self._subject(name="Torfinn")]},
            {"parties": [self._subject(self.worker), self._subject(name="Torfinn")]},
        ):
            case = self._register(**values).with_user(self.director)
            with self.assertRaises(UserError):
                case.action_correct({"unit_id": self.kitchen.id}, "The kitchen's.")
        case = self._register(parties=[self._subject(self.leader)])
        case.with_user(self.director).action_correct(
            {"unit_id": self.kitchen.id}, "The kitchen's."
        )
        self.assertIn(self.leader, case.walled_user_ids)
        self.assertNotIn(
            case, self.env["complaint.case"].with_user(self.leader).search([])
        )

    def test_reorganisation_renews_the_wall(self):
        case = self._register(parties=[self._subject(self.other_leader)])
        self.assertEqual(case.handler_id, self.leader)
        self.workshop.parent_id = self.kitchen
        self.assertIn(self.leader, case.walled_user_ids)
        self.assertEqual(case.handler_id, self.director)

    def test_nobody_behind_the_wall_can_be_assigned(self):
        case = self._register(about_manager=True)
        with self.assertRaises(UserError):
            case.with_user(self.director).handler_id = self.leader
        case.with_user(self.director).handler_id = self.other_leader
        self.assertEqual(case.handler_id, self.other_leader)

    def test_who_is_led_is_kept_in_memory_and_known_again_after_a_change(self):
        def behind_the_wall():
            # As in a transaction that has changed nothing itself.
            self.env.flush_all()
            self.registry.cache_invalidated.clear()
            return self._register(about_manager=True).walled_user_ids

        known = behind_the_wall()
        newcomer = self._create_user("newcomer", "group_handler")
        self.assertEqual(behind_the_wall(), known)
        self.workshop.member_ids += newcomer
        self.assertEqual(behind_the_wall(), known | newcomer)
        newcomer.active = False
        self.assertEqual(behind_the_wall(), known)
        newcomer.active = True
        self.assertEqual(behind_the_wall(), known | newcomer)
        newcomer.unlink()
        self.assertEqual(behind_the_wall(), known)
