from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestEmptyList(ComplaintCase):
    """An empty board says why it is empty, and never shows cases that are none."""

    def help_of(self, user, name="complaint_case_action"):
        actions = self.env["ir.actions.act_window"].with_user(user)
        return actions._for_xml_id(f"klagebehandling.{name}")["help"]

    def test_administrator_is_told_why_there_is_no_case(self):
        admin = new_test_user(
            self.env,
            "test_admin",
            groups="base.group_system,klagebehandling.group_manager",
        )
        self._register()
        self.assertFalse(self.env["complaint.case"].with_user(admin).search([]))
        said = self.help_of(admin)
        self.assertIn("Set up complaint handling", said)
        self.assertIn("An administrator sees no cases", said)
        admin.write({"company_ids": [Command.link(self.company.id)]})
        admin.company_id = self.company
        said = self.help_of(admin)
        self.assertNotIn("Set up complaint handling", said)
        self.assertIn("An administrator sees no cases", said)

    def test_manager_without_a_unit_is_told_who_enters_a_place(self):
        stranger = self._create_user("stranger", "group_manager")
        self.assertIn("You have no place in any unit yet", self.help_of(stranger))

    def test_who_has_a_place_reads_what_the_list_is_for(self):
        for user in (self.leader, self.independent, self.auditor, self.custodian):
            with self.subTest(login=user.login):
                self.assertIn("No case here", self.help_of(user))

    def test_word_of_the_empty_list_tells_nothing_of_the_cases(self):
        stranger = self._create_user("stranger", "group_manager")
        before = self.help_of(stranger)
        self._register()
        self.assertEqual(self.help_of(stranger), before)

    def test_no_view_shows_sample_cards(self):
        views = self.env["ir.ui.view"].search([("model", "=like", "complaint.%")])
        self.assertTrue(views)
        for view in views:
            self.assertNotIn("sample=", view.arch_db, view.key)
