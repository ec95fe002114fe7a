from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import NOW, CountedCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseReportViews(CountedCase):
    """What one finds, groups and sees of the facts, as it stands in the views."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What the filters part the cases by.
        cls._deadline(cls.one, "close").write(
            {"state": "extended", "reason": "The cook is ill", "next_at": False}
        )
        cls._deadline(cls.four, "close")._waive("No reply wanted")
        cls.two.lesson = "Food is kept warm."
        cls.env.flush_all()
        for values, case in (
            ("is_repeat = TRUE", cls.three),
            ("anonymity = 'anonymous', reply_channel = NULL", cls.four),
            ("state = 'withdrawn', closed_at = '2026-07-02 10:00:00'", cls.two),
        ):
            cls.env.cr.execute(
                f"UPDATE complaint_case SET {values} WHERE id = %s", [case.id]
            )
        cls.env.cr.execute(
            "UPDATE complaint_deadline SET late_at = due_at WHERE id = %s",
            [cls._deadline(cls.three, "close").id],
        )
        cls.env.invalidate_all()
        cls.facts = cls.env["complaint.case.report"].with_user(cls.director)

    def _nodes(self, kind, path):
        arch = self.facts.get_view(view_type=kind)["arch"]
        return {node.get("name"): node for node in etree.fromstring(arch).xpath(path)}

    def test_each_filter_finds_its_cases(self):
        # C-35, D-42, E-60
        this_year = self.all - self.past
        found = {
            "this_year": this_year,
            "year_before": self.past,
            "complaints": self.all - self.four,
            "open": self.all - self.two,
            "escalated": self.three,
            "moved": self.one,
            "waived": self.four,
            "learned": self.two,
            "anonymous": self.four,
            "matters": self.all - self.three,
        }
        filters = self._nodes("search", "//filter[@domain]")
        self.assertEqual(filters.keys(), found.keys())
        for name, cases in found.items():
            domain = safe_eval(filters[name].get("domain"))
            rows = self.facts.search([("case_id", "in", self.all.ids), *domain])
            self.assertEqual(rows.case_id, cases, name)

    def test_each_grouping_counts_every_matter(self):
        # D-43, E-60, E-64
        groups = self._nodes("search", "//filter[contains(@context, 'group_by')]")
        self.assertEqual(
            [safe_eval(node.get("context"))["group_by"] for node in groups.values()],
            [
                *("kind", "category_ids", "unit_id", "channel", "outcome"),
                *("procedure_id", "received_on:month"),
            ],
        )
        for name, node in groups.items():
            by = safe_eval(node.get("context"))["group_by"]
            rows = self.facts._read_group(
                [("case_id", "in", (self.all - self.two).ids)], [by], ["__count"]
            )
            self.assertEqual(sum(count for _value, count in rows), 4, name)

    def test_days_of_receipt_and_end_are_chosen(self):
        dated = self._nodes("search", "//filter[@date]")
        self.assertEqual(
            {name: node.get("date") for name, node in dated.items()},
            {"received": "received_on", "closed": "closed_on"},
        )

    def test_pivot_and_graph_measure_what_they_say(self):
        # C-35, E-36, E-60
        fields = self._nodes("pivot", "//field")
        self.assertEqual(
            {name: node.get("type") for name, node in fields.items()},
            {
                "unit_id": "row",
                "matter_count": "measure",
                "acknowledge_share": "measure",
                "workdays_to_answer": "measure",
                "workdays_to_answer_median": "measure",
                "workdays_to_answer_p90": "measure",
                "moved_count": "measure",
            },
        )
        names = [
            f"{name}:{self.facts._fields[name].aggregator}"
            for name, node in fields.items()
            if node.get("type") == "measure"
        ]
        [numbers] = self.facts._read_group(
            [("case_id", "in", (self.all - self.past).ids)], [], names
        )
        by_name = dict(zip(names, numbers, strict=True))
        self.assertEqual(by_name["matter_count:sum"], 3)
        self.assertEqual(by_name["moved_count:sum"], 1)
        shown = self._nodes("graph", "//field")
        self.assertEqual(list(shown), ["received_on", "kind", "matter_count"])
        self.assertEqual(shown["received_on"].get("interval"), "month")
