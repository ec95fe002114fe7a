from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.klagebehandling.sealing.journal_check import NOTES
from odoo.addons.klagebehandling_example.hooks import _uninstall_hook
from odoo.addons.klagebehandling_example.organisations import (
    MODULE,
    ORGANISATIONS,
    company,
    find,
)
from odoo.addons.klagebehandling_example.stories import stories

from .common import ExampleCase

FUNCTIONS = {
    "lepro": {"management", "service", "whistleblowing"},
    "sosial_omsorg_no": {"decision", "fault_reporting", "service", "whistleblowing"},
    "ljusnarsberg": {"decision", "fault_reporting", "service", "whistleblowing"},
    "robertsfors": {"decision", "fault_reporting", "service", "whistleblowing"},
    "gislaved": {"decision", "fault_reporting", "service", "whistleblowing"},
}


@tagged("post_install", "-at_install")
class TestExample(ExampleCase):
    """The five organisations as `make run` shows them."""

    def example_case(self, name):
        return self.env.ref(f"{MODULE}.case_{name}")

    def units(self, code):
        return self.env["complaint.unit"].search(
            [("company_id", "=", company(self.env, code).id)]
        )

    def test_tree_has_whom_the_routings_name(self):
        # A-40, B-19, E-66
        for code, functions in FUNCTIONS.items():
            with self.subTest(policy=code):
                units = self.units(code)
                self.assertEqual(
                    len(units.filtered(lambda unit: not unit.parent_id)), 1
                )
                self.assertLessEqual(functions, set(units.mapped("function")))
                self.assertTrue(all(unit.manager_id for unit in units))
                self.assertEqual(len(units.filtered("slug")), 1)

    def test_tree_is_three_steps_high_in_the_municipalities(self):
        for code in set(ORGANISATIONS) - {"lepro"}:
            with self.subTest(policy=code):
                unit = find(self.env, "unit", code, "homecare")
                line = [user.login.partition(".")[0] for user in unit.line_manager_ids]
                self.assertEqual(len(line), 3)
                social = find(self.env, "user", code, "social")
                self.assertEqual(unit.parent_id.manager_id, social)

    def test_each_has_its_own_procedure_in_force(self):
        # B-04, D-19: one procedure for all its units
        for code in ORGANISATIONS:
            with self.subTest(policy=code):
                policy = self.units(code).policy_id
                self.assertEqual((policy.code, policy.state), (code, "in_force"))
                self.assertEqual(policy.company_id, company(self.env, code))
                self.assertEqual(
                    policy.independent_id, find(self.env, "user", code, "independent")
                )
                served = self.units(code).filtered("is_public")
                self.assertEqual(served.effective_policy_id, policy)

    def test_complaint_without_a_unit_reaches_the_front_unit(self):
        # D-27: to the unit concerned or to the office
        for code in ORGANISATIONS:
            with self.subTest(policy=code):
                intake = self.env["complaint.intake"]
                intake = intake.with_company(company(self.env, code))
                values = {"policy": code, "channel": "letter", "description": "Hei"}
                case_id = intake.register(values)["case_id"]
                unit = self.env["complaint.case"].browse(case_id).unit_id
                self.assertTrue(unit.slug)

    def test_every_accepted_line_is_a_case(self):
        # E-59
        for line in self.shared_lines:
            name = line["id"].replace("-", "_")
            case = self.env.ref(f"{MODULE}.case_{name}", raise_if_not_found=False)
            self.assertEqual(bool(case), line["expected"]["accepted"], line["id"])

    def test_cases_are_on_their_way(self):
        states = {self.env.ref(f"{MODULE}.{one.name}").state for one in stories()}
        wanted = {"received", "acknowledged", "investigating", "answered"}
        self.assertLessEqual(wanted | {"closed", "redirected"}, states)

    def test_each_sees_the_cases_of_the_own_company_only(self):
        seen = 0
        for code in ORGANISATIONS:
            own = company(self.env, code)
            users = self.env["res.users"].search([("company_id", "=", own.id)])
            for user in users:
                with self.subTest(login=user.login):
                    if not user.has_group("klagebehandling.group_handler"):
                        continue
                    cases = self.env["complaint.case"].with_user(user).search([])
                    self.assertLessEqual(cases.sudo().company_id, own)
                    seen += len(cases)
        self.assertTrue(seen)

    def test_head_sees_the_cases_of_every_unit_below(self):
        # B-19, D-45
        for code, name in {
            "sosial_omsorg_no": "social",
            "ljusnarsberg": "social",
            "robertsfors": "social",
            "gislaved": "administration",
        }.items():
            with self.subTest(policy=code):
                head = find(self.env, "user", code, name)
                units = self.env["complaint.unit"].search(
                    [("id", "child_of", find(self.env, "unit", code, name).id)]
                )
                cases = self.env["complaint.case"].search(
                    # What is for the independent receiver is for no line.
                    [("unit_id", "in", units.ids), ("is_restricted", "=", False)]
                )
                self.assertTrue(cases)
                self.assertEqual(
                    cases.with_user(head).search([]), cases.with_user(head)
                )

    def test_employee_sees_no_case(self):
        # E-12
        for code in ORGANISATIONS:
            with self.subTest(policy=code), self.assertRaises(AccessError):
                user = find(self.env, "user", code, "reception")
                self.env["complaint.case"].with_user(user).search([])

    def test_manager_notices_nothing_of_the_case_about_himself(self):
        # nb-02 is about Torfinn, who leads the woodwork shop
        case = self.example_case("nb_02")
        torfinn = find(self.env, "user", "lepro", "woodwork")
        self.assertEqual(case.unit_id.manager_id, torfinn)
        self.check_unnoticed(case, torfinn)
        member = find(self.env, "user", "lepro", "supervisor")
        self.assertIn(member, case.unit_id.member_ids)
        self.check_unnoticed(case, member)

    def check_unnoticed(self, case, user):
        Case = self.env["complaint.case"].with_user(user)
        only = [("unit_id", "=", case.unit_id.id)]
        others = self.env["complaint.case"].search(only) - case
        self.assertEqual(Case.search(only), others)
        self.assertEqual(Case.search_count(only), len(others))
        counts = Case._read_group(only, ["unit_id"], ["__count"])
        self.assertEqual([count for _unit, count in counts], [len(others)])
        self.assertEqual(Case.name_search(case.reference), [])
        self.assertNotIn(
            case.reference,
            [row["reference"] for row in Case.search_read(only, ["reference"])],
        )
        open_others = others.filtered(lambda one: not one._has_ended())
        self.assertEqual(case.unit_id.with_user(user).case_count, len(open_others))
        self.assertFalse(Case.search([("id", "in", case.ids)]))
        self.assertFalse(Case.browse(case.id).has_access("read"))
        with self.assertRaises(UserError):
            Case.browse(case.id).read(["reference"])
        for model in ("party", "deadline", "correspondence", "journal"):
            rows = self.env[f"complaint.{model}"].with_user(user)
            self.assertEqual(rows.search_count([("case_id", "=", case.id)]), 0)

    def test_management_sees_the_case_about_the_manager(self):
        #
        case = self.example_case("nb_02")
        head = find(self.env, "user", "lepro", "management")
        self.assertEqual(case.handler_id, head)
        Case = self.env["complaint.case"].with_user(head)
        only = [("unit_id", "=", case.unit_id.id)]
        self.assertIn(case, Case.search(only))
        self.assertEqual(
            Case.search_count(only), self.env["complaint.case"].search_count(only)
        )
        self.assertTrue(Case.browse(case.id).read(["title"]))
        self.assertTrue(Case.browse(case.id).deadline_ids)

    def test_auditor_reads_facts_and_no_words(self):
        user = find(self.env, "user", "robertsfors", "auditor")
        cases = self.env["complaint.case"].with_user(user).search([])
        self.assertTrue(cases)
        self.assertEqual(cases.sudo().company_id, company(self.env, "robertsfors"))
        with self.assertRaises(AccessError):
            cases.read(["description"])
        with self.assertRaises(AccessError):
            self.env["complaint.party"].with_user(user).search([])

    def test_people_sign_in_with_the_documented_password(self):
        user = find(self.env, "user", "lepro", "management")
        credential = {"type": "password", "login": user.login, "password": "example"}
        self.env["res.users"].with_user(user)._check_credentials(
            credential, {"interactive": True}
        )

    def test_administrator_may_enter_all_five(self):
        companies = self.env.ref("base.user_admin").company_ids
        for code in ORGANISATIONS:
            self.assertIn(company(self.env, code), companies)

    def test_uninstall_removes_what_the_example_brought_and_nothing_else(self):
        own = self.register(self.line("sv-10"))
        brought = [self.env.ref(f"{MODULE}.{story.name}") for story in stories()]
        procedure = self.env.ref(f"{MODULE}.policy_lepro")
        _uninstall_hook(self.env)
        self.assertFalse(any(case.exists() for case in brought))
        self.assertFalse(procedure.exists())
        self.assertTrue(own.exists().journal_ids)
        journal = self.env["complaint.journal"]
        findings = journal._all_findings(journal._new_check())
        self.assertFalse([one for one in findings if one.kind not in NOTES])
        self.assertTrue(own.policy_id.exists())
