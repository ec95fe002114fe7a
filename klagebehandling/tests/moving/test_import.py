import base64
import csv
import io
import os
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.moving import complaint_import
from ...models.moving.moved import Moved
from ..common import ComplaintCase

TODAY = "2026-11-02 09:00:00"
# Written by nobody else, to be searched for in every column.
CANARY = "Zyxwvu Qrstesen"
HEADINGS = [
    *("Old number", "Received", "Ended on", "Outcome", "Receipt acknowledged"),
    *("Subject", "What happened", "Unit", "How it came", "Anonymity"),
    *("Name", "E-mail", "Login of the person complained about"),
]
OPEN = {"Old number": "2026-7", "Received": "2026-10-30", "Subject": "Cold food"}
ENDED = {
    "Old number": "2024-3",
    "Received": "02.05.2024",
    "Ended on": "10.06.2024",
    "Outcome": "Upheld",
    "Subject": "Late pay",
    "How it came": "Letter",
    "Name": CANARY,
    "E-mail": "zyx@example.com",
}
# The long form takes ten thousand lines.
MANY = 10_000 if os.environ.get("KLAGE_PROVE") else 250


class ImportCase(ComplaintCase):
    """The owner of the procedure moves in what an old register has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        cls.policy.state = "in_force"
        cls.cases = cls.env["complaint.case"]
        cls.lines = cls.env["complaint.import.line"]

    def setUp(self):
        super().setUp()
        cron = type(self.env["ir.cron"])
        self.commit = self.startPatcher(
            patch.object(cron, "_commit_progress", return_value=60)
        )

    def _csv(self, *rows, headings=(), delimiter=";", encoding="utf-8-sig"):
        output = io.StringIO()
        writer = csv.DictWriter(output, headings or HEADINGS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        return output.getvalue().encode(encoding)

    def _import(self, raw, user=None):
        job = self.env["complaint.import"].with_user(user or self.owner)
        job = job.with_company(self.company)
        return job.create(
            {"policy_id": self.policy.id, "upload": base64.b64encode(raw)}
        )

    def _checked(self, *rows, **layout):
        job = self._import(self._csv(*rows, **layout))
        job.action_check()
        self.env["complaint.import"]._cron_move()
        return job

    def _moved(self, *rows, **layout):
        job = self._checked(*rows, **layout)
        job.action_run()
        self.env["complaint.import"]._cron_move()
        return job

    def _own(self):
        return self.cases.search([("company_id", "=", self.company.id)])

    def _problems(self, job):
        return job.faulty_line_ids.mapped("problem")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestImport(ImportCase):
    """Moving in: idempotent, and promises are shown before they are made (N18)."""

    def test_a_checked_file_has_made_no_case_and_shows_what_would_be_promised(self):
        before = self._own()
        old = {**OPEN, "Old number": "2026-1", "Received": "2026-08-03"}
        job = self._checked(OPEN, old, ENDED)
        self.assertEqual(job.state, "checked")
        self.assertEqual(self._own(), before)
        self.assertEqual((job.open_count, job.late_count), (2, 1))
        self.assertEqual((job.closed_count, job.faulty_count), (1, 0))
        fresh, late = job.open_line_ids
        self.assertEqual(
            fresh.promises,
            "Acknowledgement of receipt: by 11/09/2026\n"
            "Information at the staff meeting: by 11/13/2026\n"
            "Closing: by 11/30/2026",
        )
        self.assertFalse(fresh.is_late)
        self.assertIn("Closing: was due 09/03/2026, late", late.promises)

    def test_what_was_shown_is_what_is_promised(self):
        self._moved(OPEN)
        case = self.cases.search([("external_number", "=", "2026-7")])
        self.assertEqual(
            sorted(map(str, case.deadline_ids.mapped("due_on"))),
            ["2026-11-09", "2026-11-13", "2026-11-30"],
        )
        self.assertEqual(case.policy_id._local(case.received_at).day, 30)

    def test_nothing_is_sent_and_nobody_outside_is_told(self):
        self.policy.has_auto_receipt = True
        mails = self.env["mail.mail"].search_count([])
        person = {"Name": "Kari", "E-mail": "kari@example.com"}
        self._moved(
            {**OPEN, **person}, {**OPEN, "Old number": "9", "Received": "2026-01-05"}
        )
        self.env["complaint.deadline"]._cron_keep()
        self.env["complaint.correspondence"]._cron_send()
        cases = self.cases.search([("external_number", "in", ["2026-7", "9"])])
        self.assertEqual(len(cases), 2)
        self.assertFalse(cases.correspondence_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_what_is_late_is_late_at_once_and_asked_within(self):
        self._moved({**OPEN, "Received": "2026-08-03"})
        case = self.cases.search([("external_number", "=", "2026-7")])
        late = self._deadline(case, "close")
        self.assertEqual((late.state, late.is_reason_missing), ("late", True))
        self.assertFalse(late.next_at)
        self.env["complaint.deadline"]._cron_keep()
        self.assertEqual(len(case.deadline_ids), 3)

    def test_an_acknowledged_case_is_not_promised_that_again(self):
        self._moved({**OPEN, "Receipt acknowledged": "2026-10-31"})
        case = self.cases.search([("external_number", "=", "2026-7")])
        self.assertEqual(case.state, "acknowledged")
        self.assertFalse(self._deadline(case, "acknowledge"))

    def test_history_is_closed_on_its_day_without_clock_or_letter(self):
        self._moved(ENDED)
        case = self.cases.search([("external_number", "=", "2024-3")])
        self.assertEqual((case.state, case.outcome), ("closed", "upheld"))
        self.assertEqual(case.closed_at.date().isoformat(), "2024-06-09")
        self.assertEqual(case.policy_id._local(case.closed_at).day, 10)
        self.assertEqual((case.channel, case.days_to_close), ("letter", 39))
        self.assertFalse(case.deadline_ids)
        self.assertFalse(case.correspondence_ids)

    def test_other_ends_have_no_outcome(self):
        self._moved({**ENDED, "Outcome": "Withdrawn"})
        case = self.cases.search([("external_number", "=", "2024-3")])
        self.assertEqual((case.state, case.outcome), ("withdrawn", False))

    def test_history_of_a_public_body_gets_no_number_of_this_year(self):
        self.policy.has_running_series = True
        self._moved(ENDED, OPEN)
        number_next = self.env["complaint.registration"]._number_next
        while number_next(self.company):
            pass
        rows = self.env["complaint.registration"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(rows.case_id.mapped("external_number"), ["2026-7"])

    def test_the_journal_says_who_moved_it_in_and_from_which_file(self):
        job = self._moved(ENDED)
        case = self.cases.search([("external_number", "=", "2024-3")])
        entry = case.journal_ids.filtered(lambda one: one.event == "moved_in")
        self.assertEqual(entry.user_id, self.owner)
        self.assertEqual(
            entry.payload,
            {
                "closed_on": "2024-06-10",
                "digest": job.digest,
                "external_number": "2024-3",
                "outcome": "upheld",
            },
        )
        self.assertFalse(self.env["complaint.journal"]._verify(case))

    def test_the_organisation_has_an_entry_of_what_was_approved(self):
        job = self._moved(ENDED, OPEN)
        journal = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id)], order="sequence desc", limit=2
        )
        ended, started = journal
        self.assertEqual(started.event, "import_started")
        self.assertEqual(
            started.payload,
            {"closed_count": 1, "digest": job.digest, "open_count": 1},
        )
        self.assertEqual(ended.payload["moved_count"], 2)

    # -- twice

    def test_the_same_file_twice_changes_nothing_the_second_time(self):
        rows = [{**OPEN, "Old number": f"N-{one}"} for one in range(MANY - 1)]
        first = self._moved(*rows, ENDED)
        self.assertEqual((first.state, first.moved_count), ("done", MANY))
        before = self._everything()
        again = self._checked(*rows, ENDED)
        self.assertEqual((again.new_count, again.same_count), (0, MANY))
        with self.assertRaisesRegex(UserError, "nothing to move in"):
            again.action_run()
        self.assertEqual(self._everything(), before)

    def _everything(self):
        """Every row of every case, as the database has it."""
        self.env.flush_all()
        tables = ("case", "party", "deadline", "journal", "correspondence")
        return [
            self.env.execute_query(
                SQL(
                    "SELECT md5(string_agg(one::text, '' ORDER BY id)), count(*) "
                    "FROM %s AS one WHERE company_id = %s",
                    SQL.identifier(f"complaint_{name}"),
                    self.company.id,
                )
            )
            for name in tables
        ]

    def test_another_form_of_the_same_file_is_the_same(self):
        self._moved(ENDED, OPEN)
        job = self._checked(OPEN, ENDED, delimiter=",", encoding="utf-16")
        self.assertEqual(job.same_count, 2)

    def test_a_changed_line_is_told_of_and_nothing_is_written_over(self):
        self._moved(ENDED)
        before = self._everything()
        job = self._checked({**ENDED, "Outcome": "Not upheld"}, OPEN)
        self.assertEqual(job.changed_line_ids.number, "2024-3")
        job.action_run()
        case = self.cases.search([("external_number", "=", "2024-3")])
        self.assertEqual(case.outcome, "upheld")
        self.assertEqual(len(self._own()) - before[0][0][1], 1)

    def test_the_number_is_of_the_organisation(self):
        self._moved(ENDED)
        other = self.env["res.company"].create({"name": "Other"})
        line = self.lines.search([("number", "=", "2024-3")])
        self.assertEqual(line.company_id, self.company)
        line.company_id = other
        self.assertEqual(self._checked(ENDED).new_count, 1)

    def test_a_number_twice_in_a_file_is_a_fault(self):
        job = self._checked(OPEN, OPEN)
        self.assertEqual(
            self._problems(job), ["A3 Old number: Line 2 has this number too."]
        )

    # -- killed

    def test_killed_between_two_batches_it_goes_on_from_there(self):
        rows = [{**OPEN, "Old number": f"N-{one}"} for one in range(230)]
        job = self._checked(*rows)
        with patch.object(complaint_import, "SECONDS", -1):
            job.action_run()
        self.assertEqual((job.state, job.moved_count), ("running", 100))
        self.assertAlmostEqual(job.progress, 100 * 100 / 230)
        self.commit.return_value = 0
        self.env["complaint.import"]._cron_move()
        self.assertEqual(job.moved_count, 200)
        self.env["complaint.import"]._cron_move()
        self.assertEqual((job.state, job.moved_count), ("running", 230))
        self.env["complaint.import"]._cron_move()
        self.assertEqual(job.state, "done")
        self.assertEqual(len(self._own()), 230)

    def test_a_batch_that_fails_has_left_nothing(self):
        rows = [{**OPEN, "Old number": f"N-{one}"} for one in range(3)]
        job = self._checked(*rows)
        intake = type(self.env["complaint.intake"])
        real = intake._create_parts

        def fail(door, forms):
            if any(form.given["moved"].number == "N-1" for form in forms):
                raise ValueError("broken")
            return real(door, forms)

        with (
            patch.object(intake, "_create_parts", fail),
            self.assertLogs("odoo.addons.klagebehandling", "WARNING") as logs,
        ):
            job.action_run()
        self.assertEqual((job.moved_count, job.faulty_count), (2, 1))
        self.assertEqual(len(self._own()), 2)
        self.assertNotIn("Cold food", "".join(logs.output))

    def test_who_may_no_longer_is_not_worked_for(self):
        job = self._checked(OPEN)
        job.sudo().state = "running"
        self.owner.group_ids -= self.env.ref("klagebehandling.group_procedure")
        self.env["complaint.import"]._cron_move()
        self.assertEqual(job.sudo().state, "stopped")
        self.assertFalse(self._own())

    # -- people

    def test_the_wall_stands_around_who_is_complained_about(self):
        login = "Login of the person complained about"
        job = self._moved({**OPEN, login: self.leader.login.upper()})
        case = self.cases.search([("external_number", "=", "2026-7")])
        self.assertFalse(job.faulty_count)
        self.assertIn(self.leader, case.walled_user_ids)
        self.assertFalse(case.with_user(self.leader).exists())
        self.assertNotEqual(case.handler_id, self.leader)

    def test_a_name_alone_walls_the_whole_line(self):
        headings = ["Old number", "Received", "Subject", "subject_name"]
        self._moved({**OPEN, "subject_name": "The boss"}, headings=headings)
        case = self.cases.search([("external_number", "=", "2026-7")])
        self.assertTrue(case.is_restricted)

    def test_who_is_unknown_as_a_colleague_is_a_fault(self):
        login = "Login of the person complained about"
        job = self._checked({**OPEN, login: "nobody@example.com"})
        self.assertIn("Nobody here has this login", self._problems(job)[0])
        self.assertNotIn("nobody@example.com", self._problems(job)[0])

    def test_of_who_is_anonymous_no_identity_is_kept(self):
        anonymous = {**ENDED, "Anonymity": "anonymous"}
        protected = {**ENDED, "Old number": "2024-4", "Anonymity": "protected"}
        self._moved(anonymous, protected)
        case = self.cases.search([("external_number", "=", "2024-3")])
        self.assertEqual(case.anonymity, "anonymous")
        self.assertFalse(case.party_ids.identity_sealed)
        other = self.cases.search([("external_number", "=", "2024-4")])
        self.assertTrue(other.party_ids.is_protected)

    def test_what_was_uploaded_is_in_no_column_and_no_file(self):
        self._checked(ENDED)
        self.assertFalse(self._find_canary())
        self.assertEqual(
            self.env["ir.attachment"]
            .sudo()
            .search_count([("res_model", "=", "complaint.import")]),
            0,
        )

    def test_what_was_read_is_gone_when_it_is_moved_in_or_left(self):
        job = self._moved(ENDED)
        self.assertFalse(job.sudo().line_ids.filtered("cells_sealed"))
        left = self._checked(OPEN)
        with freeze_time("2036-11-10 09:00:00"):
            self.env["complaint.import"]._gc_uploads()
        self.assertEqual(left.state, "stopped")
        self.assertFalse(left.sudo().line_ids.filtered("cells_sealed"))

    def _find_canary(self):
        """The text columns of the database in which the canary stands."""
        self.env.flush_all()
        columns = self.env.execute_query(
            SQL(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND table_name LIKE %s "
                "AND data_type IN ('text', 'character varying', 'jsonb')",
                "%import%",
            )
        )
        return [
            (table, column)
            for table, column in columns
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE %s::text LIKE %s LIMIT 1",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    f"%{CANARY}%",
                )
            )
        ]

    # -- who may

    def test_only_the_owner_of_the_procedure_moves_in(self):
        raw = self._csv(OPEN)
        others = self.director | self.worker | self.auditor | self.custodian
        others |= self.independent | self.registrar | self.employee
        for user in others:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._import(raw, user)

    def test_another_owner_does_not_see_what_was_read(self):
        job = self._checked(ENDED)
        other = self._create_user("other_owner", "group_procedure")
        self.assertFalse(job.with_user(other).exists())
        self.assertFalse(self.lines.with_user(other).search([]))
        for act in ("action_run", "action_stop", "action_choose_again"):
            with self.assertRaises(AccessError):
                getattr(job.with_user(other), act)()

    def test_the_procedure_of_another_organisation_is_not_named(self):
        other = self.env["res.company"].create({"name": "Another"})
        policy = self.policy.copy({"company_id": other.id, "name": "Not yours"})
        jobs = self.env["complaint.import"].with_user(self.owner)
        units = self.env["complaint.unit"].with_user(self.owner)
        values = {"name": "Unit", "manager_id": self.leader.id}
        with self.assertRaises(ValidationError):
            jobs.create({"policy_id": policy.id})
        with self.assertRaises(ValidationError):
            units.create({**values, "policy_id": policy.id})

    def test_no_state_is_written_by_hand(self):
        job = self._checked(OPEN)
        for values in ({"state": "running"}, {"digest": "x"}, {"columns": "x"}):
            with (
                self.subTest(values=values),
                self.assertRaises(UserError),
            ):
                job.write(values)
        with self.assertRaises(AccessError):
            job.line_ids.write({"state": "moved"})

    def test_nobody_outside_makes_the_door_spare_a_case(self):
        with self.assertRaisesRegex(UserError, "unknown"):
            self.intake.with_user(self.worker).register(
                {"title": "Cold", "unit_id": self.workshop.id, "moved": {"number": "1"}}
            )
        self.assertTrue(Moved.__dataclass_params__.frozen)

    def test_what_has_gone_on_is_not_done_twice(self):
        job = self._moved(OPEN)
        for act in ("action_check", "action_run", "action_stop", "action_choose_again"):
            with self.subTest(act=act), self.assertRaisesRegex(UserError, "gone on"):
                getattr(job, act)()

    def test_faults_are_left_out_only_where_that_is_said(self):
        job = self._checked(OPEN, {**ENDED, "Outcome": "Good"})
        with self.assertRaisesRegex(UserError, "have faults"):
            job.action_run()
        job.takes_rest = True
        job.action_run()
        self.assertEqual((job.state, job.moved_count), ("done", 1))

    # -- the template

    def test_the_template_has_the_columns_that_make_sense_here(self):
        job = self._checked(OPEN)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(job.template)))
        table, about = book.worksheets
        headings = [cell.value for cell in table[1]]
        self.assertIn("Unit", headings)
        self.assertEqual(len(headings), about.max_row)
        helps = dict(about.iter_rows(values_only=True))
        self.assertIn("Upheld", helps["Outcome"])
        self.assertIn("Management / Workshop", helps["Unit"])
        self.assertNotIn("Suggestion", helps["Kind"])

    def test_headings_are_known_in_three_languages(self):
        for lang in ("nb_NO", "sv_SE", "en_US"):
            job = self.env["complaint.import"].with_context(lang=lang)
            labels = job._column_labels()
            self.assertEqual(job._read_headings(list(labels.values())), [*labels])
            with self.subTest(lang=lang):
                self.assertEqual(len({*labels.values()}), len(labels))

    def test_unknown_and_missing_headings_are_told_by_their_cells(self):
        with self.assertRaises(UserError) as caught:
            self._import(b"Old number;Received;Colour;Colour\n1;2;3;4\n")
        self.assertEqual(
            str(caught.exception),
            "Unknown headings, or there twice: C1, D1. Use those of the template.\n"
            "Missing columns: Subject.",
        )
