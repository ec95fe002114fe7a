from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..disclosure.test_access_request import DisclosureCase
from .common import DECISION, RetentionCase

ASKED = "2023-11-02 09:00:00"
LATER = "2026-11-02 09:00:00"
CANARY = "Canary"


@tagged("post_install", "-at_install")
@freeze_time(LATER)
class TestRequestDisposal(RetentionCase, DisclosureCase):
    """Requests for documents go by a rule with a decision, as cases do (C-25)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.for_requests = cls._rule(covers="request", **DECISION)
        cls.request = cls._answered()

    @classmethod
    def _answered(cls, search=None, **values):
        """A request that was answered three years ago."""
        with freeze_time(ASKED):
            request = cls._ask(
                received_on="2023-11-02",
                wish=f"All about {CANARY}",
                search_words=search or f"{CANARY} of whom there is nothing",
                **values,
            )
            request.action_search()
            request.answer = f"There is nothing about {CANARY}."
            request.action_answer()
            cls.env.flush_all()
        return request

    def _listed(self, user=None):
        due = [("is_disposable", "=", True)]
        return self.requests.with_user(user or self.approver).search(due)

    def _go(self, requests=None, user=None):
        requests = self.request if requests is None else requests
        return requests.with_user(user or self.approver).action_dispose()

    def _row(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT t::text FROM complaint_access_request t WHERE id = %s",
            [self.request.id],
        )
        return self.env.cr.fetchone()[0]

    def test_a_request_is_kept_until_its_term_has_passed(self):
        # C-25
        self.assertEqual(self._listed(), self.request)
        self.assertTrue(self.request.with_user(self.approver).is_disposable)
        with freeze_time("2025-11-02 09:00:00"):
            self.assertFalse(self._listed())
        with freeze_time("2025-11-03 09:00:00"):
            self.assertTrue(self._listed())

    def test_no_word_is_left(self):
        # C-25: and the journal of the organisation says by which decision.
        self.assertIn(CANARY, self._row())
        self._go()
        self.assertNotIn(CANARY, self._row())
        self.assertEqual(self.request.disposed_on, date(2026, 11, 2))
        self.assertFalse(self.request.copy_file)
        entry = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id)], order="sequence desc", limit=1
        )
        self.assertEqual(entry.event, "access_disposed")
        self.assertIn(DECISION["decision_number"], str(entry.payload))
        self.assertIn(self.request.reference, str(entry.payload))

    def test_no_code_opens_it_any_more(self):
        with freeze_time(ASKED):
            code = self.requests._ask(self.management, CANARY, "", "en_US", "token")
            asked = self.requests._find_asked(code)
            asked.with_user(self.clerk).action_search()
            asked.with_user(self.clerk).action_answer()
        self._go(asked)
        self.assertFalse(self.requests._find_asked(code))

    def test_a_public_body_disposes_of_none_without_a_decision(self):
        # C-25
        for gone in DECISION:
            self.for_requests.write({**DECISION, gone: False})
            with self.subTest(gone=gone):
                self.assertFalse(self._listed())
                with self.assertRaises(AccessError):
                    self._go()
        self.for_requests.write({**DECISION, "decision_on": "2026-12-24"})
        self.assertFalse(self._listed())

    def test_a_rule_for_cases_is_none_for_requests(self):
        self.rule.write(DECISION)
        self.for_requests.active = False
        self.assertFalse(self._listed())
        self.assertTrue(self._proposed(self.case))
        self.rule.active = False
        self.for_requests.active = True
        self.assertFalse(self._proposed(self.case))

    def test_what_is_open_is_kept(self):
        # A part that nobody has answered, one decided lately, an address still needed.
        for name, values in (
            ("open", {"state": "found", "answered_on": False}),
            ("undecided", {"decision_asked_on": "2023-11-09"}),
            (
                "decided lately",
                {"decision_asked_on": "2023-11-09", "decided_on": "2026-01-02"},
            ),
            ("appealed", {"appeal_until": "2026-12-01"}),
        ):
            case = self._register(description="unheated porridge")
            request = self._answered()
            with freeze_time(ASKED):
                self.reviews.sudo()._open_for(request.sudo(), case)
            review = request.sudo().review_ids
            review.write({"state": "answered", "answered_on": "2023-11-02"})
            self.assertIn(request, self._listed(), name)
            review.write(values)
            with self.subTest(name=name):
                self.assertNotIn(request, self._listed())
                with self.assertRaises(AccessError):
                    self._go(request)
        unsent = self._answered(reply_to="Storgata 1")
        self.assertNotIn(unsent, self._listed())

    def test_nobody_but_the_approver_disposes_of_it(self):
        for user in (self.clerk, self.registrar, self.owner, self.leader, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._go(user=user)
        self.assertIn(CANARY, self._row())

    def test_approver_sees_a_number_and_days_and_no_word(self):
        seen = self.request.with_user(self.approver)
        self.assertEqual(seen.reference, self.request.reference)
        with self.assertRaises(AccessError):
            seen.read(["wish"])
        fresh = self._ask()
        with self.assertRaises(AccessError):
            fresh.with_user(self.approver).read(["reference"])

    def test_twice_is_refused(self):
        self._go()
        with self.assertRaises(UserError):
            self._go()
        with self.assertRaises(UserError):
            self._go(self.requests)

    def test_a_rule_that_was_used_stays_as_it_is(self):
        self._go()
        with self.assertRaises(UserError):
            self.for_requests.with_user(self.owner).years = 1
        with self.assertRaises(UserError):
            self.for_requests.with_user(self.owner).unlink()

    @mute_logger("odoo.sql_db")
    def test_a_rule_for_requests_names_no_kind(self):
        self.for_requests.active = False
        with self.assertRaises(CheckViolation):
            self._rule(covers="request", kind="complaint")
