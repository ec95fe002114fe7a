from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestHappened(ComplaintCase):
    """When it happened: a day, a span or words (A-41, B-39)."""

    def _problems(self, **values):
        count = self.env["complaint.case"].search_count([])
        with self.assertRaises(ValidationError) as caught:
            self._register(**values)
        self.assertEqual(self.env["complaint.case"].search_count([]), count)
        return caught.exception.problems

    def test_span_and_words_arrive_as_they_were_told(self):
        case = self._register(
            event_date="2026-03-01",
            event_until="2026-05-31",
            event_words=" last spring,\n many times ",
        )
        self.assertEqual(str(case.event_date), "2026-03-01")
        self.assertEqual(str(case.event_until), "2026-05-31")
        self.assertEqual(case.event_words, "last spring,\n many times")

    def test_each_of_them_may_stand_alone(self):
        for values in (
            {"event_date": "2026-03-01"},
            {"event_until": "2026-03-01"},
            {"event_words": "often"},
            {"event_date": "2026-03-01", "event_until": "2026-03-01"},
        ):
            with self.subTest(values):
                case = self._register(**values)
                told = {name: str(case[name]) for name in values}
                self.assertEqual(told, values)

    def test_span_runs_forward_in_every_channel(self):
        for channel in ("web", "phone", "api", "letter"):
            with self.subTest(channel):
                problems = self._problems(
                    channel=channel, event_date="2026-03-02", event_until="2026-03-01"
                )
                self.assertEqual(list(problems), ["event_until"])

    def test_what_has_not_happened_is_asked_about_on_the_web_only(self):
        day = {"event_date": "2026-11-03"}
        self.assertEqual(list(self._problems(channel="web", **day)), ["event_date"])
        last = {"event_date": "2026-11-01", "event_until": "2026-11-03"}
        self.assertEqual(list(self._problems(channel="web", **last)), ["event_until"])
        self.assertTrue(self._register(channel="web", event_date="2026-11-02"))
        for channel in ("phone", "api", "paper_form"):
            case = self._register(channel=channel, **day)
            self.assertEqual(str(case.event_date), "2026-11-03")

    def test_words_answer_where_a_day_must_be_told(self):
        self.policy.field_ids = [
            Command.create({"name": "event_date", "requirement": "required"})
        ]
        self.assertEqual(list(self._problems(channel="web")), ["event_date"])
        self.assertIn("event_date", self._problems(channel="web", event_words=" "))
        self.assertTrue(self._register(channel="web", event_words="last spring"))

    def test_words_are_removed_with_the_rest(self):
        case = self._register(event_words="the day before Kari fell")
        case.with_user(self.director)._erase_text("It named a third person.")
        self.assertFalse(case.event_words)
        self.assertFalse(case.description)

    def test_what_is_split_off_happened_then_too(self):
        case = self._register(
            categories=["food", "theft"],
            event_date="2026-03-01",
            event_until="2026-03-04",
            event_words="each morning",
        )
        ids = case.category_ids.filtered(lambda one: one.code == "theft").ids
        part = case.browse(case.with_user(self.leader).action_split(ids))
        for name in ("event_date", "event_until", "event_words"):
            self.assertEqual(part[name], case[name])

    def test_colleague_writes_it_down(self):
        form = Form(self.env["complaint.case.register"].with_user(self.worker))
        form.unit_id = self.workshop
        form.description = "The food is cold."
        form.event_date = fields.Date.to_date("2026-03-01")
        form.event_until = fields.Date.to_date("2026-02-01")
        form.event_words = "last spring"
        dialog = form.save()
        with self.assertRaisesRegex(ValidationError, "before the first"):
            dialog.action_register()
        self.assertEqual(dialog.event_words, "last spring")
        dialog.event_until = fields.Date.to_date("2026-03-09")
        dialog.action_register()
        case = self.env["complaint.case"].search([("reference", "=", dialog.reference)])
        self.assertEqual(str(case.event_until), "2026-03-09")
        self.assertEqual(case.event_words, "last spring")
        self.assertFalse(dialog.event_words)
