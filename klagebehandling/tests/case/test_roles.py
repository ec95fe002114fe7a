from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...roles import READERS
from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestRoles(ComplaintCase):
    """What those have in common who work cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.caseworker = cls.env.ref(READERS)

    def test_handlers_and_independent_receivers_are_caseworkers(self):
        roles = ("handler", "independent")
        groups = [self.env.ref(f"klagebehandling.group_{role}") for role in roles]
        self.assertEqual(self.caseworker.implied_by_ids, groups[0] | groups[1])
        for user in (self.worker, self.leader, self.independent):
            self.assertTrue(user.has_group(READERS), user.login)
        for user in (self.custodian, self.auditor, self.employee):
            self.assertFalse(user.has_group(READERS), user.login)

    def test_it_is_given_to_nobody_by_hand(self):
        self.assertFalse(self.caseworker.user_ids)
        self.assertFalse(self.caseworker.privilege_id)

    def test_it_opens_no_row_by_itself(self):
        case = self._register(unit_id=self.workshop.id)
        bare = self._create_user("bare", "group_caseworker")
        self.workshop.member_ids += bare
        names = self.env.registry.descendants(["complaint.walled"], "_inherit")
        opened = {
            name
            for name in names
            if not self.env.registry[name]._abstract
            and self.env[name].with_user(bare).has_access("read")
        }
        self.assertLess({"complaint.case", "complaint.party"}, opened)
        for name in sorted(opened - {"complaint.hearing.statement"}):
            with self.subTest(model=name):
                domain = self.env["ir.rule"].with_user(bare)._compute_domain(name)
                self.assertTrue(domain.is_false(), domain)
                self.assertFalse(self.env[name].with_user(bare).search([]))
        with self.assertRaises(AccessError):
            case.with_user(bare).read(["title"])
        self.assertTrue(case.with_user(self.worker).read(["title"]))

    def test_auditor_who_works_cases_too_changes_only_those(self):
        # Odoo adds up the rights of one person: an auditor has none but to look.
        self.worker.group_ids |= self.env.ref("klagebehandling.group_auditor")
        case = self._register(unit_id=self.kitchen.id).with_user(self.worker)
        own = self._register(unit_id=self.workshop.id).with_user(self.worker)
        self.assertTrue(case.reference)
        later = {"start_at": "2030-01-01 09:00:00", "place": "2"}
        for name, act in {
            "write": lambda: case.write({"expected_on": "2030-01-01"}),
            "note": lambda: case.note_ids.create({"case_id": case.id, "body": "x"}),
            "measure": lambda: case.action_ids.create(
                {"case_id": case.id, "name": "x", "due_on": case._today()}
            ),
            "meeting": lambda: case.meeting_ids.create({"case_id": case.id, **later}),
            "act": case.action_investigate,
        }.items():
            with self.subTest(act=name), self.assertRaises(AccessError):
                act()
        own.note_ids.create({"case_id": own.id, "body": "x"})
        own.action_investigate()

    def test_custodian_who_works_cases_too_changes_only_those(self):
        self.worker.group_ids |= self.env.ref("klagebehandling.group_custodian")
        case = self._register(unit_id=self.kitchen.id, anonymity="protected")
        case = case.with_user(self.worker)
        self.assertTrue(case.reference)
        for act in (
            case.action_investigate,
            lambda: case.note_ids.create({"case_id": case.id, "body": "x"}),
        ):
            with self.assertRaises(AccessError):
                act()
