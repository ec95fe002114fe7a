import base64

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase


def file(name="a.txt", content=b"hello"):
    return {"name": name, "content": base64.b64encode(content).decode()}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestIntakeRefusals(ComplaintCase):
    """A wrong value: one message naming each field, and nothing stored."""

    def _refused(self, values):
        before = self.env["complaint.case"].search_count([])
        with self.assertRaises(ValidationError) as caught:
            self.intake.register(values)
        self.assertEqual(self.env["complaint.case"].search_count([]), before)
        return caught.exception

    def _values(self, **values):
        return {
            "unit_id": self.workshop.id,
            "channel": "phone",
            "description": "Hello",
            **values,
        }

    def test_wrong_values_name_their_field(self):
        party = {"role": "complainant"}
        table = {
            "unit_id": ["1", 0, -1, 2**40, True, 999_999_999, [1]],
            "policy": [7, "x" * 65, "unknown"],
            "channel": ["pigeon", 1, ["web"], ""],
            "kind": ["rumour", {}],
            "anonymity": ["secret", True],
            "title": [1, "x" * 251],
            "description": [1, ["a"], "x" * 1_000_001],
            "categories": ["food", [1], ["no_such_ground"], ["food"] * 51],
            "received_at": [
                "2026-11-02T10:06+01:00",
                "yesterday",
                "0000-01-01",
                "0001-01-01T00:00",
                "9999-12-31T23:59",
                20261102,
                "2001-01-01T00:00",
                "x" * 100,
            ],
            "event_date": ["2026-13-01", "0000-00-00", 5],
            "event_until": ["2026-13-01", "last spring", 5, ["2026-01-01"]],
            "event_words": [1, ["a"], "x" * 251, {"a": 1}],
            "interpreter_language": [1, ["nb"], "x" * 101],
            "wants_reply": ["yes", 1],
            "has_external_parties": ["no"],
            "about_manager": ["no"],
            "reply_channel": ["pigeon"],
            "lang": ["xx", 1],
            "place_type": ["private"],
            "invite": ["staff", ["subject"], ["nobody"]],
            "parties": [
                "Kari",
                ["Kari"],
                [dict(party, role="boss")],
                [dict(party, kind="boss")],
                [dict(party, shoe_size="42")],
                [dict(party, name=1)],
                [dict(party, email="not an address")],
                [dict(party, user_id="1")],
                [dict(party, user_id=999_999_999)],
                [party] * 51,
            ],
            "attachments": [
                "file",
                [{"name": "a"}],
                [{"name": "a", "content": "%%%"}],
                [{"name": "a", "content": ""}],
                [{"name": 1, "content": "aGk="}],
                [file(content=b"x" * (25 * 1024 * 1024 + 1))],
                [file()] * 51,
            ],
            "assisted": [True, {"who": 1}, {"by": "me"}, {"read_back": "yes"}],
            "authorisation": [5],
            "submission_id": [1, "x" * 129],
            "shoe_size": ["42"],
        }
        for field, values in table.items():
            for value in values:
                with self.subTest(field=field, value=str(value)[:40]):
                    error = self._refused(self._values(**{field: value}))
                    if field != "parties" or value != [
                        dict(party, user_id=999_999_999)
                    ]:
                        self.assertIn(field, error.problems)
                    self.assertLess(len(str(error)), 2000)

    def test_every_problem_is_in_one_message(self):
        error = self._refused(
            {"channel": "pigeon", "title": 1, "wants_reply": "yes", "unknown": 1}
        )
        self.assertEqual(
            set(error.problems), {"channel", "title", "wants_reply", "unknown"}
        )
        self.assertEqual(len(str(error).splitlines()), 4)

    def test_what_is_not_an_object_is_refused(self):
        for values in (None, [], "text", 5):
            self._refused(values)

    def test_nothing_to_say_is_refused(self):
        for description in ("", "   ", "\x00\x01", None):
            error = self._refused(self._values(description=description))
            self.assertIn("description", error.problems)

    def test_strange_text_is_kept_as_written(self):
        text = "Ærlig talt 😀 שלום مرحبا\nline\ttab"
        case = self._register(description=f"{text}\x00\x07", title="T\x00itle")
        self.assertEqual(case.description, text)
        self.assertEqual(case.title, "Title")

    def test_long_text_is_no_obstacle(self):
        # B-40
        case = self._register(description="Ord " * 50_000)
        self.assertEqual(len(case.description), 199_999)

    def test_five_minutes_ahead_are_allowed(self):
        case = self._register(received_at="2026-11-02T10:05:00+01:00")
        self.assertTrue(case)

    def test_anonymity_that_the_procedure_forbids_is_refused(self):
        # B-16, B-17, B-18
        self.policy.channel_ids = [
            Command.create({"channel": "web", "anonymity_allowed": False}),
            Command.create({"channel": "paper_form"}),
            Command.create({"channel": "letter", "is_offered": False}),
        ]
        error = self._refused(self._values(channel="web", anonymity="anonymous"))
        self.assertIn("Paper form", error.problems["anonymity"])
        self.assertNotIn("Letter", error.problems["anonymity"])
        case = self._register(channel="paper_form", anonymity="anonymous")
        self.assertEqual(case.anonymity, "anonymous")

    def test_required_fields_bind_the_web_form_only(self):
        # B-36, B-37, B-38, B-16
        self.policy.field_ids = [
            Command.create({"name": name, "requirement": "required"})
            for name in ("complainant_kind", "kind", "description", "contact")
        ]
        error = self._refused(self._values(channel="web"))
        self.assertEqual(set(error.problems), {"complainant_kind", "kind", "contact"})
        complete = {
            "kind": "complaint",
            "parties": [
                {"role": "complainant", "kind": "individual", "phone": "12345678"}
            ],
        }
        self.assertTrue(self.intake.register(self._values(channel="web", **complete)))
        self.assertTrue(self.intake.register(self._values(channel="paper_form")))

    def test_ground_outside_the_procedure_is_refused(self):
        #
        food = self.env.ref("klagebehandling.category_food")
        self.policy.category_ids = food
        self._refused(self._values(categories=["theft"]))
        case = self._register(categories=["food", "out_of_scope_appeal"])
        self.assertEqual(len(case.category_ids), 2)

    def test_no_unit_to_receive_is_refused(self):
        error = self._refused({"policy": "nowhere", "description": "Hello"})
        self.assertIn("unit_id", error.problems)
