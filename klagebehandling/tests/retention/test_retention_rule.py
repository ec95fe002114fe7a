# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DECISION, DUE, TODAY, RetentionCase


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRetentionRule(RetentionCase):
    """How long cases are kept is a rule with a ground, by procedure, kind, outcome."""

    def test_a_case_is_kept_until_its_term_has_passed(self):
        # C-25, M36
        with freeze_time("2026-01-10 09:00:00"):
            self.assertFalse(self._proposed(self.case))
        with freeze_time(DUE):
            row = self._proposed(self.case)
            self.assertEqual(str(row.kept_until), "2026-01-10")
            self.assertEqual(row.rule_id, self.rule)

    def test_the_rule_that_names_most_binds(self):
        upheld = self._rule(outcome="upheld", years=9)
        self.assertFalse(self._proposed(self.case))
        self._rule(kind="complaint", outcome="upheld", years=1)
        self.assertTrue(self._proposed(self.case))
        upheld.active = False
        other = self._ended("not_upheld")
        self.assertEqual(self._night().filtered("id").case_id, self.case | other)

    def test_what_is_kept_for_ever_is_never_proposed(self):
        self._rule(kind="complaint", is_preserved=True, years=0)
        with freeze_time("2099-01-01 09:00:00"):
            self.assertFalse(self._proposed())

    def test_without_a_rule_everything_is_kept(self):
        self.rule.active = False
        with freeze_time("2099-01-01 09:00:00"):
            self.assertFalse(self._proposed())

    def test_a_public_body_disposes_of_nothing_without_a_decision(self):
        # C-25: number, date and body, each of them.
        self._make_public()
        self.assertTrue(self.rule.lacks)
        for gone in DECISION:
            self.rule.write({**DECISION, gone: False})
            with self.subTest(gone=gone):
                self.assertFalse(self._proposed())
        self.rule.write({**DECISION, "decision_on": "2026-12-24"})
        self.assertFalse(self._proposed())
        self.rule.write(DECISION)
        self.assertFalse(self.rule.lacks)
        self.assertTrue(self._proposed(self.case))

    def test_no_wider_rule_takes_the_place_of_one_that_is_not_decided(self):
        self._make_public()
        self.rule.write(DECISION)
        self._rule(kind="complaint", years=1)
        self.assertFalse(self._proposed())

    def test_a_decision_that_is_taken_out_takes_the_proposal_back(self):
        self._make_public()
        self.rule.write(DECISION)
        row = self._proposed(self.case)
        self.rule.decision_number = False
        self._night()
        self.assertEqual(row.state, "lapsed")

    def test_one_rule_for_each_choice(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._rule()
            self.env.flush_all()

    def test_a_rule_that_was_used_stays_what_it_is(self):
        self.rule.basis = "Plan, 3.3"
        self._disposed()
        for values in ({"years": 9}, {"basis": "x"}, DECISION, {"kind": "view"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.rule.write(values)
        self.rule.write({"years": 2, "active": False})
        with self.assertRaises(UserError):
            self.rule.unlink()

    def test_owner_of_the_procedure_alone_writes_rules(self):
        for user in (self.director, self.auditor, self.approver, self.independent):
            rule = self.rule.with_user(user)
            self.assertEqual(rule.years, 2, user.login)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rule.years = 1
        for user in (self.custodian, self.employee, self.registrar):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.rule.with_user(user).read(["years"])

    def test_each_change_is_entered_in_the_journal_of_the_organisation(self):
        entries = self.env["complaint.company.journal"].sudo()
        domain = [("company_id", "=", self.company.id)]
        before = entries.search_count(domain)
        self.rule.years = 3
        last = entries.search(domain, limit=1)
        self.assertEqual(entries.search_count(domain), before + 1)
        self.assertEqual(last.payload["after"], {"years": 3})
