from lxml import html

from odoo import fields
from odoo.tests import tagged

from ..common import PortalCase

WORDS = "last spring & <many> times"


@tagged("post_install", "-at_install")
class TestHappened(PortalCase):
    """When it happened: a day, a span or words (A-41, B-39)."""

    def _status(self, page):
        return self.url_open("/klage/status", data={"code": self._code(page)})

    def test_span_and_words_arrive_and_are_read_back(self):
        page = self._send(
            event_date="2026-03-01", event_until="2026-05-31", event_words=WORDS
        )
        case = self._case(page)
        self.assertEqual(str(case.event_date), "2026-03-01")
        self.assertEqual(str(case.event_until), "2026-05-31")
        self.assertEqual(case.event_words, WORDS)
        # the copy of all that was sent.
        copy = html.fromstring(page.content).xpath("//section[.//h2[@id='s-copy']]")[0]
        for text in ("March 1, 2026", "May 31, 2026", WORDS):
            self.assertIn(text, copy.text_content())
        told = self._text(self._status(page), "//dt[text()='It happened']/parent::div")
        self.assertIn("March 1, 2026 to May 31, 2026", told)
        self.assertIn(WORDS, told)
        case.with_user(self.director)._erase_text("It named a third person.")
        self.assertNotIn("many", self._status(page).text)

    def test_one_question_has_the_three_ways_behind_its_fold(self):
        page = html.fromstring(self.url_open(self.url).content)
        group = page.xpath("//div[@data-question='event_date']")[0]
        self.assertIsNone(group.get("data-identity"))
        names = [one.get("name") for one in group.iter("input")]
        self.assertEqual(names, ["event_date", "event_until", "event_words"])
        asked = group.xpath(".//legend")[0].text_content()
        self.assertIn("When did it happen?", asked)
        fold = group.xpath("ancestor::details")[0]
        self.assertIsNone(fold.get("open"))

    def test_what_is_wrong_stands_beside_its_field_and_all_is_kept(self):
        tomorrow = str(fields.Date.add(fields.Date.today(), days=2))
        for answers, wrong in (
            ({"event_date": "2026-03-02", "event_until": "2026-03-01"}, "event_until"),
            ({"event_date": tomorrow}, "event_date"),
            ({"event_until": tomorrow}, "event_until"),
            ({"event_until": "2026-02-30"}, "event_until"),
            ({"event_until": "x" * 3000}, "event_until"),
            ({"event_words": "y" * 251}, "event_words"),
        ):
            answers = {"event_words": WORDS, **answers}
            with self.subTest(answers):
                page = self._send(**answers)
                self.assertEqual(page.status_code, 422)
                self.assertTrue(self._error_of(page, wrong))
                for name, text in answers.items():
                    self.assertEqual(self._typed(page, name), text)
                self.assertEqual(self._typed(page, "description"), "The food is cold.")
                tree = html.fromstring(page.content)
                fold = tree.xpath("//div[@data-question='event_date']/..")[0]
                self.assertEqual(fold.get("open"), "open")
                box = tree.get_element_by_id(f"q-{wrong.replace('_', '-')}")
                self.assertEqual(box.get("aria-invalid"), "true")

    def test_what_is_not_asked_is_not_taken(self):
        self.policy.field_ids = [self._field("description")]
        self.assertNotIn("event_", self.url_open(self.url).text)
        case = self._case(self._send(event_words=WORDS, event_until="2026-03-01"))
        self.assertFalse(case.event_words)
        self.assertFalse(case.event_until)

    def test_words_are_enough_where_a_day_must_be_told(self):
        self.policy.field_ids = [
            self._field("event_date", "required", label="The day", hint="Or near")
        ]
        page = self._send()
        self.assertEqual(
            self._error_of(page, "event_date"), "Correct this: Please fill this in."
        )
        self.assertEqual(self._send(event_words="often").status_code, 200)
