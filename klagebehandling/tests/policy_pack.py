import re
from datetime import date, datetime

import pytz

from odoo.tests import TransactionCase
from odoo.tools import html2plaintext

# How a sentence that gives a reason begins.
REASONS = r"(?i)\b(?:grunn|årsak|fordi|anledning|orsak|eftersom)"


class PolicyPackCase(TransactionCase):
    """Compares a procedure that a data pack delivers with tables in its tests."""

    policy_xmlid = None
    parts = ("term_ids", "channel_ids", "choice_ids", "field_ids")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env.ref(cls.policy_xmlid)
        cls.policy._ensure_calendar(date(2026, 1, 1), date(2026, 12, 31))

    def assertPreset(self, **values):
        """The procedure has these values, is shared, in force and open backwards."""
        preset = {
            "state": "in_force",
            "active": True,
            "company_id": self.env["res.company"],
            "valid_from": False,
            "independent_id": self.env["res.users"],
            "anonymity_default": "open",
        }
        for name, value in {**preset, **values}.items():
            with self.subTest(field=name):
                self.assertEqual(self.policy[name], value)

    def assertTexts(self, words_by_field):
        """Each text holds these words; a text that is not named is empty."""
        for name, field in self.policy._fields.items():
            if field.type == "html":
                text = " ".join(html2plaintext(self.policy[name] or "").split())
                with self.subTest(text=name):
                    self.assertEqual(bool(text), name in words_by_field)
                    for words in words_by_field.get(name, ()):
                        self.assertIn(words, text)
        # it is sent where nobody gave a reason, so it states none.
        self.assertNotRegex(self.policy.delay_text, REASONS)

    def assertRows(self, records, names, expected):
        """The records, in their order, have these values."""
        rows = [tuple(record[name] for name in names) for record in records]
        self.assertEqual(rows, expected)

    def assertTerms(self, expected):
        """``{(milestone, amount, period, condition, warn_before): duties}``, no more.

        What repeats counts from the time before, all else from the true receipt.
        """
        limit = ("milestone", "amount", "period", "condition", "warn_before")
        duties = (
            "needs_expected_date",
            "needs_handler",
            "needs_remedy",
            "is_repeating",
        )
        found = {
            tuple(term[name] for name in limit): {duty for duty in duties if term[duty]}
            for term in self.policy.term_ids
        }
        self.assertEqual(found, expected)
        for term in self.policy.term_ids:
            start = "previous" if term.is_repeating else "receipt"
            self.assertEqual(term.counted_from, start)

    def assertChannels(self, expected):
        """The offered ways, in order, and whether one may be anonymous there."""
        names = ("channel", "anonymity_allowed", "is_offered")
        rows = [(channel, allowed, True) for channel, allowed in expected]
        self.assertRows(self.policy.channel_ids, names, rows)
        for way in self.policy.channel_ids:
            with self.subTest(channel=way.channel):
                self.assertTrue(way.instructions)

    def assertInstructions(self, channel, words):
        self.assertIn(words, self.policy._channel(channel).instructions)

    def assertChoices(self, subject, expected):
        """``[(value, name)]`` in order."""
        self.assertRows(self.policy._choices(subject), ("value", "name"), expected)

    def assertFields(self, expected):
        """``[(name, label, requirement)]`` in order."""
        names = ("name", "label", "requirement")
        self.assertRows(self.policy.field_ids, names, expected)

    def assertHint(self, name, words):
        field = self.policy.field_ids.filtered(lambda field: field.name == name)
        self.assertIn(words, field.hint or "")

    def assertAssumed(self, expected, clauses):
        """Exactly these parts are assumed, and every part says where it comes from."""
        keys = {
            "term_ids": "milestone",
            "channel_ids": "channel",
            "choice_ids": "value",
            "field_ids": "name",
        }
        for name in self.parts:
            with self.subTest(parts=name):
                assumed = self.policy[name].filtered("is_assumed")
                self.assertEqual(
                    set(assumed.mapped(keys[name])), expected.get(name, set())
                )
                for part in self.policy[name] - assumed:
                    self.assertRegex(part.source or "", rf"\({clauses}-\d\d")
                for part in assumed:
                    said = rf"\({clauses}-\d\d|^(Ikke|Inte) i "
                    self.assertRegex(part.source or "", said)

    def assertAssumptions(self, *words):
        for word in words:
            self.assertIn(word, self.policy.assumptions)

    def assertServiceGrounds(self):
        """Every ground but those of training; what belongs elsewhere is implied."""
        areas = self.env.ref("klagebehandling.category_area_training")
        areas += self.env.ref("klagebehandling.category_out_of_scope")
        grounds = self.env["complaint.category"].search(
            [("parent_id", "!=", False), ("parent_id", "not in", areas.ids)]
        )
        own = re.compile("klagebehandling[.]")
        grounds = grounds.filtered(
            lambda ground: own.match(ground.get_external_id()[ground.id])
        )
        self.assertEqual(self.policy.category_ids, grounds)

    def assertDue(self, milestone, received, due_on, remind_on=None):
        """A duty for what was received at a local time; reminded the same day."""
        due = self._due(milestone, received)
        self.assertEqual(due[0], date.fromisoformat(due_on))
        self.assertEqual(due[2], date.fromisoformat(remind_on or due_on))

    def _due(self, milestone, received):
        term = self.policy.term_ids.filtered(lambda term: term.milestone == milestone)
        zone = pytz.timezone(self.policy.tz)
        return term._due(zone.localize(datetime.fromisoformat(received)))
