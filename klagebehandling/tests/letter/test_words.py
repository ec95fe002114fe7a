from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ComplaintCase

PURPOSES = ("acknowledgement", "reply", "redirect", "closing", "withdrawal", "terms")
# Days and months in numbers, which are read one way here and another way there.
NUMERIC = r"\d+[./-]\d+[./-]\d+"


@tagged("post_install", "-at_install")
class TestWords(ComplaintCase):
    """The standard words of letters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("nb_NO", "sv_SE"):
            cls.env["res.lang"]._activate_lang(lang)
        # In Oslo it is the 23rd already.
        with freeze_time("2026-11-22 23:30:00"):
            cls.case = cls._register()
        cls.case.expected_on = date(2026, 12, 15)

    def _body(self, purpose, lang="nb_NO", **values):
        self.case.sudo().lang = lang
        letters = self.env["complaint.correspondence"]
        told = {"is_first": True, "reason": False, "lesson": False, **values}
        return letters._default_body(self.case.sudo(), purpose, **told)

    def test_a_letter_writes_dates_one_way(self):
        # As in its head: the day, the month in words, the year.
        for purpose in PURPOSES:
            for lang, day in (
                ("nb_NO", "23. november 2026"),
                ("sv_SE", "23 november 2026"),
                ("en_US", "November 23, 2026"),
            ):
                body = self._body(purpose, lang).replace(self.case.reference, "")
                self.assertNotRegex(body, NUMERIC, purpose)
                if purpose != "terms":
                    self.assertIn(day, body, purpose)

    def test_the_day_of_receipt_is_that_of_the_procedure(self):
        for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
            self.env.user.tz = zone
            body = self.env["complaint.correspondence"]._default_body(
                self.case.sudo().with_context(tz=zone), "reply"
            )
            self.assertIn("November 23, 2026", body)

    def test_a_notice_without_a_reason_states_none(self):
        #
        deadline = self.case.sudo().deadline_ids[:1]
        told = {"deadline": deadline, "until": date(2026, 12, 20)}
        neutral = self._body("delay", "en_US", **told)
        self.assertIn("You get the reason and a new date by", neutral)
        self.assertNotIn("The reason is", neutral)
        self.assertIn("December 20, 2026", neutral)
        given = self._body("delay", "en_US", **{**told, "reason": "Two are ill"})
        self.assertIn("The reason is: <span>Two are ill</span>", given)
