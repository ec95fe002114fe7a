from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestChoose(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.preset = cls._create_policy(
            "preset", company_id=False, independent_id=False
        )
        cls.newcomer = cls.env["res.company"].create({"name": "Ærlig Arbeid AS"})
        cls.admin = cls._create_user("admin", "group_manager")
        rights = cls.env.ref("base.group_erp_manager") | cls.owner.group_ids
        cls.admin.write(
            {
                "group_ids": [Command.link(group.id) for group in rights],
                "company_ids": [Command.link(cls.newcomer.id)],
                "company_id": cls.newcomer.id,
            }
        )

    def _form(self, user=None):
        choose = self.env["complaint.policy.choose"].with_user(user or self.admin)
        form = Form(choose.with_company(self.newcomer))
        form.preset_id = self.preset
        form.manager_id = self.admin
        form.independent_id = self.employee
        return form

    def test_choosing_makes_an_own_copy_and_the_topmost_unit(self):
        form = self._form()
        self.assertEqual(form.unit_name, "Ærlig Arbeid AS")
        self.assertEqual(form.slug, "aerlig-arbeid-as")
        form.save().action_confirm()
        unit = self.env["complaint.unit"].search(
            [("company_id", "=", self.newcomer.id)]
        )
        self.assertEqual((unit.slug, unit.manager_id), ("aerlig-arbeid-as", self.admin))
        policy = unit.policy_id
        self.assertEqual((policy.code, policy.state), ("preset", "in_force"))
        self.assertEqual(policy.company_id, self.newcomer)
        self.assertEqual(len(policy.term_ids), 3)
        self.assertFalse(policy.valid_from)
        self.assertTrue(self.employee.has_group("klagebehandling.group_independent"))

    def test_first_case_can_be_registered_right_after(self):
        self._form().save().action_confirm()
        result = self.intake.with_company(self.newcomer).register(
            {"description": "The food is cold.", "channel": "phone"}
        )
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.handler_id, self.admin)

    def test_independent_receiver_stands_outside_the_line(self):
        form = self._form()
        form.independent_id = self.admin
        with self.assertRaisesRegex(ValidationError, "outside the line"):
            form.save().action_confirm()

    def test_fallback_receiver_is_offered_and_may_read_own_cases_only(self):
        form = self._form()
        self.assertIn("fallback_hint", form._view["tree"].xpath("//p/@name"))
        self.assertFalse(form.fallback_id)
        form.fallback_id = self.worker
        self.worker.group_ids = self.env.ref("base.group_user")
        form.save().action_confirm()
        policy = self.env["complaint.policy"].search(
            [("company_id", "=", self.newcomer.id)]
        )
        self.assertEqual(policy.fallback_id, self.worker)
        self.assertTrue(self.worker.has_group("klagebehandling.group_handler"))
        self.assertFalse(self.worker.has_group("klagebehandling.group_independent"))

    def test_fallback_receiver_is_a_third_person(self):
        for user in (self.admin, self.employee):
            form = self._form()
            form.fallback_id = user
            with self.assertRaisesRegex(ValidationError, "third person"):
                form.save().action_confirm()

    def test_the_same_procedure_is_not_chosen_twice(self):
        self._form().save().action_confirm()
        form = self._form()
        form.slug = "another"
        with self.assertRaisesRegex(UserError, "already"):
            form.save().action_confirm()

    def test_an_owner_cannot_give_rights_through_it(self):
        self.owner.write({"company_ids": [Command.link(self.newcomer.id)]})
        form = self._form(self.owner)
        form.manager_id = self.director
        with self.assertRaisesRegex(UserError, "administrator"):
            form.save().action_confirm()
        self.assertFalse(self.employee.has_group("klagebehandling.group_independent"))

    def test_only_the_owner_of_the_procedure_chooses(self):
        for user in (self.director, self.worker, self.employee, self.independent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.policy.choose"].with_user(user).create({})

    def test_invitation_is_for_the_owner_of_an_empty_company(self):
        cases = self.env["complaint.case"].with_context(
            allowed_company_ids=self.newcomer.ids
        )
        invited = cases.with_user(self.admin).get_empty_list_help("")
        self.assertIn("complaint_onboarding_action", invited)
        self.assertNotIn(
            "complaint_onboarding_action",
            cases.with_user(self.worker).get_empty_list_help("Nothing"),
        )
        self._form().save().action_confirm()
        self.assertNotIn(
            "complaint_onboarding_action",
            cases.with_user(self.admin).get_empty_list_help("Nothing"),
        )
