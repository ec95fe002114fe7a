from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ...models.annual import complaint_annual_counted
from ..drawn import Drawn
from .test_annual_report import NOW, AnnualCase

# The year, written out by hand.
LOCAL = "AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Oslo'"
HIDDEN = """(c.is_restricted
    OR EXISTS (SELECT FROM complaint_case_wall w WHERE w.case_id = c.id)
    OR EXISTS (SELECT FROM complaint_case_barred b WHERE b.case_id = c.id))"""
CASES = f"""
    SELECT c.*, date_part('year', c.received_at {LOCAL}) AS received_in,
           date_part('year', c.answered_at {LOCAL}) AS answered_in,
           date_part('year', c.closed_at {LOCAL}) AS closed_in,
           {HIDDEN} AS is_hidden
      FROM complaint_case c
      JOIN complaint_policy p ON p.id = c.policy_id
     WHERE p.code = 'test_no' AND c.company_id = %s"""
OWN = "kind = 'complaint' AND NOT is_hidden"
RECEIVED = f"{OWN} AND NOT is_repeat AND received_in = 2026"
ANSWERED = f"{OWN} AND NOT is_repeat AND answered_in = 2026"
DUE = """
      FROM complaint_deadline d JOIN cases c ON c.id = d.case_id
     WHERE c.kind = 'complaint' AND NOT c.is_hidden
       AND date_part('year', d.due_on) = 2026"""
SETTLED = f"""
    AND (d.state IN ('met', 'late') OR d.state = 'running' AND d.due_at <= '{NOW}')"""


