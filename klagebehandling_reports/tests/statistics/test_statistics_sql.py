from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.klagebehandling.tests.common import ComplaintCase

from ..drawn import Drawn

NOW = "2026-12-31 22:30:00"
LOCAL = "AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Oslo'"
# What a manager of all units sees of the cases, and each row of them.
SEEN = """NOT c.is_restricted
    AND NOT EXISTS (SELECT FROM complaint_case_wall w
                     WHERE w.case_id = c.id AND w.user_id = {user})
    AND NOT EXISTS (SELECT FROM complaint_case_barred b
                     WHERE b.case_id = c.id AND b.user_id = {user})"""
SETTLED = f"(d.state IN ('met', 'late') OR d.state = 'running' AND due_at <= '{NOW}')"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStatisticsSql(ComplaintCase):
    """Each number of the overview is the one that SQL counts in drawn cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        drawn = Drawn(cls, 20261230)
        drawn.store()
        # One who sees all but some, and the superuser, who sees all.
        cls.env.cr.execute(
            "UPDATE complaint_case_wall SET user_id = %s WHERE user_id = %s",
            [cls.director.id, drawn.people[0]],
        )
        cls.env.invalidate_all()

    def _ask(self, query, user):
        seen = SEEN.format(user=user.id) if user else "TRUE"
        cases = f"""
            SELECT c.* FROM complaint_case c
             WHERE c.company_id = {self.company.id} AND {seen}"""
        return self.env.execute_query(SQL(f"WITH cases AS ({cases}) {query}"))

    def _pages(self):
        """The page of each reader, with the reader; none for who reads all."""
        for user in (self.director, None):
            env = self.env(user=user) if user else self.env
            pages = env["complaint.statistics"].with_company(self.company)
            page = pages.create({"year": "2026"})
            with self.subTest(user=user):
                yield user, page._lay_out()

    def _count_by(self, column, user, day="received_at", rows="cases"):
        """By value, the numbers of this year and of the year before."""
        year = f"date_part('year', {day} {LOCAL})"
        query = f"""
            SELECT {column}, COUNT(*) FILTER (WHERE {year} = 2026),
                   COUNT(*) FILTER (WHERE {year} = 2025)
              FROM {rows} WHERE NOT is_repeat AND {year} IN (2025, 2026) GROUP BY 1"""
        return {value: tuple(both) for value, *both in self._ask(query, user)}

    def _part(self, page, name):
        rows = next(one for one in page["parts"] if one["name"] == name)["rows"]
        return {row["label"]: (row["now"], row["before"]) for row in rows}

    def test_parts_are_those_of_sql(self):
        # E-60, E-64
        for user, page in self._pages():
            statistics = self.env["complaint.statistics"]
            grounds = """cases LEFT JOIN complaint_case_complaint_category_rel
                ON complaint_case_id = id"""
            for name, column, model, day, rows in (
                ("kind", "kind", None, "received_at", "cases"),
                ("channel", "channel", None, "received_at", "cases"),
                ("unit_id", "unit_id", "complaint.unit", "received_at", "cases"),
                (
                    *("category_ids", "complaint_category_id", "complaint.category"),
                    *("received_at", grounds),
                ),
                ("outcome", "outcome", None, "closed_at", "cases"),
            ):
                counted = self._count_by(column, user, day, rows)
                named = {
                    statistics._name_of(
                        name, self.env[model].browse(one) if model and one else one
                    ): both
                    for one, both in counted.items()
                }
                self.assertEqual(self._part(page, name), named, name)
            months = self._count_by(f"date_part('month', received_at {LOCAL})", user)
            shown = list(self._part(page, "month").values())
            self.assertEqual(
                shown, [months.get(month, (0, 0)) for month in range(1, 13)]
            )

    def test_duties_and_days_are_those_of_sql(self):
        # C-35, E-36
        for user, page in self._pages():
            figures = {one["label"]: one for one in page["figures"]}
            labels = self.env["complaint.statistics"]._labels()
            say = self.env["complaint.statistics"]._say
            query = f"""
                SELECT milestone,
                       COUNT(*) FILTER (WHERE {SETTLED}),
                       COUNT(*) FILTER (WHERE d.state = 'met' AND met_on < due_at),
                       COUNT(*) FILTER (WHERE d.state = 'extended'),
                       COUNT(*) FILTER (WHERE d.state = 'waived')
                  FROM complaint_deadline d JOIN cases c ON c.id = d.case_id
                 WHERE date_part('year', due_on) = {{}} GROUP BY 1"""
            for key, year in (("now", 2026), ("before", 2025)):
                counted = {
                    duty: numbers
                    for duty, *numbers in self._ask(query.format(year), user)
                }
                total = [sum(column) for column in zip(*counted.values(), strict=True)]
                for duty, numbers in counted.items():
                    self.assertEqual(figures[labels[duty]][key], say(*numbers[:2]))
                self.assertEqual(figures[labels["on_time"]][key], say(*total[:2]))
                self.assertEqual(figures[labels["moved"]][key], str(total[2]))
                self.assertEqual(figures[labels["waived"]][key], str(total[3]))
                if key == "now":
                    self.assertEqual(
                        sorted(
                            (one["moved"], one["waived"]) for one in page["promises"]
                        ),
                        sorted(tuple(numbers[2:]) for numbers in counted.values()),
                    )
                measured = f"""
                    SELECT AVG(workdays_to_answer),
                           PERCENTILE_CONT(0.5) WITHIN GROUP
                               (ORDER BY workdays_to_answer),
                           PERCENTILE_CONT(0.9) WITHIN GROUP
                               (ORDER BY workdays_to_answer)
                      FROM cases
                     WHERE date_part('year', answered_at {LOCAL}) = {year}"""
                (days,) = self._ask(measured, user)
                number = self.env["complaint.statistics"]._number
                self.assertEqual(page["days"][1][key], [number(one) for one in days])

    def test_in_time_and_median_by_unit_are_those_of_sql(self):
        # C-35, E-36
        for user, page in self._pages():
            rows = next(one for one in page["parts"] if one["name"] == "unit_id")[
                "rows"
            ]
            in_time = f"""
                SELECT c.unit_id, COUNT(*),
                       COUNT(*) FILTER (WHERE d.state = 'met' AND met_on < due_at)
                  FROM complaint_deadline d JOIN cases c ON c.id = d.case_id
                 WHERE date_part('year', due_on) = 2026
                   AND {SETTLED} GROUP BY 1"""
            in_time = {one: numbers for one, *numbers in self._ask(in_time, user)}
            measured = f"""
                SELECT unit_id,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY workdays_to_answer),
                       PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY workdays_to_answer)
                  FROM cases WHERE date_part('year', answered_at {LOCAL}) = 2026
                 GROUP BY 1"""
            days = {one: numbers for one, *numbers in self._ask(measured, user)}
            statistics = self.env["complaint.statistics"]
            self.assertEqual(
                {row["label"]: row["more"] for row in rows},
                {
                    self.env["complaint.unit"].browse(one).display_name: [
                        statistics._say(*in_time[one]),
                        *map(statistics._number, days[one]),
                    ]
                    for one in in_time
                },
            )
