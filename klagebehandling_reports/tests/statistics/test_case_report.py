# What people say in a test is not translated.
# pylint: disable=translation-required
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.klagebehandling.models.figures.complaint_figure import DUTIES

from .common import NOW, CountedCase

THIS_YEAR = (("received_on", ">=", "2026-01-01"), ("received_on", "<=", "2026-12-31"))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseReport(CountedCase):
    """One row of facts for each case, read by who reads the case."""

    def _group(self, by, *measures, user=None, domain=THIS_YEAR):
        rows = self.env["complaint.case.report"].with_user(user or self.director)
        return rows._read_group(list(domain), by, measures)

    def _row(self, case):
        return self.env["complaint.case.report"].browse(case.id)

    def test_cases_are_counted_as_by_hand(self):
        # D-42, D-43, E-60
        self.assertEqual(self._group([], "__count", "matter_count:sum"), [(4, 4)])
        self.assertEqual(
            dict(self._group(["kind"], "__count")), {"complaint": 3, "view": 1}
        )
        self.assertEqual(
            dict(self._group(["unit_id"], "__count")),
            {self.workshop: 2, self.kitchen: 2},
        )
        self.assertEqual(
            dict(self._group(["received_on:month"], "__count")),
            {date(2026, 6, 1): 3, date(2026, 7, 1): 1},
        )
        self.two.is_repeat = True
        self.assertEqual(self._group([], "__count", "matter_count:sum"), [(4, 3)])

    def test_case_with_two_grounds_counts_at_both_and_once_in_the_total(self):
        # D-43
        counts = self._group(["category_ids"], "__count")
        named = {ground.code: count for ground, count in counts}
        self.assertEqual(named, {"food": 2, "rules_ethics": 2, False: 1})
        self.assertEqual(self._group([], "__count"), [(4,)])

    def test_working_days_are_counted_as_by_hand(self):
        # E-36
        names = ("workdays_to_acknowledge", "workdays_to_answer")
        days = [[self._row(case)[name] for name in names] for case in self.all]
        self.assertEqual(days, [[2, 9], [10, 10], [1, 1], [0, 0], [0, 0]])
        measures = [f"{names[1]}{end}:avg" for end in ("", "_median", "_p90")]
        [(average, median, most)] = self._group([], *measures)
        self.assertAlmostEqual(float(average), 20 / 3)
        self.assertEqual((median, most), (9, 9.8))
        [(median, most)] = self._group(
            [], "workdays_to_acknowledge_median:avg", "workdays_to_acknowledge_p90:avg"
        )
        self.assertEqual((median, round(most, 1)), (2, 8.4))
        # The total of a pivot is no average of its cells.
        cells = dict(self._group(["unit_id"], measures[1]))
        self.assertEqual(cells, {self.workshop: 9.5, self.kitchen: 1})

    def test_public_holidays_and_weekends_are_no_working_days(self):
        # E-36
        may = self._register(received_at="2026-05-13T10:00")  # a Wednesday
        may.write({"answered_at": "2026-05-26 08:00:00", "days_to_answer": 13})
        # Ascension Day, two weekends and Whit Monday lie between.
        self.assertEqual(may.workdays_to_answer, 7)
        may.write({"answered_at": False})
        self.assertEqual(may.workdays_to_answer, 0)
        self.env.flush_all()
        [(count,)] = self._group([], "workdays_to_answer:count")
        self.assertEqual(count, 3)

    def test_corrected_receipt_corrects_the_working_days(self):
        self.one.action_correct(
            {"received_at": "2026-05-29T10:00"}, "It lay over the weekend."
        )
        self.assertEqual(self.one.workdays_to_acknowledge, 3)
        self.assertEqual(self.one.workdays_to_answer, 10)

    def test_duties_on_time_are_those_of_the_figures(self):
        # C-35, D-42
        self._deadline(self.four, "close")._waive("No reply wanted")
        self._deadline(self.two, "inform_staff").write(
            {"state": "extended", "reason": "No meeting", "next_at": False}
        )
        self._deadline(self.four, "acknowledge").write(
            {"state": "late", "late_at": "2026-07-12 10:00:00"}
        )
        self.env.flush_all()
        figures = self.env["complaint.figure"]
        scope = figures._of_company(
            self.company, self.policy, date(2026, 1, 1), date(2026, 12, 31)
        )
        counted = figures._count(scope, [*DUTIES, "late", "moved", "waived"])
        self.assertEqual(counted["acknowledge"], (4, 2))
        for duty in DUTIES:
            names = (f"{duty}_count:sum", f"{duty}_on_time_count:sum")
            [(total, on_time, share)] = self._group([], *names, f"{duty}_share:avg")
            self.assertEqual((total, on_time), counted[duty], duty)
            self.assertEqual(share, 100 * on_time / total if total else False)
        names = ("escalated_count:sum", "moved_count:sum", "waived_count:sum")
        [numbers] = self._group([], *names)
        self.assertEqual(
            [(number, None) for number in numbers],
            [counted[key] for key in ("late", "moved", "waived")],
        )

    def test_measures_lessons_and_what_went_onward_are_counted(self):
        # D-44, E-65
        values = {"case_id": self.one.id, "due_on": "2026-12-10"}
        measures = self.env["complaint.action"].with_user(self.director)
        done, dropped, _open = (
            measures.create({**values, "name": name, "check_on": "2026-12-20"})
            for name in ("A warm counter", "A new cook", "Lids")
        )
        done.action_done("Bought")
        dropped.action_drop("Not needed")
        self.two.lesson = "Food is kept warm."
        for kind in ("body", "report"):
            self.env["complaint.referral"].create(
                {"case_id": self.three.id, "kind": kind, "recipient": "The county"}
            )
        self.env.flush_all()
        names = ("measure_count", "measure_done_count", "lesson_count", "onward_count")
        [numbers] = self._group([], *(f"{name}:sum" for name in names))
        self.assertEqual(numbers, (2, 1, 1, 1))
        self.assertTrue(self._row(self.two).has_lesson)

    def test_each_reads_the_rows_of_the_own_cases(self):
        # E-60
        restricted = self._register(kind="whistleblowing")
        users = (
            *(self.director, self.leader, self.worker, self.other_leader),
            *(self.independent, self.auditor),
        )
        for user in users:
            cases = self.env["complaint.case"].with_user(user).search([])
            rows = self.env["complaint.case.report"].with_user(user).search([])
            with self.subTest(user=user.login):
                self.assertTrue(cases)
                self.assertEqual(rows.ids, cases.ids)
                self.assertEqual(restricted in rows.case_id, user == self.independent)
        for user in (self.custodian, self.owner, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.case.report"].with_user(user).search([])

    def test_nobody_writes_a_row(self):
        row = self._row(self.one).with_user(self.director)
        for write in (
            lambda: row.write({"kind": "view"}),
            lambda: row.unlink(),
            lambda: row.create({"kind": "view"}),
        ):
            with self.assertRaises(AccessError):
                write()

    def test_person_behind_the_wall_notices_nothing(self):
        #
        for name in ("base.group_allow_export", "klagebehandling.group_export"):
            self.leader.group_ids += self.env.ref(name)

        def look():
            self.env.flush_all()
            self.env.invalidate_all()
            rows = self.env["complaint.case.report"].with_user(self.leader)
            found = rows.search([])
            fields = [name for name in rows.fields_get() if name != "id"]
            stored = [name for name in fields if rows._fields[name].store]
            return (
                found.ids,
                rows.search_count([]),
                rows.formatted_read_group(
                    [], ["kind"], ["__count", "workdays_to_answer_median:avg"]
                ),
                rows.formatted_read_group([], ["category_ids"], ["__count"]),
                found.read(fields),
                found.export_data(stored)["datas"],
            )

        before = look()
        hidden = self._hide_from(self.leader)
        self.assertEqual(look(), before)
        row = self._row(hidden).with_user(self.leader)
        for one in (row, row.browse(hidden.id + 10**6)):
            with self.assertRaisesRegex(AccessError, "not for you to see"):
                one.read(["kind"])
        self.assertEqual(
            self.env["complaint.case.report"].with_user(self.director).search_count([]),
            6,
        )

    def test_export_with_external_ids_gets_a_message(self):
        rows = self._row(self.one)
        with self.assertRaisesRegex(UserError, "has no external ID"):
            rows.export_data(["id", "kind"])
        datas = rows.export_data([".id", "case_id/.id", "kind"])["datas"]
        self.assertEqual(datas, [[str(self.one.id), str(self.one.id), "Complaint"]])

    def test_row_opens_its_case(self):
        row = self._row(self.one)
        action = row.with_user(self.worker).action_open_case()
        self.assertEqual(action["res_id"], self.one.id)
        with self.assertRaises(AccessError):
            row.with_user(self.other_leader).action_open_case()

    def test_all_versions_of_a_procedure_are_one(self):
        newest = self.policy.copy({"valid_from": "2026-11-01"})
        self.env.flush_all()
        groups = dict(self._group(["procedure_id"], "__count"))
        self.assertEqual(groups, {newest: 4})
        self.assertEqual(dict(self._group(["policy_id"], "__count")), {self.policy: 4})

    def test_counting_asks_for_no_table_that_is_not_counted(self):
        """PostgreSQL leaves a join out where nothing of it is asked for."""
        rows = self.env["complaint.case.report"].with_user(self.director)
        query = rows._search(list(THIS_YEAR))
        plan = str(self.env.execute_query(SQL("EXPLAIN %s", query.select(SQL("1")))))
        for table in ("complaint_deadline", "complaint_action", "complaint_referral"):
            self.assertNotIn(table, plan)
        self.assertIn("complaint_case", plan)

    def test_an_addon_adds_a_column(self):
        """Hooks: what integrators add by ``_select``, ``_from`` and ``_where``."""
        report = self.env.registry["complaint.case.report"]
        select, where = report._select, report._where
        self.patch(report, "_select", lambda one: SQL("%s, 1 AS extra", select(one)))
        self.patch(
            report,
            "_where",
            lambda one: SQL("%s AND c.kind = %s", where(one), "view"),
        )
        rows = self.env["complaint.case.report"].search(
            [("case_id", "in", self.all.ids)]
        )
        self.assertEqual(rows.case_id, self.four)
        query = rows._search([("id", "in", rows.ids)])
        [(extra,)] = self.env.execute_query(
            query.select(SQL.identifier(rows._table, "extra"))
        )
        self.assertEqual(extra, 1)

    def test_row_holds_no_words_no_person_and_no_handler(self):
        row = self.env["complaint.case.report"]
        words = [
            field.name
            for field in row._fields.values()
            if field.type in ("char", "text", "html") and field.store
        ]
        self.assertFalse(words)
        people = [
            field.name
            for field in row._fields.values()
            if field.comodel_name in ("res.users", "res.partner", "complaint.party")
        ]
        shown = row.with_user(self.director).fields_get(people)
        self.assertFalse([name for name in shown if row._fields[name].store])

    def test_two_companies_stay_apart(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.director.company_ids = [Command.link(company.id)]
        rows = self.env["complaint.case.report"].with_user(self.director)
        self.assertFalse(
            rows.with_context(allowed_company_ids=company.ids).search_count([])
        )
        self.assertTrue(rows.search_count([]))
