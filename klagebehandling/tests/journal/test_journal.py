import random

from freezegun import freeze_time

from odoo.tests import tagged

from ...sealing import keyring
from .common import JournalCase

# What somebody could write into each column; every one must be found.
CHANGES = {
    "id": "id = id + 1000000",
    "case_id": "case_id = {other}, sequence = sequence + 100",
    "company_id": "company_id = 1",
    "sequence": "sequence = sequence + 100",
    "event": "event = 'closed'",
    "logged_on": "logged_on = logged_on + interval '1 microsecond'",
    "user_id": "user_id = 1",
    "payload": "payload = coalesce(payload, '{}'::jsonb) || '{\"x\": 1}'::jsonb",
    "salt": "salt = 'abc'",
    "payload_digest": "payload_digest = repeat('a', 64)",
    "texts": 'texts = \'{"reason": "Nobody said so"}\'::jsonb',
    "texts_salt": "texts_salt = 'abc'",
    "texts_digest": "texts_digest = repeat('a', 64)",
    "previous_digest": "previous_digest = repeat('ø', 64)",
    "digest": "digest = repeat('ø', 64)",
    "algorithm": "algorithm = algorithm + 1",
    "key_mark": "key_mark = 'ffffffff'",
}
EMPTIED = {
    "payload": "payload = CASE WHEN payload IS NULL THEN '{}'::jsonb END",
    "nothing": "payload = CASE WHEN payload IS NULL THEN 'null'::jsonb END",
    "salt": "salt = NULL",
    "user_id": "user_id = NULL",
    "key_mark": "key_mark = NULL",
    "plain": "algorithm = 1",
    "texts": "texts = NULL, texts_salt = NULL",
    "texts_digest": "texts = NULL, texts_salt = NULL, texts_digest = NULL",
}
# Written by Odoo for itself: shown nowhere, and no evidence.
TECHNICAL = {"create_uid", "create_date", "write_uid", "write_date"}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestJournal(JournalCase):
    """C-21…C-25, D-40, M19: what is written stays, or it is seen that it does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._anchor()
        cls.withdrawn = cls.case.journal_ids.filtered(
            lambda entry: entry.event == "withdrawn"
        )

    def test_untouched_journals_are_whole(self):
        self.assertEqual(self._findings(), [])
        self.assertEqual(self.journal._verify(self.cases), [])

    def test_every_column_is_sealed_or_known_to_be_none(self):
        self._sql(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'complaint_journal'"
        )
        columns = {row[0] for row in self.env.cr.fetchall()}
        self.assertEqual(columns, CHANGES.keys() | TECHNICAL)

    def test_a_change_in_any_column_of_any_entry_is_found(self):
        # law.md test 22
        for entry in self.case.journal_ids.sorted("sequence"):
            for column, change in [*CHANGES.items(), *EMPTIED.items()]:
                with self.subTest(entry=entry.sequence, column=column), self._undone():
                    if self._change(entry, change):
                        self.assertTrue(self._kinds() - {"key"})

    def _change(self, entry, change):
        """Change an entry by SQL; tells whether anything is different now."""
        before = self._as_text(entry)
        change = change.replace("{other}", str(self.other.id))
        self._sql(f"UPDATE complaint_journal SET {change} WHERE id = %s", entry.id)
        return self._as_text(entry) != before

    def _as_text(self, entry):
        self._sql("SELECT row::text FROM complaint_journal row WHERE id = %s", entry.id)
        return self.env.cr.fetchone()

    def test_a_removed_entry_is_found(self):
        for entry in self.case.journal_ids:
            with self.subTest(entry=entry.sequence), self._undone():
                self._sql("DELETE FROM complaint_journal WHERE id = %s", entry.id)
                self.assertTrue(self._findings())

    def test_an_end_cut_off_together_with_the_head_is_found_by_the_anchor(self):
        last = self.case.journal_ids.sorted("sequence")[-1]
        with self._undone():
            self._cut_off(self.case, last)
            self.assertEqual(self.journal._verify(self.case), [])
            self.assertEqual(self._kinds(), {"anchor"})

    def _cut_off(self, case, entry):
        """Remove an entry and all later ones, and set the head back to fit."""
        count = entry.sequence - 1
        self._sql(
            "DELETE FROM complaint_journal WHERE case_id = %s AND sequence > %s",
            case.id,
            count,
        )
        self._sql(
            "UPDATE complaint_case SET journal_count = %s, journal_head = "
            "(SELECT digest FROM complaint_journal WHERE case_id = %s "
            "ORDER BY sequence DESC LIMIT 1) WHERE id = %s",
            count,
            case.id,
            case.id,
        )

    def test_a_deleted_case_is_found(self):
        with self._undone():
            self._sql("DELETE FROM complaint_journal WHERE case_id = %s", self.case.id)
            self._sql("DELETE FROM complaint_case WHERE id = %s", self.case.id)
            self.assertEqual(self._kinds(), {"anchor"})

    def test_entries_without_their_case_are_found(self):
        with self._undone():
            self._sql(
                "ALTER TABLE complaint_journal "
                "DROP CONSTRAINT complaint_journal_case_id_fkey"
            )
            places = self.references
            self._sql("DELETE FROM complaint_case WHERE id = %s", self.case.id)
            check = self.journal._new_check()
            found = {
                one.kind
                for one in self.journal._all_findings(check)
                if one.reference in places
            }
            self.assertIn("orphan", found)

    def test_a_changed_head_is_found(self):
        for change in (
            "journal_head = repeat('a', 64)",
            "journal_head = NULL",
            "journal_count = journal_count + 1",
            "journal_count = journal_count - 1",
            "journal_count = NULL",
            "reference = 'AAAAA-AAAAA'",
            "company_id = 1",
        ):
            with self.subTest(change=change), self._undone():
                self._sql(
                    f"UPDATE complaint_case SET {change} WHERE id = %s", self.case.id
                )
                self.assertTrue(self.journal._verify(self.case))

    def test_an_added_entry_is_found(self):
        last = self.case.journal_ids.sorted("sequence")[-1]
        new = {"sequence": last.sequence + 1, "previous_digest": last.digest}
        for head in (last.digest, "b" * 64):
            with self.subTest(head=head), self._undone():
                self._insert_copy(last, **new, digest="b" * 64)
                self._sql(
                    "UPDATE complaint_case SET journal_head = %s, "
                    "journal_count = journal_count + 1 WHERE id = %s",
                    head,
                    self.case.id,
                )
                self.assertTrue(self.journal._verify(self.case))
        with self._undone():
            self._insert_copy(last, **new)
            self.assertTrue(self.journal._verify(self.case))

    def test_a_chain_computed_anew_without_the_key_is_found(self):
        """Who has the whole database but not the key cannot forge a chain."""
        with self._undone():
            self._make_plain(self.case)
            self.assertIn("plain", self._kinds())
            self.assertTrue(self.journal._verify(self.case))

    def test_exchanged_entries_are_found(self):
        first, second = self.case.journal_ids.sorted("sequence")[:2]
        for columns in (
            ("sequence",),
            ("payload", "salt", "payload_digest"),
            ("event", "logged_on", "user_id"),
            ("digest", "previous_digest", "sequence"),
        ):
            with self.subTest(columns=columns), self._undone():
                self._exchange(first, second, columns)
                self.assertTrue(self.journal._verify(self.case))

    def _exchange(self, first, second, columns):
        self._sql(
            "ALTER TABLE complaint_journal "
            "DROP CONSTRAINT complaint_journal_sequence_unique"
        )
        pairs = ", ".join(f"{name} = other.{name}" for name in columns)
        self._sql(
            f"UPDATE complaint_journal entry SET {pairs} FROM complaint_journal other "
            "WHERE (entry.id, other.id) IN ((%s, %s), (%s, %s))",
            first.id,
            second.id,
            second.id,
            first.id,
        )

    def test_a_case_that_takes_the_journal_of_another_is_found(self):
        with self._undone():
            self._sql("UPDATE complaint_journal SET case_id = -case_id WHERE FALSE")
            self._sql("DELETE FROM complaint_journal WHERE case_id = %s", self.other.id)
            self._sql(
                "UPDATE complaint_journal SET case_id = %s WHERE case_id = %s",
                self.other.id,
                self.case.id,
            )
            self._sql(
                "UPDATE complaint_case SET journal_head = other.journal_head, "
                "journal_count = other.journal_count FROM complaint_case other "
                "WHERE complaint_case.id = %s AND other.id = %s",
                self.other.id,
                self.case.id,
            )
            found = {one.reference for one in self._findings()}
            self.assertLessEqual(set(self.cases.mapped("reference")), found)

    def test_two_hundred_random_acts_are_all_found(self):
        dice = random.Random(19)
        entries = self.cases.journal_ids
        for number in range(200):
            with self._undone():
                act = self._tamper(dice, dice.choice(entries))
                with self.subTest(number=number, act=act):
                    self.assertTrue(self._findings())

    def _tamper(self, dice, entry):
        """Do one random harm to the database, and tell what it was."""
        act = dice.choice(("column", "column", "delete", "cut", "swap", "head", "add"))
        if act == "column":
            change = CHANGES[dice.choice(sorted(CHANGES))]
            change = change.replace("+ 100", f"+ {dice.randint(100, 900)}")
            if not self._change(entry, change):
                self._change(entry, "event = 'nothing'")
            return change
        if act == "delete":
            self._sql("DELETE FROM complaint_journal WHERE id = %s", entry.id)
        elif act == "cut":
            self._cut_off(entry.case_id, entry)
        elif act == "swap":
            other = dice.choice(entry.case_id.journal_ids - entry)
            self._exchange(entry, other, ["sequence"])
        elif act == "head":
            self._sql(
                "UPDATE complaint_case SET journal_head = %s WHERE id = %s",
                f"{dice.getrandbits(256):064x}",
                entry.case_id.id,
            )
        else:
            self._insert_copy(entry, sequence=dice.randint(50, 99))
        return act

    # What is no tampering

    def test_names_and_languages_do_not_matter(self):
        self.leader.name = "Somebody Else"
        self.leader.lang = "en_US"
        self.company.name = "Renamed AS"
        self.workshop.name = "Renamed"
        self.assertEqual(self._findings(), [])

    def test_another_key_is_said_to_be_missing_and_stops_nothing(self):
        key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
        mark = self.case.journal_ids[0].key_mark
        with self._undone():
            self.patch(keyring, "keyring", lambda: (key,))
            self.assertEqual(self._kinds(), {"key"})
            self.assertEqual({one.reference for one in self._findings()}, {mark})
            self.other.with_user(self.leader).action_answer(body="<p>Warm now.</p>")
            entry = self.other.journal_ids.sorted("sequence")[-1]
            self.assertNotEqual(entry.key_mark, mark)
            self.assertEqual(self._kinds(), {"key"})
            self._sql(
                "UPDATE complaint_journal SET payload = '{\"x\": 1}' WHERE id = %s",
                self.case.journal_ids[0].id,
            )
            self.assertEqual(self._kinds(), {"key", "changed"})

    def test_a_new_key_in_front_changes_nothing(self):
        old = keyring.keyring()
        new = ("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", *old)
        self.patch(keyring, "keyring", lambda: new)
        self.other.with_user(self.leader).action_answer(body="<p>Warm now.</p>")
        self.assertEqual(self._findings(), [])

    def test_entries_of_the_first_algorithm_still_count(self):
        with self._undone():
            self._sql(
                "DELETE FROM complaint_company_journal WHERE company_id = %s",
                self.company.id,
            )
            self.company.write(
                {"complaint_journal_head": False, "complaint_journal_count": 0}
            )
            for case in self.env["complaint.case"].search(
                [("company_id", "=", self.company.id)]
            ):
                self._make_plain(case)
            self._sql(
                "UPDATE complaint_journal SET texts = NULL, "
                "payload = coalesce(payload, '{}'::jsonb) || texts "
                "WHERE texts IS NOT NULL AND company_id = %s",
                self.company.id,
            )
            self.assertEqual(self._kinds(), {"plain"})
            self.company_journal._adopt_plain()
            self.assertTrue(self.withdrawn.texts)
            self.assertFalse(self.withdrawn.payload)
            self.assertEqual(self._findings(), [])
            self.other.with_user(self.leader).action_answer(body="<p>Warm now.</p>")
            self.withdrawn._erase_texts()
            self.company_journal._adopt_plain()
            self.assertEqual(self._findings(), [])
            late = self.other.journal_ids.sorted("sequence")[-1]
            self._sql(
                "UPDATE complaint_journal SET payload = '{\"x\": 1}' WHERE id = %s",
                self.other.journal_ids.sorted("sequence")[0].id,
            )
            self.assertIn("changed", self._kinds())
            self._make_plain(self.other)
            self.assertLessEqual({"plain", "anchor"}, self._kinds())
            self.assertEqual(late.algorithm, 1)
