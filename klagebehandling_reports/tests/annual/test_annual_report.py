import base64
import csv
import hashlib
import io
import json
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.klagebehandling.models.publication.complaint_publication import FILES
from odoo.addons.klagebehandling.tests.review.test_review import ReviewCase

from ... import pdf_engine

NOW = "2027-02-01 08:00:00"


class AnnualCase(ReviewCase):
    """The small organisation, whose procedure has a report for everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nb_NO")
        cls.env.cr.execute(
            """UPDATE complaint_policy
                  SET report_recipient = '{"en_US": "The board"}',
                      is_report_public = TRUE
                WHERE id = %s""",
            [cls.policy.id],
        )
        cls.policy.invalidate_recordset()
        cls.env.registry.clear_cache()

    def _open_report(self, year=2026):
        reports = self.env["complaint.annual.report"].sudo()
        return reports._open_for(self.policy, year).with_user(self.owner)

    def _make(self, count, received_at="2026-06-01T10:00", **values):
        cases = [
            self._register(received_at=received_at, **values)
            for _number in range(count)
        ]
        return self.env["complaint.case"].union(*cases)

    def _approve(self, report):
        report.summary = "A quiet year."
        report.action_approve()
        return report

    def _publish(self, report):
        self._approve(report).action_publish()
        return report.publication_id

    def _table(self, report, key):
        return next(one for one in report.data["tables"] if one["key"] == key)

    def _rows(self, report, key):
        return {label: cells for label, cells in self._table(report, key)["rows"]}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAnnualReport(AnnualCase):
    """The yearly report, from its draft to its files."""

    def test_numbers_are_those_counted_by_hand(self):
        # E-36
        noise, food = self.env["complaint.category"].create(
            [
                {"name": "T noise", "code": "t_noise"},
                {"name": "T food", "code": "t_food"},
            ]
        )
        self._make(6, categories=["t_noise"], channel="phone")
        self._make(5, categories=["t_food", "t_noise"])
        self._make(7, kind="view")
        self._make(1, received_at="2025-12-31T10:00")
        self._make(1, received_at="2027-01-01T10:00")
        report = self._open_report()
        self.assertEqual(report.data["received"], 11)
        self.assertEqual(self._table(report, "grounds")["total"], [16])
        grounds = self._rows(report, "grounds")
        self.assertEqual(grounds[noise.display_name], [11])
        self.assertEqual(grounds[food.display_name], [5])
        channels = self._rows(report, "channels")
        self.assertEqual(channels["Phone"], [6])
        self.assertEqual(channels["Letter"], [0])
        self.assertIn(["View", 7], report.data["kinds"])

    def test_small_numbers_are_in_no_file(self):
        # M43
        self._make(9, channel="phone")
        self._make(2, channel="letter", title="Two letters")
        report = self._open_report()
        channels = self._rows(report, "channels")
        self.assertEqual(channels["Letter"], [None])
        self.assertEqual(channels["Phone"], [None], "nine tells of the two")
        self.assertEqual(report.data["received"], 11)
        publication = self._publish(report)
        page = base64.b64decode(publication.page_file).decode()
        self.assertIn("not shown", page)
        self.assertNotIn(">9<", page)
        self.assertNotIn(",9\r\n", base64.b64decode(publication.table_file).decode())

    def test_few_are_told_of_no_kind(self):
        # M43
        self._make(3)
        self._make(2, kind="view")
        report = self._open_report()
        self.assertIsNone(report.data["received"])
        self.assertIn(["View", None], report.data["kinds"])
        self.assertEqual(self._table(report, "channels")["total"], [None])

    def test_time_until_the_answer(self):
        # C-35, E-36
        cases = self._make(5, received_at="2026-06-01T10:00")
        for number, case in enumerate(cases):
            # A Monday; the second one is a week later.
            case.sudo().answered_at = f"2026-06-{8 + number:02} 09:00:00"
        report = self._open_report()
        days = report.data["days"]
        self.assertEqual(days, {"count": 5, "average": 7.0, "median": 7, "most": 9})

    def test_promises_are_told_as_they_were_kept(self):
        # C-35
        cases = self._make(12)
        with freeze_time("2026-06-05 10:00:00"):
            for case in cases[:6]:
                case.deadline_ids._meet()
        report = self._open_report()
        labels = dict(
            self.env["complaint.deadline"]
            ._fields["milestone"]
            ._description_selection(self.env)
        )
        kept = self._rows(report, "duties")
        self.assertEqual(kept[labels["acknowledge"]], [6, 6, 12])

    def test_draft_is_opened_by_the_clock_and_told_to_the_owner(self):
        # E-62
        reports = self.env["complaint.annual.report"]
        with self.enter_registry_test_mode(), freeze_time("2027-01-02 05:00:00"):
            self.env.ref(
                "klagebehandling_reports.ir_cron_open_annual_reports"
            ).method_direct_trigger()
            self.env.ref(
                "klagebehandling_reports.ir_cron_open_annual_reports"
            ).method_direct_trigger()
        report = reports.search([("policy_code", "=", self.policy.code)])
        self.assertEqual(report.mapped("year"), [2026], "and once only")
        self.assertEqual(report.due_on, date(2027, 1, 31))
        self.assertEqual(report.owner_id, self.owner)
        task = report.sudo().task_id
        self.assertEqual(
            (task.user_id, task.date_deadline), (self.owner, report.due_on)
        )
        self.assertIn("2026", task.summary)

    def test_clock_waits_for_the_month_before(self):
        # E-62
        self.env.cr.execute(
            "UPDATE complaint_policy SET report_month = 6, report_day = 15 "
            "WHERE id = %s",
            [self.policy.id],
        )
        self.policy.invalidate_recordset()
        with freeze_time("2027-05-15 08:00:00"):
            self.assertEqual(self.policy._report_year(), 2025)
        with freeze_time("2027-05-16 08:00:00"):
            self.assertEqual(self.policy._report_year(), 2026)

    def test_without_a_receiver_nothing_is_drafted(self):
        self.env.cr.execute(
            "UPDATE complaint_policy SET report_recipient = NULL, "
            "is_report_public = FALSE WHERE id = %s",
            [self.policy.id],
        )
        self.policy.invalidate_recordset()
        self.assertIsNone(self.policy._report_year())

    def test_lessons_stand_in_the_draft(self):
        # E-65
        self.env["complaint.lesson"].sudo().create(
            {
                "company_id": self.company.id,
                "unit_id": self.workshop.id,
                "text": "We answer the phone until four.",
                "released_on": "2026-09-01",
            }
        )
        report = self._open_report()
        self.assertEqual(report.changes, "We answer the phone until four.")
        report.changes = "A first line.\nWe answer the phone until four."
        report.action_count()
        self.assertEqual(
            report.changes, "A first line.\nWe answer the phone until four."
        )

    def test_chapter_for_goals_and_budget(self):
        # E-63
        report = self._open_report()
        report.summary = "Quiet."
        self.assertNotIn("goals and budget", report.content)
        self.policy.sudo().has_report_budget = True
        with self.assertRaisesRegex(UserError, "goals and budget"):
            report.action_approve()
        report.consequences = "One more hand at the reception."
        report.action_approve()
        self.assertIn("One more hand at the reception.", report.content)

    def test_year_has_to_be_over(self):
        report = self._open_report(2027)
        report.summary = "Quiet."
        with self.assertRaisesRegex(UserError, "year is over"):
            report.action_approve()

    def test_approved_figures_stay(self):
        self._make(6)
        report = self._approve(self._open_report())
        self.assertEqual(report.data["received"], 6)
        self._make(2)
        with self.assertRaises(UserError):
            report.action_count()
        with self.assertRaises(UserError):
            report.write({"summary": "Another."})
        report.action_reopen()
        with self.assertRaises(UserError):
            report.action_count()
        report.summary = "Another."
        report.action_approve()
        self.assertEqual(report.data["received"], 6)

    def test_files_are_kept_byte_for_byte(self):
        # A-34, E-61
        self._make(6)
        report = self._open_report()
        report.changes = "Open until four."
        with self.assertRaisesRegex(UserError, "Approve"):
            report.action_publish()
        publication = self._publish(report)
        self.assertEqual(report.state, "published")
        self.assertTrue(publication.is_public)
        page = base64.b64decode(publication.page_file)
        data = base64.b64decode(publication.data_file)
        again = report.sudo()
        self.assertEqual(again._page(), page)
        self.assertEqual(again._data_file(), data)
        self.assertEqual(again._table_file(), base64.b64decode(publication.table_file))
        self.assertEqual(publication.digest, hashlib.sha256(data).hexdigest())
        self.assertIn(publication.digest, page.decode())
        facts = json.loads(data)
        self.assertEqual(facts["figures"]["received"], 6)
        self.assertEqual(facts["summary"], "A quiet year.")
        self.assertEqual(facts["changes"], "Open until four.")
        with self.assertRaises(UserError):
            report.action_publish()

    def test_published_twice_it_is_the_same_byte_for_byte(self):
        # A-34, E-61: whoever publishes, whenever, in whatever language
        self._make(6, channel="phone")
        report = self._approve(self._open_report())
        published = []
        for moment, lang, tz in (
            (NOW, "en_US", "UTC"),
            ("2029-07-01 22:30:00", "nb_NO", "Pacific/Auckland"),
        ):
            savepoint = self.env.cr.savepoint()
            with freeze_time(moment):
                again = report.with_context(lang=lang, tz=tz)
                again.action_publish()
            files = again.publication_id
            published.append({kind: files._content(kind) for kind in FILES})
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        self.assertTrue(all(published[0].values()))
        self.assertEqual(*published)

    def test_another_engine_changes_nothing_of_the_data(self):
        publication = self._publish(self._open_report())
        paper = base64.b64decode(publication.paper_file)

        class Engine:
            write_pdf = staticmethod(lambda html, *rest: html.encode())

        report = self.env["complaint.annual.report"].sudo()
        report = report.search([("publication_id", "=", publication.id)])
        with patch.object(pdf_engine, "find", return_value=Engine):
            other = report._paper()
        self.assertNotEqual(other, paper)
        self.assertIn(publication.digest, other.decode())

    def test_without_an_engine_the_page_is_published(self):
        with patch.object(pdf_engine, "find", return_value=None):
            publication = self._publish(self._open_report())
        self.assertFalse(publication.paper_file)
        self.assertTrue(publication.page_file)

    def test_figures_open_in_a_spreadsheet(self):
        self._make(6, channel="phone")
        publication = self._publish(self._open_report())
        text = base64.b64decode(publication.table_file).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        self.assertIn(["Complaints received", "2026", "Number", "6"], rows)
        self.assertIn(["How they came in", "Phone", "Number", "6"], rows)

    def test_correction_is_a_version_with_the_same_figures(self):
        self._make(6)
        first = self._publish(self._open_report())
        report = self.env["complaint.annual.report"].with_user(self.owner)
        report = report.search([("publication_id", "=", first.id)])
        self._make(3)
        again = report.browse(report.action_correct()["res_id"])
        with self.assertRaises(UserError):
            again.action_count()
        again.changes = "The phone is answered until four."
        second = self._publish(again)
        self.assertEqual((second.revision, again.data["received"]), (2, 6))
        public = self.env["complaint.publication"]._public(
            self.company, self.policy.code
        )
        self.assertEqual(public.filtered(lambda one: one.year == 2026), second.sudo())
        with self.assertRaises(UserError):
            report.action_correct()

    def test_years_before_stand_beside(self):
        self._make(8, received_at="2025-06-01T10:00")
        self._publish(self._open_report(2025))
        self._make(6)
        report = self._open_report()
        self.assertEqual(report.data["years"], [[2025, 8, None]])
        self.assertIn("2025", report.content)

    def test_it_is_journaled(self):
        publication = self._publish(self._open_report())
        entries = self.env["complaint.company.journal"].sudo()
        entries = entries.search([("company_id", "=", self.company.id)])
        events = entries.mapped("event")
        for event in ("annual_opened", "annual_approved", "report_published"):
            self.assertIn(event, events)
        told = entries.filtered(lambda one: one.event == "report_published")
        self.assertIn(publication.digest, json.dumps(told[:1].payload))

    def test_who_reads_and_who_writes(self):
        report = self._open_report()
        for user in (self.director, self.auditor):
            self.assertTrue(report.with_user(user).content)
            with self.assertRaises(AccessError):
                report.with_user(user).write({"summary": "Mine."})
            with self.assertRaises(AccessError):
                report.with_user(user).action_approve()
        with self.assertRaises(AccessError):
            report.with_user(self.worker).read(["summary"])
        with self.assertRaises(UserError):
            report.write({"data": {}})
        with self.assertRaises(UserError):
            report.sudo().unlink()
        publication = self._publish(report)
        self.assertTrue(publication.with_user(self.worker).page_file)
        with self.assertRaises(UserError):
            publication.with_user(self.owner).write({"title": "Other"})
        with self.assertRaises(UserError):
            publication.sudo().unlink()

    def test_action_of_the_procedure_opens_it_once(self):
        policy = self.policy.with_user(self.owner)
        opened = policy.action_annual_report()
        self.assertEqual(policy.action_annual_report(), opened)
        report = self.env["complaint.annual.report"].browse(opened["res_id"])
        self.assertEqual(report.year, 2026)
        with self.assertRaises(AccessError):
            self.policy.with_user(self.director).action_annual_report()

    def test_in_the_first_year_the_running_one_is_drafted(self):
        self.env.cr.execute("UPDATE complaint_policy SET create_date = '2027-01-20'")
        self.policy.invalidate_recordset()
        opened = self.policy.with_user(self.owner).action_annual_report()
        report = self.env["complaint.annual.report"].browse(opened["res_id"])
        self.assertEqual(report.year, 2027)
        self.assertFalse(self.env["complaint.annual.report"].sudo()._find_due())
