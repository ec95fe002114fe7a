from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestHearing(ComplaintCase):
    """The person complained about is heard on chosen points and learns no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cook = cls._create_user("cook", "group_handler")
        cls.case = cls._register(
            parties=[{"role": "subject", "user_id": cls.worker.id}]
        )
        cls.hearing = (
            cls.env["complaint.hearing"]
            .with_user(cls.leader)
            .create(
                {
                    "case_id": cls.case.id,
                    "party_id": cls.case.party_ids.id,
                    "points": "What happened at lunch on Monday?",
                    "medium": "here",
                    "answer_by": "2026-11-09",
                }
            )
        )

    def _statements(self, user):
        return self.env["complaint.hearing.statement"].with_user(user).search([])

    def test_ids_of_statements_are_no_oracle(self):
        self.hearing.action_ask()
        statement = self.hearing.sudo().statement_id
        other = self._register(parties=[{"role": "subject", "user_id": self.cook.id}])
        values = {
            "case_id": other.id,
            "party_id": other.party_ids.id,
            "points": "What happened?",
        }
        Hearing = self.env["complaint.hearing"].with_user(self.leader)
        answers = set()
        for number in (statement.id, statement.id + 10**6):
            for act in (
                lambda number=number: Hearing.create(
                    {**values, "statement_id": number}
                ),
                lambda number=number: Hearing.create(values).write(
                    {"statement_id": number}
                ),
            ):
                with self.assertRaises(UserError) as caught:
                    act()
                answers.add(str(caught.exception))
        self.assertEqual(len(answers), 1)

    def test_addresses_are_looked_up_on_own_statements_only(self):
        self.hearing.action_ask()
        statement = self.hearing.sudo().statement_id
        emails = ["somebody@example.com"]
        answers = set()
        for number in (statement.id, statement.id + 10**6):
            asked = statement.browse(number).with_user(self.employee)
            with self.assertRaises(AccessError) as caught:
                asked._partner_find_from_emails_single(emails, no_create=True)
            answers.add(str(caught.exception))
        self.assertEqual(len(answers), 1)
        mine = statement.with_user(self.worker)
        mine._partner_find_from_emails_single(emails, no_create=True)

    def test_nothing_is_noticed_before_the_person_is_asked(self):
        self.assertFalse(self._statements(self.worker))
        self.assertFalse(
            self.env["mail.activity"].with_user(self.worker).search_count([])
        )

    def test_person_sees_the_chosen_points_and_nothing_else(self):
        self.hearing.action_ask()
        statement = self._statements(self.worker)
        self.assertEqual(statement.points, "What happened at lunch on Monday?")
        seen = str(statement.read())
        for secret in (
            self.case.reference,
            self.case.title,
            self.leader.name,
            f"'case_id': ({self.case.id}",
        ):
            self.assertNotIn(secret, seen)
        task = self.env["mail.activity"].with_user(self.worker).search([])
        self.assertEqual(task.res_model, "complaint.hearing.statement")
        self.assertFalse(self.hearing.with_user(self.worker).exists())
        self.assertFalse(self.case.with_user(self.worker).has_access("read"))
        for user in (self.leader, self.director, self.employee):
            self.assertFalse(self._statements(user))

    def test_answer_reaches_the_handler_and_is_final(self):
        self.hearing.action_ask()
        statement = self._statements(self.worker)
        with self.assertRaises(UserError):
            statement.action_answer()
        form = Form(statement)
        form.answer = "I was not there."
        form.save().action_answer()
        self.assertEqual(self.hearing.answer, "I was not there.")
        self.assertEqual(self.hearing.state, "answered")
        with self.assertRaises(UserError):
            statement.answer = "I was."
        with self.assertRaises(UserError):
            statement.action_answer("I was.")
        self.assertFalse(statement.activity_ids)
        tasks = self.case.activity_ids.filtered(
            lambda task: task.user_id == self.leader
        )
        self.assertEqual(len(tasks), 1)
        events = self.case.journal_ids.mapped("event")
        self.assertIn("hearing_asked", events)
        self.assertIn("hearing_answered", events)
        self.assertNotIn("lunch", str(self.case.journal_ids.mapped("payload")))

    def test_only_the_own_account_is_written(self):
        self.hearing.action_ask()
        statement = self._statements(self.worker)
        with self.assertRaises(UserError):
            statement.points = "Nothing"
        for user in (self.leader, self.employee, self.other_leader):
            with self.assertRaises(AccessError):
                statement.with_user(user).answer = "x"

    def test_points_stand_once_the_person_was_asked(self):
        self.hearing.action_ask()
        with self.assertRaises(UserError):
            self.hearing.points = "Something else"
        with self.assertRaises(UserError):
            self.hearing.action_ask()

    def test_person_without_user_is_heard_by_letter(self):
        party = self.env["complaint.party"].create(
            {
                "case_id": self.case.id,
                "role": "subject",
                "name": "A customer",
                "is_outsider": True,
            }
        )
        hearing = self.hearing.copy({"party_id": party.id})
        with self.assertRaises(UserError):
            hearing.action_ask()
        hearing.medium = "letter"
        hearing.action_ask()
        with self.assertRaises(UserError):
            hearing.action_record_answer()
        hearing.answer = "It was not me."
        hearing.action_record_answer()
        self.assertEqual(hearing.state, "answered")

    def test_hearing_follows_the_case(self):
        for user in (self.worker, self.other_leader, self.independent):
            Hearing = self.env["complaint.hearing"].with_user(user)
            self.assertFalse(Hearing.search([]) & self.hearing)
        for user in (self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                self.env["complaint.hearing"].with_user(user).search([])
