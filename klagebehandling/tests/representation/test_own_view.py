# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCase

PERSON = {"role": "complainant", "name": "Kari Nordmann"}
USER = {"role": "service_user", "name": "Per Nordmann"}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 09:00:00")
class TestOwnView(ComplaintCase):
    """The person it is about is asked, where somebody else complains (C-06)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({"is_own_view_asked": True, "own_view_age": 7})

    def _case(self, *parties):
        case = self._register(parties=list(parties or (PERSON, USER)))
        return case.with_user(self.leader)

    def _close(self, case):
        case.with_context(complaint_on_screen=True).action_close(outcome="upheld")

    def test_case_for_a_service_user_closes_with_what_that_person_says(self):
        # C-06
        case = self._case()
        self.assertTrue(case.is_own_view_missing)
        with self.assertRaises(UserError):
            self._close(case)
        case.own_view_how = "asked"
        with self.assertRaises(UserError):
            self._close(case)
        case.own_view = "I like it here."
        self.assertEqual(str(case.own_view_on), "2026-11-10")
        self._close(case)
        entry = case.sudo().journal_ids.filtered(
            lambda one: one.event == "own_view_recorded"
        )
        self.assertEqual(entry.payload, {"own_view": "asked"})
        self.assertNotIn("like it", str(case.sudo().journal_ids.mapped("payload")))
        with self.assertRaises(UserError):
            case.own_view = "Other words"

    def test_closed_by_a_program_leaves_a_trace(self):
        case = self._case()
        case.action_close(outcome="upheld")
        entry = case.sudo().journal_ids.filtered(
            lambda one: one.event == "closed_unanswered"
        )
        self.assertEqual(entry.payload, {"missing": "own_view"})

    def test_who_complains_alone_is_asked_for_nothing_more(self):
        case = self._case(PERSON)
        self.assertFalse(case.is_own_view_missing)
        self._close(case)

    def test_answer_in_a_hearing_counts(self):
        # C-06
        case = self._case()
        user = case.sudo().party_ids.filtered(lambda one: one.role == "service_user")
        hearing = self.env["complaint.hearing"].create(
            {"case_id": case.id, "party_id": user.id, "points": "How is it?"}
        )
        hearing.action_ask()
        self.assertTrue(case.is_own_view_missing)
        hearing.answer = "Fine."
        hearing.action_record_answer()
        self.assertFalse(case.is_own_view_missing)

    def test_child_is_asked_from_the_age_that_the_procedure_says(self):
        # C-06
        case = self._case(PERSON)
        case.concerns_child = True
        for age, is_missing in ((0, True), (6, False), (7, True), (17, True)):
            case.child_age = age
            self.assertEqual(case.is_own_view_missing, is_missing, age)
        self.policy.own_view_age = 0
        case.child_age = 3
        self.assertTrue(case.is_own_view_missing)
        for age in (-1, 19, 200, "x", [1]):
            with self.assertRaises(UserError):
                case.write({"child_age": age})

    def test_procedure_that_does_not_ask_closes_without(self):
        self.policy.is_own_view_asked = False
        self._close(self._case())

    def test_words_are_for_who_works_the_case(self):
        case = self._case()
        case.write({"own_view_how": "asked", "own_view": "I like it here."})
        with self.assertRaises(AccessError):
            case.with_user(self.auditor).read(["own_view"])
        case.sudo()._erase_text("Asked for by the person")
        self.assertFalse(case.sudo().own_view)