def plain_table(cells, least, also=()):
    """A table with its totals, in which everything is shown."""
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAnnualSql(AnnualCase):
    """Each number of a report is the one that SQL counts in drawn cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Drawn(cls, 20261231).store()

    def _ask(self, query):
        return self.env.execute_query(
            SQL(f"WITH cases AS ({CASES}) {query}", self.company.id)
        )

    def _number(self, query):
        return self._ask(query)[0][0]

    def _count_by(self, column, condition, rows="cases"):
        query = f"SELECT {column}, COUNT(*) FROM {rows} WHERE {condition} GROUP BY 1"
        return dict(self._ask(query))

    def _open_raw(self):
        """A draft in which small numbers are not left out."""
        counted = self.registry["complaint.annual.counted"]
        with (
            patch.object(complaint_annual_counted, "protect", plain_table),
            patch.object(counted, "_told", lambda report, number: number),
        ):
            return self._open_report()

    def _labels(self, model, name):
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env))

    def test_tables_are_those_of_sql(self):
        # E-36, E-61
        report = self._open_raw()
        self.assertEqual(
            report.data["received"],
            self._number(f"SELECT COUNT(*) FROM cases WHERE {RECEIVED}"),
        )
        units = self._count_by("unit_id", RECEIVED)
        grounds = self._count_by(
            "complaint_category_id",
            RECEIVED,
            "cases LEFT JOIN complaint_case_complaint_category_rel "
            "ON complaint_case_id = id",
        )
        self.assertEqual(
            self._shown(report, "units"), self._named("complaint.unit", units)
        )
        named = self._named("complaint.category", grounds)
        named["No ground chosen"] = grounds.get(None, 0)
        self.assertEqual(self._shown(report, "grounds"), named)
        for key, name, column, condition in (
            ("channels", "channel", "channel", RECEIVED),
            (
                "outcomes",
                "outcome",
                "COALESCE(outcome, 'rest')",
                f"{OWN} AND NOT is_repeat AND closed_in = 2026",
            ),
        ):
            labels = {**self._labels("complaint.case", name), "rest": "Other"}
            counted = self._count_by(column, condition)
            self.assertEqual(
                self._shown(report, key),
                {labels[value]: number for value, number in counted.items()},
            )

    def _shown(self, report, key):
        """The rows of a table in which something is counted, checked by its sum."""
        rows = self._rows(report, key)
        total = sum(cells[0] for cells in rows.values())
        self.assertEqual(self._table(report, key)["total"], [total])
        return {label: cells[0] for label, cells in rows.items() if cells[0]}

    def _named(self, model, counted):
        name = "complete_name" if model == "complaint.unit" else "display_name"
        return {
            self.env[model].browse(one)[name]: number
            for one, number in counted.items()
            if one
        }

    def test_other_kinds_are_those_of_sql(self):
        # B-25
        counted = self._count_by(
            "kind", "NOT is_hidden AND NOT is_repeat AND received_in = 2026"
        )
        self.assertEqual(self._open_raw().data["kinds"], [["View", counted["view"]]])

    def test_promises_are_those_of_sql(self):
        # C-35
        report = self._open_raw()
        query = f"""
            SELECT d.milestone,
                   COUNT(*) FILTER (WHERE d.state = 'met' AND d.met_on < d.due_at),
                   COUNT(*) FILTER (WHERE d.state != 'met' OR d.met_on >= d.due_at),
                   COUNT(*) {DUE} {SETTLED} GROUP BY 1"""
        counted = {duty: numbers for duty, *numbers in self._ask(query)}
        labels = self._labels("complaint.deadline", "milestone")
        promised = ("acknowledge", "inform_staff", "close")
        self.assertEqual(
            self._rows(report, "duties"),
            {labels[duty]: counted[duty] for duty in promised},
        )
        in_time, _late, total = counted["reply"]
        self.assertEqual(report.data["on_time"], round(100 * in_time / total))

    def test_time_until_the_answer_is_that_of_sql(self):
        # E-36
        (row,) = self._ask(f"""
            SELECT COUNT(*), ROUND(AVG(workdays_to_answer), 1),
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY workdays_to_answer),
                   PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY workdays_to_answer)
              FROM cases WHERE {ANSWERED}""")
        days = self._open_raw().data["days"]
        self.assertEqual(
            [days["count"], days["median"], days["most"]], [row[0], *row[2:]]
        )
        self.assertAlmostEqual(days["average"], float(row[1]), delta=0.051)

    def test_what_became_of_them_is_what_sql_says(self):
        # C-35, E-61
        of_case = "JOIN cases c ON c.id = x.case_id AND c.kind = 'complaint'"
        of_case += " AND NOT c.is_hidden"
        year = "date_part('year', {}) = 2026"
        sent = year.format(f"sent_at {LOCAL}")
        measures = f"FROM complaint_action x {of_case} WHERE x.state != 'dropped'"
        asked = [
            f"""SELECT COUNT(*), NULL FROM complaint_correspondence x {of_case}
                 WHERE x.purpose = 'update' AND x.state = 'sent' AND {sent}""",
            f"SELECT COUNT(*), NULL {DUE} AND d.state = 'extended'",
            f"SELECT COUNT(*), NULL {DUE} AND d.state = 'waived'",
            f"""SELECT COUNT(*), NULL FROM complaint_referral x {of_case}
                 WHERE x.kind NOT IN ('report', 'appeal')
                   AND {year.format("opened_on")}""",
            f"""SELECT COUNT(*) FILTER (WHERE x.state = 'signed'), COUNT(*)
                  FROM (SELECT DISTINCT ON (meeting_id) * FROM complaint_minutes
                         ORDER BY meeting_id, version DESC) x {of_case}
                 WHERE x.state != 'draft' AND {year.format("x.frozen_on")}""",
            f"SELECT COUNT(done_on), COUNT(*) {measures} AND {year.format('due_on')}",
            f"SELECT COUNT(checked_on), COUNT(*) {measures} "
            f"AND {year.format('check_on')}",
            f"SELECT COUNT(*), NULL {measures} AND x.state = 'open' "
            "AND x.due_on < '2027-01-01'",
            "SELECT 0, 0",
            f"SELECT COUNT(*), NULL FROM complaint_lesson WHERE "
            f"company_id = {self.company.id} AND {year.format('released_on')}",
        ]
        more = self._open_raw().data["more"]
        self.assertEqual(
            [(label, *numbers) for label, *numbers in more],
            [
                (label, *self._ask(query)[0])
                for (label, *_numbers), query in zip(more, asked, strict=True)
            ],
        )
        self.assertGreater(min(numbers[0] for _label, *numbers in more[:8]), 0)

    def test_what_is_shown_of_it_is_the_same_and_nothing_small(self):
        # M43
        shown, raw = self._open_report().data, None
        self.env["complaint.annual.report"].sudo().search([]).flush_recordset()
        self.env.cr.execute("DELETE FROM complaint_annual_report")
        self.env.invalidate_all()
        raw = self._open_raw().data
        for table, right in zip(shown["tables"], raw["tables"], strict=True):
            for row, (label, numbers) in zip(table["rows"], right["rows"], strict=True):
                self.assertEqual(row[0], label)
                for number, told in zip(numbers, row[1], strict=True):
                    self.assertIn(told, (None, number))
                    self.assertFalse(told is not None and 0 < told < 5)

    def test_approved_it_counts_the_hidden_ones_too(self):
        # A-32, M43
        report = self._approve(self._open_report())
        received = self._number(
            "SELECT COUNT(*) FROM cases WHERE kind = 'complaint' "
            "AND NOT is_repeat AND received_in = 2026"
        )
        self.assertEqual(report.data["received"], received)
        marked = self._number("SELECT COUNT(*) FROM cases WHERE report_year = 2026")
        self.assertEqual(marked, received)
