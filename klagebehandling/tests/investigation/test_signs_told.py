from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import InvestigationCase


@tagged("post_install", "-at_install")
class TestSignsTold(InvestigationCase):
    """What the person says cannot wait comes in by the door (M31)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.urgency_ids = [
            Command.clear(),
            Command.create({"sign": "has_danger", "name": "Call today"}),
        ]

    def test_it_is_ticked_and_followed_as_the_case_is_made(self):
        case = self._register(signs=["has_danger", "is_pressing"])
        self.assertTrue(case.has_danger and case.is_pressing)
        self.assertFalse(case.concerns_child)
        (duty,) = case.duty_ids
        self.assertEqual((duty.name, duty.state), ("Call today", "open"))
        self.assertEqual(duty.due_on, case._today())
        entry = case.journal_ids.filtered(lambda one: one.event == "signs_told")
        self.assertEqual(entry.payload, {"signs": ["has_danger", "is_pressing"]})
        self.assertNotIn("triage_answered", self._events(case))

    def test_without_it_nothing_is(self):
        case = self._register(signs=[])
        self.assertFalse(case.has_danger or case.duty_ids)
        self.assertNotIn("signs_told", self._events(case))

    def test_unknown_ones_are_refused_with_everything_else(self):
        for signs in (["forged"], "has_danger", [1], {"has_danger": True}, True):
            with self.assertRaises(ValidationError):
                self._register(signs=signs)

    def test_an_anonymous_person_is_followed_too(self):
        case = self._register(signs=["has_danger"], anonymity="anonymous")
        self.assertEqual(case.duty_ids.urgency_id.sign, "has_danger")


@tagged("post_install", "-at_install")
class TestNotices(InvestigationCase):
    """What children are told: dated, of a country, in one language (N09)."""

    def _notice(self, **values):
        return self.env["complaint.notice"].create(
            {
                "subject": "parents",
                "name": "We do not write home.",
                "lang": "en_US",
                "country_id": self.env.ref("base.no").id,
                "company_id": False,
                **values,
            }
        )

    def _told(self, lang="en_US"):
        self.policy.country_id = self.env.ref("base.no")
        return self.env["complaint.notice"].sudo()._told(self.policy, lang)

    def test_only_what_is_in_force_here_today(self):
        now = self._notice(valid_from="2020-01-01")
        self._notice(valid_to="2020-01-01")
        self._notice(valid_from="2999-01-01")
        self._notice(country_id=self.env.ref("base.se").id)
        told = self._told()
        self.assertIn(now, told)
        self.assertEqual(told.filtered(lambda one: one.name == now.name), now)

    def test_own_ones_are_of_the_own_organisation_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._notice(company_id=other.id)
        own = self._notice(company_id=self.policy.company_id.id)
        told = self._told()
        self.assertIn(own, told)
        self.assertNotIn(theirs, told)

    @mute_logger("odoo.sql_db")
    def test_number_has_a_number_and_nothing_else_has(self):
        for values in (
            {"subject": "number"},
            {"subject": "parents", "number": "112"},
        ):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self._notice(**values)
