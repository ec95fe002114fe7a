# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

ROLES = ("witness", "staff", "complainant", "support_person", "representative")
PARTS = (
    "complaint.party",
    "complaint.deadline",
    "complaint.journal",
    "complaint.correspondence",
    "complaint.hearing",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestParties(ComplaintCase):
    """Who is a person of the case reads nothing by place or role (C-08)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cook = cls._create_user("cook", "group_handler")
        cls.workshop.member_ids += cls.cook
        cls.case = cls._register()
        cls.twin = cls._register()
        cls.report = cls._register(kind="whistleblowing")

    def _enter(self, user, role="witness", case=None, by=None):
        Party = self.env["complaint.party"].with_user(by or self.director)
        return Party.create(
            {"case_id": (case or self.case).id, "role": role, "user_id": user.id}
        )

    def _reads(self, user, case=None):
        case = (case or self.case).with_user(user)
        found = case.search([("id", "=", case.id)])
        self.assertEqual(bool(found), case.has_access("read"))
        return bool(found)

    def test_member_who_is_a_witness_reads_nothing(self):
        self.assertTrue(self._reads(self.worker))
        message = self.case.with_user(self.worker).message_post(body="Talk")
        self.case.action_acknowledge()
        self._enter(self.worker)
        self.assertFalse(self._reads(self.worker))
        with self.assertRaises(AccessError):
            self.case.with_user(self.worker).read(["description"])
        for model in PARTS:
            rows = self.env[model].with_user(self.worker)
            self.assertFalse(rows.search([("case_id", "=", self.case.id)]), model)
        talk = self.env["mail.message"].with_user(self.worker)
        self.assertFalse(talk.search([("id", "=", message.id)]))
        # Of other cases the unit's members read what they read.
        self.assertTrue(self._reads(self.worker, self.twin))
        self.assertTrue(self._reads(self.cook))

    def test_in_whatever_role_of_the_case(self):
        for role in ROLES:
            with self.subTest(role=role):
                person = {"role": role, "user_id": self.worker.id}
                if role == "complainant":
                    case = self._register(parties=[person])
                else:
                    case = self._register()
                    self._enter(self.worker, role, case)
                self.assertFalse(self._reads(self.worker, case))

    def test_manager_in_the_line_who_is_a_witness_reads_nothing(self):
        self.case.handler_id = self.cook
        self._enter(self.leader)
        self.assertFalse(self._reads(self.leader))
        self.assertTrue(self._reads(self.director))

    def test_top_of_the_line_too(self):
        self._enter(self.director, by=self.leader)
        self.assertFalse(self._reads(self.director))
        self.assertTrue(self._reads(self.leader))

    def test_independent_receiver_who_is_a_witness_reads_nothing_by_that_role(self):
        other = self._create_user("other_independent", "group_independent")
        self.assertTrue(self._reads(other, self.report))
        self._enter(other, case=self.report, by=self.independent)
        self.assertFalse(self._reads(other, self.report))
        self.assertTrue(self._reads(self.independent, self.report))

    def test_auditor_and_custodian_see_what_their_office_is_about(self):
        protected = self._register(anonymity="protected")
        self._enter(self.auditor, case=protected)
        self._enter(self.custodian, case=protected)
        self.assertTrue(self._reads(self.auditor, protected))
        self.assertTrue(self._reads(self.custodian, protected))

    def test_who_is_handler_reads(self):
        self._enter(self.worker)
        self.case.handler_id = self.worker
        self.assertTrue(self._reads(self.worker))

    def test_at_the_door_as_later(self):
        staff = {"role": "staff", "user_id": self.worker.id}
        case = self._register(parties=[staff])
        self.assertFalse(self._reads(self.worker, case))
        self.assertTrue(self._reads(self.cook, case))

    def test_protected_complainant_keeps_no_user(self):
        person = {"role": "complainant", "user_id": self.leader.id, "name": "L"}
        for anonymity in ("protected", "anonymous"):
            case = self._register(parties=[person], anonymity=anonymity)
            self.assertFalse(case.party_ids.user_id)
            # The way the case takes does not tell of them.
            self.assertEqual(case.handler_id, self.leader)

    def test_case_is_not_routed_to_a_person_of_it(self):
        for role in ("witness", "staff", "complainant"):
            party = {"role": role, "user_id": self.leader.id, "name": "L"}
            case = self._register(parties=[party])
            self.assertEqual(case.handler_id, self.director, role)
            self.assertFalse(self._reads(self.leader, case))
            case.handler_id = self.cook
            self.assertEqual(case._superior(0), self.director)

    def test_handler_who_becomes_a_witness_gives_the_case_on_first(self):
        self.assertEqual(self.case.handler_id, self.leader)
        task = self.case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.leader.id
        )
        self._enter(self.leader)
        self.assertEqual(self.case.handler_id, self.director)
        self.assertEqual(task.user_id, self.director)
        self.assertFalse(self._reads(self.leader))
        events = self.case.journal_ids.sorted("sequence").mapped("event")
        self.assertEqual(events[-2:], ["party_added", "handler_assigned"])
        # It is no wall: the unit works on, and the witness is no secret.
        self.assertFalse(self.case.walled_user_ids)
        self.assertTrue(self._reads(self.worker))

    def test_a_person_who_is_linked_later_is_no_other(self):
        party = self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "witness", "name": "L"}
        )
        party.with_user(self.director).user_id = self.leader
        self.assertEqual(self.case.handler_id, self.director)
        self.assertFalse(self._reads(self.leader))

    def test_handler_does_not_enter_the_own_person(self):
        for role in ROLES:
            with self.assertRaises(UserError):
                self._enter(self.leader, role, by=self.leader)
        self.assertEqual(self.case.handler_id, self.leader)
        self.assertFalse(self.case.party_ids.user_id)

    def test_it_is_refused_where_nobody_would_be_left(self):
        self.workshop.member_ids = [Command.clear()]
        self.env.ref("klagebehandling.group_independent").user_ids = [Command.clear()]
        self._enter(self.director, by=self.leader)
        with self.assertRaises(UserError):
            self._enter(self.leader, by=self.worker)
        with self.assertRaises(UserError):
            self._enter(self.leader, by=self.env.user)
        self.assertEqual(self.case.handler_id, self.leader)

    def test_without_a_handler_somebody_must_be_left(self):
        self.workshop.member_ids = [Command.clear()]
        self.case.handler_id = False
        self._enter(self.director, by=self.leader)
        with self.assertRaises(UserError):
            self._enter(self.leader, by=self.env.user)
        self.assertTrue(self._reads(self.leader))

    def test_cases_are_handed_up_past_the_persons_of_them(self):
        self.case.handler_id = self.cook
        self._enter(self.leader)
        self.cook.active = False
        self.assertEqual(self.case.handler_id, self.director)
