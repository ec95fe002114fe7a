from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

REASON = "It happened in the kitchen, she says."


@tagged("post_install", "-at_install")
@freeze_time("2026-11-05 09:00:00")
class TestCorrectionRouting(ComplaintCase):
    """A corrected case goes to who should have received it, around every wall."""

    def _about(self, *users, **values):
        parties = [{"role": "subject", "user_id": user.id} for user in users]
        return self._register(parties=parties, **values)

    def _correct(self, case, user, **values):
        return case.with_user(user).action_correct(values, REASON)

    def _reads(self, case, user):
        self.env.invalidate_all()
        return bool(case.with_user(user).search([("id", "=", case.id)]))

    def test_other_unit_gets_the_case_and_the_first_one_loses_it(self):
        case = self._register()
        case._plan_tasks("promise", [(case, self.worker, "Do it", case._today())])
        self._correct(case, self.director, unit_id=self.kitchen.id)
        self.assertEqual(case.handler_id, self.other_leader)
        self.assertTrue(self._reads(case, self.other_leader))
        for user in (self.leader, self.worker):
            self.assertFalse(self._reads(case, user))
        tasks = self.env["mail.activity"].sudo().search([("res_id", "=", case.id)])
        self.assertFalse(tasks.user_id - self.other_leader)
        self.assertTrue(tasks)

    def test_manager_of_the_new_unit_is_complained_about(self):
        # M17
        case = self._about(self.other_leader)
        self._correct(case, self.leader, unit_id=self.kitchen.id)
        self.assertEqual(case.handler_id, self.director)
        self.assertFalse(self._reads(case, self.other_leader))

    def test_member_of_the_new_unit_is_complained_about(self):
        member = self._create_user("cook", "group_handler")
        self.kitchen.member_ids = [Command.link(member.id)]
        case = self._about(member)
        self._correct(case, self.leader, unit_id=self.kitchen.id)
        self.assertEqual(case.handler_id, self.other_leader)
        self.assertFalse(self._reads(case, member))

    def _create_annex(self):
        """A unit beside the others, with a manager of its own and nobody above."""
        head = self._create_user("head", "group_manager")
        annex = self._create_unit("Annex", manager_id=head.id, policy_id=self.policy.id)
        return annex, head

    def test_whole_new_line_is_complained_about(self):
        annex, head = self._create_annex()
        case = self._about(head)
        self._correct(case, self.leader, unit_id=annex.id)
        self.assertEqual(case.handler_id, self.independent)
        self.assertTrue(case.is_restricted)
        for user in (head, self.director, self.leader):
            self.assertFalse(self._reads(case, user))

    def test_independent_receiver_is_complained_about(self):
        annex, head = self._create_annex()
        fallback = self._create_user("fallback", "group_independent")
        self.policy.fallback_id = fallback
        case = self._about(head, self.independent)
        self._correct(case, self.leader, unit_id=annex.id)
        self.assertEqual(case.handler_id, fallback)
        for user in (head, self.independent):
            self.assertFalse(self._reads(case, user))

    def test_nobody_is_left_and_the_correction_is_refused(self):
        annex, head = self._create_annex()
        case = self._about(head, self.independent)
        refused = self.assertRaisesRegex(UserError, "Name another receiver")
        with refused, self.cr.savepoint():
            self._correct(case, self.leader, unit_id=annex.id)
        self.env.invalidate_all()
        self.assertEqual(case.unit_id, self.workshop)
        self.assertEqual(case.handler_id, self.leader)

    def test_whistleblowing_goes_past_the_line_and_stays_there(self):
        # M29
        case = self._register()
        self._correct(case, self.leader, kind="whistleblowing")
        self.assertEqual(case.handler_id, self.independent)
        self.assertFalse(self._reads(case, self.leader))
        self._correct(case, self.independent, kind="complaint")
        self.assertTrue(case.is_restricted)
        self.assertEqual(case.handler_id, self.independent)

    def test_whistleblowing_about_the_independent_receiver_goes_to_the_fallback(self):
        fallback = self._create_user("fallback", "group_independent")
        self.policy.fallback_id = fallback
        case = self._about(self.independent)
        self._correct(case, self.leader, kind="whistleblowing")
        self.assertEqual(case.handler_id, fallback)

    def test_sensitive_ground_goes_one_step_up_and_a_wrong_one_comes_back(self):
        ground = self.env["complaint.category"].create(
            {"name": "Grave", "code": "grave", "is_sensitive": True}
        )
        food = self.env.ref("klagebehandling.category_food")
        case = self._register()
        self._correct(case, self.leader, category_ids=ground.ids)
        self.assertEqual(case.handler_id, self.director)
        self._correct(case, self.director, category_ids=food.ids)
        self.assertEqual(case.handler_id, self.leader)

    def test_handler_who_was_chosen_stays_where_the_line_is_the_same(self):
        case = self._register()
        case.with_user(self.leader).handler_id = self.worker
        self._correct(case, self.worker, kind="view")
        self.assertEqual(case.handler_id, self.worker)

    def test_unknown_person_keeps_the_case_where_its_wall_stands(self):
        case = self._register(
            parties=[{"role": "subject", "name": "Somebody in the kitchen"}]
        )
        with self.assertRaisesRegex(UserError, "whom it concerns"):
            self._correct(case, self.director, unit_id=self.kitchen.id)

    def test_who_stepped_back_does_not_get_it_again(self):
        # M18
        case = self._register(unit_id=self.kitchen.id)
        case.with_user(self.other_leader).action_recuse("She is my sister.")
        self._correct(case, self.director, unit_id=self.workshop.id)
        self.assertEqual(case.handler_id, self.leader)
        self._correct(case, self.leader, unit_id=self.kitchen.id)
        self.assertEqual(case.handler_id, self.director)
        self.assertFalse(self._reads(case, self.other_leader))

    def test_witness_in_charge_of_the_new_unit_does_not_get_it(self):
        # C-08
        case = self._register(
            parties=[{"role": "witness", "user_id": self.other_leader.id}]
        )
        self._correct(case, self.leader, unit_id=self.kitchen.id)
        self.assertEqual(case.handler_id, self.director)
        self.assertFalse(self._reads(case, self.other_leader))

    def test_person_complained_about_corrects_nothing(self):
        case = self._about(self.worker)
        with self.assertRaises(AccessError):
            self._correct(case, self.worker, unit_id=self.kitchen.id)
        self.assertEqual(case.unit_id, self.workshop)
