from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from .common import NOW, CountedCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStatisticsPage(CountedCase):
    """How the overview says what it has counted."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute(
            "UPDATE complaint_case SET state = 'withdrawn', "
            "closed_at = '2026-07-02 10:00:00' WHERE id = %s",
            [self.two.id],
        )
        self.env.invalidate_all()
        pages = self.env["complaint.statistics"].with_user(self.director)
        self.page = pages.with_company(self.company).create({"year": "2026"})
        self.values = self.page._lay_out()
        self.parts = {part["name"]: part for part in self.values["parts"]}

    def _labels(self, name):
        return [row["label"] for row in self.parts[name]["rows"]]

    def test_most_frequent_stands_first(self):
        # D-43, E-60: of as many, those that were more the year before
        self.assertEqual(
            self._labels("category_ids"),
            ["Food", "Breach of rules and ethical norms", "Without a ground"],
        )
        units = self.workshop | self.kitchen
        self.assertEqual(self._labels("unit_id"), units.mapped("display_name"))

    def test_what_is_open_today_has_no_year_before(self):
        # D-44
        figures = {one["label"]: one["before"] for one in self.values["figures"]}
        self.assertEqual(figures["Measures open today"], "–")
        self.assertEqual(figures["Measures that are late"], "–")
        self.assertEqual(figures["Cases received"], "1")

    def test_case_of_several_grounds_is_said_to_count_at_each(self):
        # D-43
        manifold = [name for name, part in self.parts.items() if part["is_manifold"]]
        self.assertEqual(manifold, ["category_ids"])

    def test_chart_is_told_in_words(self):
        # M21
        self.assertEqual(
            self.parts["kind"]["said"],
            "Complaint: 3 in 2026, 1 in 2025. View: 1 in 2026, 0 in 2025.",
        )
        page = html.fromstring(str(self.page.content))
        told = page.xpath("//svg/desc/text()")
        self.assertEqual(told, [part["said"] for part in self.values["parts"]])

    def test_case_that_ended_without_an_outcome_is_named_so(self):
        # E-60
        self.assertEqual(self._labels("outcome"), ["Ended without an outcome"])

    def test_duties_and_days_stand_beside_what_is_answered(self):
        # C-35, E-36
        page = html.fromstring(str(self.page.content))
        for name, part in self.parts.items():
            head = f"//table[caption='{part['title']}']//thead//th/text()"
            heads = page.xpath(head)
            years = [part["head"], "2026", "2025"]
            more = ["Duties in time", "Days to answer, median", "90\u00a0%"]
            is_plain = name in ("month", "outcome")
            self.assertEqual(heads, years if is_plain else years + more, name)
