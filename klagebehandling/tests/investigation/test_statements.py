# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import InvestigationCase

MODELS = (
    "complaint.case",
    "complaint.point",
    "complaint.plan.step",
    "complaint.duty",
    "complaint.right",
    "complaint.hearing",
    "complaint.party",
    "complaint.correspondence",
    "complaint.note",
    "complaint.deadline",
    "complaint.journal",
)


@tagged("post_install", "-at_install")
class TestStatements(InvestigationCase, HttpCase):
    """Each person of an investigation sees what is given to them, over JSON-RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cook = cls._create_user("cook", "group_handler")
        cls.waiter = cls._create_user("waiter", "group_handler")
        cls.helper = cls._create_user("helper")
        cls.workshop.member_ids += cls.cook | cls.waiter | cls.worker
        people = {
            "subject": cls.cook,
            "witness": cls.waiter,
            "support_person": cls.helper,
        }
        cls.case = cls._register(
            title="The broken lift",
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "interpreter", "name": "Tolk Tolkesen"},
                *({"role": role, "user_id": user.id} for role, user in people.items()),
            ],
        )
        cls.case.with_user(cls.director).action_investigate()
        leader = cls.env(user=cls.leader.id)
        leader["complaint.point"].create(
            {"case_id": cls.case.id, "name": "The lift", "findings": "Secret finding"}
        )
        leader["complaint.plan.step"].create(
            {"case_id": cls.case.id, "name": "Ask all"}
        )
        leader["complaint.duty"].create({"case_id": cls.case.id, "name": "Tell them"})
        leader["complaint.note"].create({"case_id": cls.case.id, "body": "Secret note"})
        leader["complaint.correspondence"].create(
            {"case_id": cls.case.id, "body": "Secret letter"}
        )
        cls.hearings = {}
        for party in cls.case.party_ids.filtered("user_id"):
            hearing = leader["complaint.hearing"].create(
                {
                    "case_id": cls.case.id,
                    "party_id": party.id,
                    "points": f"Points for the {party.role}",
                    "medium": "here",
                }
            )
            hearing.action_ask()
            cls.hearings[party.role] = hearing.sudo()
        cls.people = people
        cls.addClassCleanup(cls.cr.postrollback.clear)

    def _call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}", json={"params": params}
        )
        self.assertEqual(response.status_code, 200)
        return response.json()

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def test_each_sees_the_own_request_and_nothing_else(self):
        # C-06, C-07, C-08
        for role, user in self.people.items():
            self._login(user)
            seen = self._call(
                "complaint.hearing.statement", "search_read", [], ["points", "answer"]
            )["result"]
            self.assertEqual(
                [row["points"] for row in seen], [f"Points for the {role}"]
            )
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    self._assert_nothing(model)

    def _assert_nothing(self, model):
        """No row of the case is found, counted, read or changed."""
        key = "id" if model == "complaint.case" else "case_id"
        domain = [(key, "=", self.case.id)]
        found = self._call(model, "search", domain)
        self.assertFalse(found.get("result"), found)
        ids = self.env[model].sudo().search(domain).ids
        self.assertTrue(ids)
        for method, args in (("read", [ids, ["display_name"]]), ("write", [ids, {}])):
            answer = self._call(model, method, *args)
            self.assertIn("error", answer)
            for word in ("Secret", "broken lift", "Kari", self.case.reference):
                self.assertNotIn(word, str(answer["error"]["data"]["message"]))

    def test_statement_reaches_the_investigation_and_no_other_person(self):
        # C-07
        self._login(self.waiter)
        statement = self.hearings["witness"].statement_id
        answer = self._call(
            "complaint.hearing.statement", "action_answer", statement.ids, "I saw it."
        )
        self.assertTrue(answer["result"])
        self.assertEqual(self.hearings["witness"].answer, "I saw it.")
        other = self.hearings["subject"].statement_id
        for method, args in (
            ("read", [other.ids, ["points"]]),
            ("action_answer", [other.ids, "I did it."]),
        ):
            self.assertIn(
                "error", self._call("complaint.hearing.statement", method, *args)
            )
        self.assertFalse(other.answer)
        self._login(self.leader)
        rows = self._call(
            "complaint.hearing",
            "search_read",
            [("case_id", "=", self.case.id)],
            ["answer", "state"],
        )["result"]
        self.assertIn("I saw it.", [row["answer"] for row in rows])

    def test_who_works_the_case_sees_the_whole_of_it(self):
        # The permission beside the refusals.
        self._login(self.leader)
        for model in MODELS:
            key = "id" if model == "complaint.case" else "case_id"
            with self.subTest(model=model):
                found = self._call(model, "search", [(key, "=", self.case.id)])
                self.assertTrue(found["result"])

    def test_acts_are_refused_to_who_does_not_work_the_case(self):
        duty = self.case.duty_ids
        right = self.case.right_ids.filtered(lambda one: one.kind == "hear")
        calls = (
            ("complaint.right", "action_done", right.ids, "x"),
            ("complaint.right", "action_postpone", right.ids, "x", "2030-01-01"),
            ("complaint.right", "action_write", right.ids, "<p>x</p>", "letter"),
            ("complaint.duty", "action_waive", duty.ids, "x"),
            ("complaint.case", "action_agree_definition", self.case.ids),
        )
        for user in (self.cook, self.waiter, self.other_leader, self.auditor):
            self._login(user)
            for model, method, *args in calls:
                with self.subTest(user=user.login, method=method):
                    self.assertIn("error", self._call(model, method, *args))
        self.assertEqual((right.state, duty.state), ("open", "open"))

    def test_odd_values_are_errors_for_people(self):
        self._login(self.leader)
        right = self.case.right_ids.filtered(lambda one: one.kind == "hear").ids
        for method, args in (
            ("action_done", [right, 7]),
            ("action_done", [right, ["x"]]),
            ("action_postpone", [right, "x", "soon"]),
            ("action_postpone", [right, {}, None]),
            ("action_write", [right, None, "letter"]),
            ("action_write", [right, "<p>x</p>", "owl"]),
            ("action_write", [right, "<p>x</p>", None]),
        ):
            answer = self._call("complaint.right", method, *args)
            with self.subTest(method=method, args=args):
                self.assertIn(
                    answer["error"]["data"]["name"],
                    ("odoo.exceptions.ValidationError", "odoo.exceptions.UserError"),
                )

    def test_complainant_is_written_to_and_not_heard(self):
        complainant = self.case.party_ids.filtered(
            lambda party: party.role == "complainant"
        )
        complainant.sudo().user_id = self.employee
        hearing = self._as(self.env["complaint.hearing"]).create(
            {
                "case_id": self.case.id,
                "party_id": complainant.id,
                "points": "x",
                "medium": "here",
            }
        )
        with self.assertRaises(UserError), freeze_time("2026-11-02 09:00:00"):
            hearing.action_ask()
