from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestAssign(ComplaintCase):
    """Giving many cases to a colleague, with every wall in its place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls._register() + cls._register() + cls._register()

    def _dialog(self, cases, user=None, **values):
        dialog = self.env["complaint.case.assign"].with_user(user or self.leader)
        if cases:
            dialog = dialog.with_context(
                active_model="complaint.case", active_ids=cases.ids
            )
        form = Form(dialog)
        for name, value in values.items():
            form[name] = value
        return form.save()

    def test_chosen_cases_are_given_to_a_colleague(self):
        dialog = self._dialog(self.cases[:2], user_id=self.worker)
        self.assertEqual(dialog.case_count, 2)
        dialog.action_confirm()
        self.assertEqual(self.cases[:2].handler_id, self.worker)
        self.assertEqual(self.cases[2].handler_id, self.leader)
        events = self.cases[0].journal_ids.mapped("event")
        self.assertEqual(events.count("handler_assigned"), 1)

    def test_all_open_cases_of_a_colleague_are_handed_over(self):
        self.cases[:2].with_user(self.leader).action_assign(self.worker.id)
        self.cases[1].sudo().write({"wants_reply": False})
        self.cases[1].with_user(self.worker).action_withdraw(reason="Said so")
        dialog = self._dialog(None, from_user_id=self.worker, user_id=self.leader)
        dialog.action_confirm()
        self.assertEqual(self.cases[0].handler_id, self.leader)
        self.assertEqual(self.cases[1].handler_id, self.worker)  # it has ended

    def test_tasks_go_with_the_case(self):
        case = self.cases[0]
        case._plan_tasks("promise", [(case, self.leader, "Do it", case._today())])
        case.with_user(self.leader).action_assign(self.worker.id)
        tasks = self.env["mail.activity"].sudo()
        tasks = tasks.search([("res_id", "=", case.id), ("summary", "=", "Do it")])
        self.assertEqual(tasks.user_id, self.worker)

    def test_nobody_behind_the_wall_is_given_one(self):
        walled = self._register(
            parties=[{"role": "subject", "user_id": self.worker.id}]
        )
        self.assertIn(self.worker, walled.walled_user_ids)
        both = self.cases[0] + walled
        with self.assertRaisesRegex(UserError, walled.reference):
            self._dialog(both, self.director, user_id=self.worker).action_confirm()
        self.assertNotIn(self.worker, both.handler_id)

    def test_witness_and_stranger_are_not_given_one(self):
        witness = self._register(
            parties=[{"role": "witness", "user_id": self.worker.id}]
        )
        for user in (self.worker, self.employee):
            with self.assertRaises(UserError):
                witness.with_user(self.leader).action_assign(user.id)

    def test_hidden_cases_are_neither_counted_nor_given(self):
        hidden = self._register(
            parties=[{"role": "subject", "user_id": self.leader.id}]
        )
        self.assertEqual(hidden.handler_id, self.director)
        dialog = self._dialog(hidden, user_id=self.worker)
        self.assertEqual(dialog.case_count, 0)
        with self.assertRaises(UserError):
            dialog.action_confirm()
        dialog = self._dialog(None, from_user_id=self.director, user_id=self.worker)
        self.assertEqual(dialog.case_count, 0)
        with self.assertRaises(AccessError):
            hidden.with_user(self.leader).action_assign(self.worker.id)

    def test_who_leads_nobody_hands_nothing_over(self):
        for user in (self.worker, self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                self.env["complaint.case.assign"].with_user(user).create({})

    def test_odd_values_are_refused_in_words(self):
        for value in (0, False, True, 10**9, "x", None, [1]):
            with self.assertRaises(UserError):
                self.cases[0].with_user(self.leader).action_assign(value)
        for odd in ([True], [2**70], [-1], ["1"], [None], "x"):
            dialog = self.env["complaint.case.assign"].with_user(self.leader)
            dialog = dialog.with_context(active_model="complaint.case", active_ids=odd)
            self.assertEqual(dialog.create({}).case_count, 0)
