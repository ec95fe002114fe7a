# What people say in a test is not translated.
# pylint: disable=translation-required
from datetime import date

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.statistics.complaint_statistics_parts import FIGURES
from .common import NOW, CountedCase

PERIOD = date(2026, 1, 1), date(2026, 12, 31)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestStatistics(CountedCase):
    """The overview of a year, counted as its reader."""

    def _page(self, user=None, **values):
        pages = self.env["complaint.statistics"].with_user(user or self.director)
        return pages.with_company(self.company).create({"year": "2026", **values})

    def _lay_out(self, user=None, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._page(user, **values)._lay_out()

    def _figures(self, user=None, **values):
        figures = self._lay_out(user, **values)["figures"]
        return {line["label"]: (line["now"], line["before"]) for line in figures}

    def _part(self, name, user=None, **values):
        parts = self._lay_out(user, **values)["parts"]
        [part] = [part for part in parts if part["name"] == name]
        return {
            row["label"]: (row["now"], row["before"], *row["more"])
            for row in part["rows"]
        }

    def test_year_is_counted_as_by_hand(self):
        # C-35, D-42, D-44, E-60, E-64
        figures = self._figures()
        self.assertEqual(figures["Cases received"], ("4", "1"))
        self.assertEqual(
            figures["Acknowledged in time"], ("2 of 4 (50\u00a0%)", "0 of 1 (0\u00a0%)")
        )
        self.assertEqual(figures["Answered in time"], ("–", "–"))
        days = self._lay_out()["days"]
        self.assertEqual(
            [(line["now"], line["before"]) for line in days],
            [
                (["4.3", "2.0", "8.4"], ["–", "–", "–"]),
                (["6.7", "9.0", "9.8"], ["–", "–", "–"]),
            ],
        )

    def test_parts_are_counted_as_by_hand(self):
        # D-43, E-60
        self.assertEqual(
            self._part("kind"),
            {
                "Complaint": (3, 1, "2 of 9 (22\u00a0%)", "9.0", "9.8"),
                "View": (1, 0, "0 of 3 (0\u00a0%)", "–", "–"),
            },
        )
        self.assertEqual(
            {name: row[:2] for name, row in self._part("category_ids").items()},
            {
                "Food": (2, 1),
                "Breach of rules and ethical norms": (2, 0),
                "Without a ground": (1, 0),
            },
        )
        self.assertEqual(
            {name: row[:2] for name, row in self._part("unit_id").items()},
            {
                self.workshop.display_name: (2, 1),
                self.kitchen.display_name: (2, 0),
            },
        )
        self.assertEqual(
            {name: row[:2] for name, row in self._part("channel").items()},
            {"Web form": (3, 1), "Phone": (1, 0)},
        )
        months = self._part("month")
        self.assertEqual(len(months), 12)
        self.assertEqual((months["June"], months["July"]), ((3, 1), (1, 0)))

    def test_figures_are_those_of_their_one_home(self):
        # C-35, D-45
        figures = self.env["complaint.figure"]
        scope = figures._of_company(self.company, self.policy, *PERIOD)
        page = self._page()
        counted = figures._count(scope, FIGURES)
        labels = page._labels()
        shown = self._figures()
        for key in FIGURES:
            self.assertEqual(shown[labels[key]][0], page._say(*counted[key]), key)
        by_unit = figures._count(scope, ["received", "on_time"], by="unit_id")
        part = self._part("unit_id")
        for unit, (total, _none) in by_unit["received"].items():
            row = part[unit.display_name]
            self.assertEqual(row[0], total)
            self.assertEqual(row[2], page._say(*by_unit["on_time"][unit]))
        self.assertEqual(sum(row[0] for row in part.values()), counted["received"][0])
        months = self._part("month").values()
        self.assertEqual(sum(row[0] for row in months), counted["received"][0])

    def test_each_counts_the_own_cases_only(self):
        # E-64
        received = {
            self.director: "4",
            self.leader: "2",
            self.worker: "2",
            self.other_leader: "2",
            self.auditor: "4",
            self.independent: "0",
        }
        for user, count in received.items():
            with self.subTest(user=user.login):
                self.assertEqual(self._figures(user)["Cases received"][0], count)
        for user in (self.custodian, self.owner, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._page(user)

    def test_auditor_sees_no_figure_of_rows_without_a_right(self):
        figures = self._figures(self.auditor)
        self.assertIn("Promises waived", figures)
        self.assertNotIn("Measures open today", figures)
        self.assertNotIn("Updates sent", figures)

    def test_person_behind_the_wall_notices_nothing(self):
        #
        about = {"due_on": "2026-12-10", "name": "Lids"}
        before, figures = self._lay_out(self.leader), self._figures()
        hidden = self._hide_from(self.leader)
        self._deadline(hidden, "close")._waive("He is away")
        self.env["complaint.action"].create({"case_id": hidden.id, **about})
        self.assertEqual(self._lay_out(self.leader), before)
        after = self._figures()
        self.assertEqual(figures["Cases received"][0], "4")
        self.assertEqual(after["Cases received"][0], "5")
        self.assertEqual(after["Measures open today"][0], "1")
        self.assertEqual(after["Promises waived"][0], "1")

    def test_unit_and_procedure_narrow_it(self):
        self.assertEqual(
            self._figures(unit_id=self.kitchen.id)["Cases received"], ("2", "0")
        )
        self.assertEqual(
            self._figures(procedure="test_no")["Cases received"], ("4", "1")
        )
        self.assertEqual(self._figures(year="2025")["Cases received"], ("1", "0"))

    def test_unit_of_another_organisation_is_not_asked_for(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_unit("Elsewhere", company_id=company.id)
        with self.assertRaises(AccessError):
            self._page(unit_id=stranger.id).read(["content"])

    def test_organisation_without_a_procedure_is_told_so(self):
        company = self.env["res.company"].create({"name": "New"})
        self.director.company_ids += company
        pages = self.env["complaint.statistics"].with_user(self.director)
        page = pages.with_company(company).create({"year": "2026"})
        self.assertIn("There is no procedure here yet", page.content)
        self.assertEqual(page.action_open_facts()["domain"], [(0, "=", 1)])

    def test_promises_moved_and_waived_open_with_their_reasons(self):
        # C-35
        self._deadline(self.four, "close")._waive("No reply wanted")
        self._deadline(self.one, "close").write(
            {"state": "extended", "reason": "The cook is ill", "next_at": False}
        )
        self._deadline(self.past, "close")._waive("Long ago")
        [closing] = self._lay_out()["promises"]
        self.assertEqual((closing["moved"], closing["waived"]), (1, 1))
        action = self._page().action_open_promises()
        rows = self.env["complaint.deadline"].with_user(self.director)
        reasons = rows.search(action["domain"]).mapped("reason")
        self.assertEqual(set(reasons), {"No reply wanted", "The cook is ill"})
        only = self._page(unit_id=self.kitchen.id).action_open_promises()
        self.assertEqual(rows.search(only["domain"]).case_id, self.four)

    def test_facts_and_measures_open_as_they_were_counted(self):
        # D-44
        measure = self.env["complaint.action"].create(
            {"case_id": self.one.id, "name": "Lids", "due_on": "2026-12-10"}
        )
        for values, cases in (
            ({}, self.all - self.past),
            ({"unit_id": self.workshop.id}, self.one | self.two),
            ({"procedure": "test_no", "year": "2025"}, self.past),
        ):
            domain = self._page(**values).action_open_facts()["domain"]
            rows = self.env["complaint.case.report"].with_user(self.director)
            self.assertEqual(rows.search(domain).case_id, cases)
        for values, found in (
            ({"unit_id": self.workshop.id}, measure),
            ({"unit_id": self.kitchen.id}, measure.browse()),
        ):
            domain = self._page(**values).action_open_measures()["domain"]
            seen = measure.with_user(self.director).search(domain)
            self.assertEqual(seen, found)

    def test_satisfaction_is_shown_from_enough_answers_and_to_its_readers(self):
        # C-36
        least = self.env["complaint.satisfaction"]._least(self.company)
        self.assertIn(f"{least} of them", self._lay_out()["satisfaction"]["said"])
        answer = {
            "company_id": self.company.id,
            "unit_id": self.workshop.id,
            "month": "2026-06-01",
            "was_heard": 4,
            "was_clear": 3,
            "was_fair": 2,
        }
        answers = self.env["complaint.satisfaction"]
        answers.create([answer] * (least - 1))
        self.assertFalse(self._lay_out()["satisfaction"]["answers"])
        answers.create(answer)
        shown = self._lay_out()["satisfaction"]
        self.assertTrue(shown["said"].startswith(f"{least} answers"))
        self.assertEqual(
            [one["value"] for one in shown["answers"]], ["4.0", "3.0", "2.0"]
        )
        self.assertFalse(self._lay_out(self.worker)["satisfaction"])

    def test_queries_do_not_grow_with_the_cases(self):
        def count():
            page = self._page()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertIn("Cases received", page.content)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(6):
            self._register(received_at=f"2026-0{number + 1}-10T10:00")
        self.assertEqual(count(), few)

    def test_page_is_read_without_colour_and_without_the_charts(self):
        page = html.fromstring(str(self._page().content))
        levels = [node.tag for node in page.xpath("//h1 | //h2 | //h3")]
        self.assertEqual(set(levels), {"h2"})
        charts = page.xpath("//svg")
        self.assertEqual(len(charts), 5, "nothing has ended: no chart of outcomes")
        for chart in charts:
            named = chart.get("aria-labelledby").split()
            for part, id_ in zip(("title", "desc"), named, strict=True):
                [words] = chart.xpath(f"./{part}[@id='{id_}']")
                self.assertTrue(words.text_content().strip())
        ids = page.xpath("//@id")
        self.assertEqual(len(ids), len(set(ids)))
        kinds = page.xpath(
            "//table[caption='Received, by kind']//tr[th='Complaint']/td/text()"
        )
        self.assertEqual(kinds[:2], ["3", "1"])
        self.assertFalse(page.xpath("//*[contains(@fill, '#')]"))

    def test_year_is_chosen_in_the_form(self):
        pages = self.env["complaint.statistics"].with_user(self.director)
        with Form(pages.with_company(self.company)) as page:
            self.assertEqual(page.year, "2026")
            before = page.content
            page.unit_id = self.kitchen
            self.assertNotEqual(page.content, before)

    def test_page_is_its_openers(self):
        page = self._page()
        with self.assertRaises(AccessError):
            page.with_user(self.leader).read(["content"])
