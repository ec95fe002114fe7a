from odoo.tests import tagged

from ..dump import find_in_database
from ..identity.common import IDENTITY
from .common import WORDS, ShelterCase

NAMES = ("name", "email", "phone", "street", "zip", "city")


@tagged("post_install", "-at_install")
class TestRegisterProtected(ShelterCase):
    """Who says it at the counter is protected from the first moment (N01)."""

    def _register_by_hand(self, level, anonymity="protected", **values):
        form = (
            self.env["complaint.case.register"]
            .with_user(self.employee)
            .create(
                {
                    "unit_id": self.kitchen.id,
                    "channel": "phone",
                    "description": "The food is cold.",
                    "anonymity": anonymity,
                    "protection_id": level.id,
                    "reply_channel": "email",
                    **{name: IDENTITY[name] for name in IDENTITY if name in NAMES},
                    **values,
                }
            )
        )
        form.action_register()
        self.assertEqual(form.state, "receipt")
        self.assertFalse(form.protection_id)
        return (
            self.env["complaint.case"]
            .search([("reference", "=", form.reference)])
            .sudo()
        )

    def _person(self, case):
        return case.party_ids.filtered(lambda one: one.role == "complainant")

    def test_level_is_kept_and_the_address_too_where_it_may_be(self):
        case = self._register_by_hand(self.marked)
        person = self._person(case)
        self.assertEqual(person.protection_id, self.marked)
        self.assertTrue(person.is_protected)
        known, _lost = person._open_identity()
        self.assertEqual(known["email"], IDENTITY["email"])

    def test_at_the_highest_no_address_reaches_the_case(self):
        case = self._register_by_hand(self.strict)
        person = self._person(case)
        self.assertEqual(person.protection_id, self.strict)
        known, _lost = person._open_identity()
        self.assertFalse({"email", "street", "zip", "city"} & known.keys())
        self.assertEqual(known["name"], IDENTITY["name"])
        self.assertEqual(case.reply_channel, "letter")
        self.assertIn("protection_set", case.journal_ids.mapped("event"))
        self.assertEqual(find_in_database(self.env, WORDS), [])

    def test_level_that_the_form_does_not_ask_for_protects_nobody(self):
        for anonymity in ("open", "anonymous"):
            case = self._register_by_hand(self.strict, anonymity=anonymity)
            with self.subTest(anonymity=anonymity):
                self.assertFalse(self._person(case).protection_id)
                self.assertEqual(case.anonymity, anonymity)
