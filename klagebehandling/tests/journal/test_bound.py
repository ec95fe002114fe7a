# What people say in a test is not translated.
# pylint: disable=translation-required
import importlib.util
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ...sealing.journal_check import NOTES
from .common import JournalCase

MIGRATION = Path(__file__).parents[2] / "migrations" / "19.0.1.2.0" / "post-bind.py"


@tagged("post_install", "-at_install")
class TestBound(JournalCase):
    """The journal binds what it speaks of: what SQL makes of the rows is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            event_date="2026-01-05",
            event_until="2026-01-09",
            event_words="many times",
            interpreter_language="Sorani",
            reply_channel="portal",
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "subject", "user_id": cls.employee.id},
            ],
        )
        cls.case.with_user(cls.leader).action_update("<p>We look into it.</p>")
        cls.letter = cls.case.correspondence_ids

    def _verify(self, case=None, notes=False):
        found = self.journal._verify(case or self.case)
        return {(one.kind, one.what) for one in found if notes or one.kind not in NOTES}

    def _assert_finds(self, what, query, *values, kind="differs"):
        with self.subTest(query), self._undone():
            self._sql(query, *values)
            self.assertEqual(self._verify(), {(kind, what)})

    def test_what_nobody_touched_is_whole(self):
        self.assertFalse(self._verify(notes=True))
        self.assertFalse(self._verify(self.cases, notes=True))

    def test_a_life_by_the_acts_is_whole(self):
        case = self.case.with_user(self.director)
        today = fields.Date.today()
        case.expected_on = today + timedelta(days=100)
        case.action_acknowledge()
        case.action_delay("It takes longer.", today + timedelta(days=130))
        case.handler_id = self.leader
        case.party_ids = [Command.create({"role": "witness", "name": "Ola"})]
        case.party_ids.filtered(lambda one: one.role == "witness").role = "subject"
        case.action_answer(body="<p>We bought a stove.</p>")
        case.action_close("resolved")
        case.action_reopen("It broke again.")
        with freeze_time("2031-01-01"):
            case.sudo().deadline_ids.filtered("is_open")._escalate()
        self.assertFalse(self._verify(notes=True))

    def test_a_row_that_sql_changed_is_named(self):
        table = "UPDATE complaint_case SET"
        for what, change in (
            ("dates", "received_at = received_at + interval '9 days'"),
            ("dates", "registered_at = registered_at - interval '1 hour'"),
            ("dates", "event_date = '2026-01-06'"),
            ("dates", "event_date = NULL"),
            ("dates", "event_until = '2026-01-10'"),
            ("dates", "event_until = NULL"),
            ("words", "event_words = 'once'"),
            ("words", "event_words = NULL"),
            ("words", "interpreter_language = NULL"),
            ("words", "interpreter_language = event_words, event_words = NULL"),
            ("handler", f"handler_id = {self.director.id}"),
            ("handler", "handler_id = NULL"),
            ("anonymity", "anonymity = 'protected'"),
            ("words", "description = 'All is well.'"),
            ("words", "description = NULL"),
            ("words", "title = 'Warm food'"),
            ("words", "desired_outcome = 'Nothing'"),
        ):
            self._assert_finds(what, f"{table} {change} WHERE id = %s", self.case.id)

    def test_what_was_bound_before_a_span_or_words_could_be_told_stays_whole(self):
        case = self._register(event_date="2026-01-05")
        facts = self.env["complaint.bound"]._facts()
        self.assertEqual(len(facts["dates"](case)), 3)
        self.assertEqual(len(facts["words"](case)), 3)
        for what, change in (
            ("dates", "event_until = '2026-01-10'"),
            ("words", "event_words = 'once'"),
        ):
            with self.subTest(change), self._undone():
                query = f"UPDATE complaint_case SET {change} WHERE id = %s"
                self._sql(query, case.id)
                self.assertEqual(self._verify(case), {("differs", what)})

    def test_a_wall_that_sql_opened_is_named(self):
        for query in (
            "DELETE FROM complaint_case_wall WHERE case_id = %s",
            f"INSERT INTO complaint_case_wall VALUES (%s, {self.director.id})",
        ):
            self._assert_finds("wall", query, self.case.id)

    def test_a_role_or_date_that_sql_changed_is_named(self):
        where = "WHERE case_id = %s"
        for what, query in (
            ("roles", f"UPDATE complaint_party SET role = 'witness' {where}"),
            (
                "promises",
                "UPDATE complaint_deadline SET due_on = due_on + 30 "
                f"{where} AND milestone = 'acknowledge'",
            ),
            (
                "promises",
                "UPDATE complaint_deadline SET due_at = due_at + interval '1 hour' "
                f"{where}",
            ),
            ("promises", f"DELETE FROM complaint_deadline {where}"),
        ):
            self._assert_finds(what, query, self.case.id)

    def test_a_letter_that_sql_changed_made_or_took_is_named(self):
        self.assertEqual(self.letter.state, "sent")
        table = "UPDATE complaint_correspondence SET"
        for change in (
            "body = 'We answered.'",
            "sent_at = sent_at - interval '9 days'",
            "purpose = 'reply'",
            "medium = 'letter'",
            "words_salt = NULL",
        ):
            self._assert_finds(
                "correspondence", f"{table} {change} WHERE id = %s", self.letter.id
            )
        self._assert_finds(
            "correspondence",
            "DELETE FROM complaint_correspondence WHERE id = %s",
            self.letter.id,
        )
        self._assert_finds(
            "correspondence",
            """INSERT INTO complaint_correspondence (case_id, direction, purpose,
            medium, state, sent_at, words_salt, create_date)
            VALUES (%s, 'out', 'reply', 'portal', 'sent', '2026-01-01', 'x',
            '2026-01-01')""",
            self.case.id,
            kind="unbound",
        )

    def test_what_came_in_by_mail_is_bound(self):
        letters = self.env["complaint.correspondence"]
        letter = letters._receive(self.case, "I stay with it.")
        self.assertFalse(self._verify(notes=True))
        self._assert_finds(
            "correspondence",
            "UPDATE complaint_correspondence SET body = 'I withdraw.' WHERE id = %s",
            letter.id,
        )

    def test_a_failure_that_was_entered_explains_a_letter(self):
        letter = self.letter
        letter.write({"sent_at": False, "state": "queued"})
        letter._mark_failed("It came back.")
        number = self.case.journal_ids.filtered(
            lambda entry: entry.event == "correspondence_failed"
        ).sequence
        found = self.journal._verify(self.case)
        self.assertIn(
            ("explained", self.case.reference, number, "correspondence"), found
        )
        self.assertFalse({one.kind for one in found} - NOTES)

    def test_a_difference_is_told_in_words(self):
        self._sql(
            "UPDATE complaint_case SET handler_id = NULL WHERE id = %s", self.case.id
        )
        answer = self.case.with_user(self.director).action_verify_journal()
        self.assertEqual(answer["params"]["type"], "danger")
        self.assertIn("the handler was changed", answer["params"]["message"])
        self.assertIn(self.case.reference, answer["params"]["message"])

    def test_digests_are_salted_and_the_salts_are_nobodys(self):
        twin = self._register(
            event_date="2026-01-05",
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "subject", "user_id": self.employee.id},
            ],
        )
        self.assertEqual(twin.description, self.case.description)
        mine, other = (self._binds(case) for case in (self.case, twin))
        self.assertEqual(mine.keys(), other.keys())
        for name in mine:
            self.assertNotEqual(mine[name], other[name], name)
        for user in (self.director, self.auditor, self.env.ref("base.user_admin")):
            for record, names in (
                (self.case, ["facts_salt", "words_salt", "journal_on"]),
                (self.letter, ["words_salt"]),
            ):
                for name in names:
                    with self.assertRaises(AccessError):
                        record.with_user(user).read([name])

    def _binds(self, case):
        return case.journal_ids.sorted("sequence")[:1].payload["binds"]

    def test_older_rows_are_covered_from_where_they_were_bound(self):
        Bound = type(self.env["complaint.bound"])
        with (
            patch.object(Bound, "_bind_form", lambda *_args: {}),
            patch.object(Bound, "_bind", lambda *_args: {}),
            patch.object(Bound, "_bind_letters", lambda *_args: {}),
        ):
            self.case = self._register(reply_channel="portal")
            self.case.with_user(self.leader).action_update("<p>Soon.</p>")
        self._sql(
            "UPDATE complaint_case SET facts_salt = NULL, words_salt = NULL, "
            "journal_on = NULL WHERE id = %s",
            self.case.id,
        )
        self.assertEqual(self._verify(notes=True), {("uncovered", "")})
        self._migrate()
        last = self.case.journal_ids[0]
        self.assertEqual(last.event, "facts_bound")
        self.assertEqual(
            self.journal._verify(self.case),
            [("uncovered", self.case.reference, last.sequence, "")],
        )
        self._assert_finds(
            "words",
            "UPDATE complaint_case SET title = 'x' WHERE id = %s",
            self.case.id,
        )
        self._assert_finds(
            "correspondence",
            "UPDATE complaint_correspondence SET body = 'x' WHERE case_id = %s",
            self.case.id,
        )
        self._migrate()
        self.assertEqual(self.case.journal_ids[0], last)

    def _migrate(self):
        self.env.flush_all()
        spec = importlib.util.spec_from_file_location("bind", MIGRATION)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_time_never_runs_backwards_in_a_chain(self):
        last = self.case.journal_ids.sorted("sequence")[-1:].logged_on
        with freeze_time(last - timedelta(days=3)):
            self.case._log("exported", fields=["title"])
            self.journal._log_company(self.company, "nobody_receives")
        times = self.case.journal_ids.sorted("sequence").mapped("logged_on")
        self.assertEqual(times, sorted(times))
        self.assertEqual(times[-1], last)
        entries = self.company_journal.search([("company_id", "=", self.company.id)])
        times = entries.sorted("sequence").mapped("logged_on")
        self.assertEqual(times, sorted(times))

    def test_a_case_that_is_deleted_whole_is_missed(self):
        self._anchor()
        with self._undone():
            self._delete(self.case)
            self.assertIn("gone", {one.what for one in self._findings()})
            # Its mark too: then the anchor that bound it says so.
            self._sql(
                "DELETE FROM complaint_commitment WHERE organisation = %s",
                self.company.id,
            )
            self.assertEqual(self._kinds(), {"anchor"})
        self.assertFalse(self._findings())

    def _delete(self, case):
        self._sql("DELETE FROM complaint_correspondence WHERE case_id = %s", case.id)
        self._sql("DELETE FROM complaint_journal WHERE case_id = %s", case.id)
        self._sql("DELETE FROM complaint_case WHERE id = %s", case.id)

    def test_a_commitment_holds_no_head_of_the_organisation(self):
        count = self.company.complaint_journal_count
        before = self.env["complaint.commitment"].search_count([])
        self._register()
        self.assertEqual(self.company.complaint_journal_count, count)
        self.assertEqual(self.env["complaint.commitment"].search_count([]), before + 1)

    def test_nobody_reads_a_commitment(self):
        for user in (self.director, self.auditor, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.env["complaint.commitment"].with_user(user).search([])

    def test_a_commitment_tells_nothing(self):
        row = self.env["complaint.commitment"].search([], limit=1, order="id desc")
        self.assertNotIn(self.case.reference, str(row.read()))
        self.assertEqual(row.day, fields.Date.today())
