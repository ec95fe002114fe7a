import io
from contextlib import redirect_stdout

from freezegun import freeze_time

from odoo.cli.command import find_command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ...sealing import keyring
from .common import JournalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestJournalAnswer(JournalCase):
    """C-25, M19: who checks the journal, and what they are told."""

    def _check(self, user, case=None):
        if case is None:
            return self.journal.with_user(user).action_verify()["params"]
        return case.with_user(user).action_verify_journal()["params"]

    def test_a_whole_journal_is_said_to_be_whole(self):
        for user in (self.leader, self.auditor):
            answer = self._check(user, self.case)
            self.assertEqual(answer["title"], "The journal is whole")
            self.assertEqual(answer["type"], "success")
            mark = self.case._journal_mark()
            self.assertEqual(
                answer["message"], f"{self.case.journal_count} entries, head {mark}."
            )

    def test_the_mark_is_the_head_as_it_is_read_aloud(self):
        mark = self.case._journal_mark()
        self.assertRegex(mark, r"^([0-9A-F]{4} ){3}[0-9A-F]{4}$")
        head = self.case.journal_head
        self.assertTrue(head.startswith(mark.replace(" ", "").lower()))

    def test_a_changed_entry_is_named(self):
        entry = self.case.journal_ids.sorted("sequence")[1]
        self._sql(
            "UPDATE complaint_journal SET event = 'closed' WHERE id = %s", entry.id
        )
        for answer in (self._check(self.leader, self.case), self._check(self.leader)):
            self.assertEqual(answer["title"], "The journal is not whole")
            self.assertEqual(answer["type"], "danger")
            self.assertIn(
                f"{self.case.reference}, entry 2: it was changed.", answer["message"]
            )
            self.assertNotIn(self.leader.name, answer["message"])

    def test_a_missing_key_is_no_accusation(self):
        key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
        self.patch(keyring, "keyring", lambda: (key,))
        answer = self._check(self.leader, self.case)
        self.assertEqual(answer["title"], "The journal cannot be checked")
        self.assertIn("Put the key back", answer["message"])

    def test_the_button_of_the_list_sends_what_is_selected(self):
        for entries in (self.journal, self.other.journal_ids):
            journal = self.journal.with_user(self.leader)
            answer = call_kw(journal, "action_verify", [entries.ids], {})
            self.assertIn("2 cases", answer["params"]["message"])

    def test_every_finding_has_a_sentence(self):
        kinds = {"added", "anchor", "changed", "head", "key", "late", "missing"}
        kinds |= {"order", "orphan", "plain", "set_back", "text"}
        told = {"place": "X", "number": 1}
        self.assertEqual(kinds, self.journal._finding_sentences(told).keys())

    def test_managers_auditors_and_independent_receivers_check(self):
        for user in (self.leader, self.auditor, self.independent):
            self.assertEqual(self._check(user)["type"], "success")
        for user in (self.worker, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                self._check(user)
            with self.assertRaises(AccessError):
                self._check(user, self.case)

    def test_nobody_checks_a_case_that_they_do_not_see(self):
        walled = self._register(about_manager=True)
        restricted = self._register(kind="whistleblowing")
        for user, case in (
            (self.leader, walled),
            (self.director, restricted),
            (self.auditor, restricted),
        ):
            with self.assertRaises(AccessError):
                self._check(user, case)

    def test_the_answer_counts_no_case_that_one_does_not_see(self):
        # A-08, M17: nor tells of one that is tampered with
        before = {user: self._check(user) for user in (self.leader, self.auditor)}
        restricted = self._register(kind="whistleblowing")
        hidden = self._register(about_manager=True)
        self._sql(
            "UPDATE complaint_journal SET event = 'x' WHERE case_id IN (%s, %s)",
            restricted.id,
            hidden.id,
        )
        self.assertEqual(self._check(self.leader), before[self.leader])
        self._sql(
            "UPDATE complaint_journal SET event = 'x' WHERE case_id = %s", restricted.id
        )
        self._sql("DELETE FROM complaint_journal WHERE case_id = %s", hidden.id)
        found = self._check(self.auditor)["message"]
        self.assertIn(hidden.reference, found)
        self.assertNotIn(restricted.reference, found)

    def test_an_auditor_hears_of_the_organisations_journal_others_do_not(self):
        self._anchor()
        last = self.case.journal_ids.sorted("sequence")[-1]
        self._sql(
            "UPDATE complaint_case SET journal_count = %s, journal_head = %s "
            "WHERE id = %s",
            last.sequence - 1,
            last.previous_digest,
            self.case.id,
        )
        self._sql("DELETE FROM complaint_journal WHERE id = %s", last.id)
        self.assertEqual(self._check(self.leader)["type"], "success")
        answer = self._check(self.auditor)
        self.assertEqual(answer["type"], "danger")
        self.assertIn("Organisation Verkstedet AS", answer["message"])

    def test_a_late_anchor_is_a_note_and_no_finding(self):
        with freeze_time("2026-11-30 09:00:00"):
            answer = self._check(self.auditor)
        self.assertEqual(answer["type"], "success")
        self.assertIn("nightly anchor has not been made", answer["message"])

    def _run_command(self):
        """What the command of the server prints, and how it ends."""
        command, printed = find_command("complaint_verify")(), io.StringIO()
        with self.enter_registry_test_mode(), redirect_stdout(printed):
            code = command._verify(self.env.cr.dbname)
        return code, printed.getvalue()

    def test_the_command_checks_everything_and_tells_by_its_exit(self):
        code, printed = self._run_command()
        self.assertEqual(code, 0, printed)
        self.assertIn("\nwhole: ", f"\n{printed}")
        restricted = self._register(kind="whistleblowing")
        self._sql(
            "UPDATE complaint_journal SET event = 'x' "
            "WHERE case_id = %s AND sequence = 2",
            restricted.id,
        )
        code, printed = self._run_command()
        self.assertEqual(code, 1)
        self.assertIn(f"changed {restricted.reference} 2\n", printed)
        self.assertIn("\nnot whole: ", printed)
        self.assertNotIn(self.leader.name, printed)
        self.assertNotIn("Cold", printed)

    def test_the_whole_check_asks_the_database_in_batches(self):
        journal = self.journal
        list(journal._all_findings(journal._new_check()))

        def queries():
            before = self.env.cr.sql_log_count
            list(journal._all_findings(journal._new_check()))
            return self.env.cr.sql_log_count - before

        few = queries()
        for _one in range(20):
            self._register()
        self.env.flush_all()
        self.assertEqual(queries(), few)
