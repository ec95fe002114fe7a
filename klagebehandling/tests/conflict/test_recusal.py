from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestRecusal(ComplaintCase):
    """Stepping back (M18), and saying whom a case is about."""

    def test_handler_steps_back_and_the_next_in_line_takes_over(self):
        case = self._register()
        case.with_user(self.leader).action_recuse("She is my sister.")
        self.assertEqual(case.handler_id, self.director)
        self.assertEqual(case.recused_user_ids, self.leader)
        # M16: whom the one who steps back leads may not decide either
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)
        self.assertFalse(case.with_user(self.leader).has_access("read"))
        entry = case.journal_ids.filtered(lambda one: one.event == "recused")
        self.assertEqual(entry.user_id, self.leader)

    def test_stepping_back_asks_for_a_reason_and_for_the_case(self):
        case = self._register()
        for reason in (None, "", "  ", 5):
            with self.assertRaises(UserError):
                case.with_user(self.leader).action_recuse(reason)
        for user in (self.other_leader, self.employee, self.auditor):
            with self.assertRaises(AccessError):
                case.with_user(user).action_recuse("I want to")

    def test_recusal_lasts(self):
        case = self._register()
        case.with_user(self.leader).action_recuse("She is my sister.")
        self.env["complaint.party"].create({"case_id": case.id, "role": "witness"})
        self.workshop.member_ids -= self.worker
        self.assertIn(self.leader, case.walled_user_ids)

    def test_dialog_leaves_the_case(self):
        case = self._register()
        dialog = Form(
            self.env["complaint.case.recuse"]
            .with_user(self.leader)
            .with_context(default_case_id=case.id)
        )
        dialog.reason = "She is my sister."
        action = dialog.save().action_confirm()
        self.assertEqual(action["res_model"], "complaint.case")
        self.assertFalse(action["res_id"])
        self.assertEqual(case.handler_id, self.director)

    def test_answer_who_it_is_moves_the_wall_to_the_person(self):
        case = self._register(parties=[{"role": "subject", "name": "Torfinn"}])
        self.assertTrue(case.is_line_walled)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)
        subject = case.party_ids
        case.with_user(self.director).action_identify(self.worker.id, subject.id)
        self.assertFalse(case.is_line_walled)
        self.assertEqual(subject.user_id, self.worker)
        self.assertEqual(case.walled_user_ids, self.worker)
        self.assertTrue(case.with_user(self.leader).has_access("read"))

    def test_answer_that_it_is_nobody_here_takes_the_wall_away(self):
        case = self._register(parties=[{"role": "subject", "name": "A customer"}])
        case.with_user(self.director).action_identify(None, case.party_ids.id)
        self.assertTrue(case.party_ids.is_outsider)
        self.assertFalse(case.walled_user_ids)

    def test_answer_which_manager_it_is(self):
        case = self._register(about_manager=True, parties=[])
        case.with_user(self.director).action_identify(self.leader.id)
        self.assertEqual(case._subjects().user_id, self.leader)
        self.assertFalse(case.is_line_walled)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)

    def test_a_subject_named_later_walls_the_line_again(self):
        case = self._register(parties=[{"role": "subject", "name": "A customer"}])
        case.with_user(self.director).action_identify(None, case.party_ids.id)
        self.env["complaint.party"].with_user(self.leader).create(
            {"case_id": case.id, "role": "subject", "name": "Somebody here"}
        )
        self.assertTrue(case.is_line_walled)
        self.assertIn(self.leader, case.walled_user_ids)

    def test_answer_is_for_who_works_the_case_and_fits_it(self):
        case = self._register(parties=[{"role": "subject", "name": "Torfinn"}])
        other = self._register(parties=[{"role": "subject", "name": "Else"}])
        for user in (self.leader, self.worker, self.auditor, self.employee):
            with self.assertRaises(AccessError):
                case.with_user(user).action_identify(None, case.party_ids.id)
        director = case.with_user(self.director)
        portal = self.env.ref("base.public_user")
        for user_id, party_id in (
            (self.worker.id, other.party_ids.id),
            (portal.id, case.party_ids.id),
            (10**9, case.party_ids.id),
        ):
            with self.assertRaises(ValidationError):
                director.action_identify(user_id, party_id)

    def test_dialog_asks_for_who_is_only_named(self):
        case = self._register(parties=[{"role": "subject", "name": "Torfinn"}])
        dialog = Form(
            self.env["complaint.case.identify"]
            .with_user(self.director)
            .with_context(default_case_id=case.id)
        )
        self.assertEqual(dialog.party_id, case.party_ids)
        dialog.user_id = self.worker
        dialog.save().action_confirm()
        self.assertEqual(case.walled_user_ids, self.worker)

    def test_manager_who_is_named_need_not_be_asked_for(self):
        leader = {"role": "subject", "user_id": self.leader.id}
        case = self._register(about_manager=True, parties=[leader])
        self.assertFalse(case.is_line_walled)
        self.assertEqual(case.walled_user_ids, self.leader | self.worker)
        # Somebody else who is named says nothing of the manager.
        colleague = {"role": "subject", "user_id": self.other_leader.id}
        other = self._register(about_manager=True, parties=[colleague])
        self.assertTrue(other.is_line_walled)
        self.assertLessEqual(self.leader | self.other_leader, other.walled_user_ids)
        self.env["complaint.party"].create({"case_id": other.id, **leader})
        self.assertFalse(other.is_line_walled)
        self.workshop.manager_id = self.director
        self.assertFalse(other.is_line_walled)
        self.assertIn(self.leader, other.walled_user_ids)
