from datetime import date

import holidays

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestCalendar(ComplaintCase):
    def _days_off(self, calendar, year):
        leaves = calendar.global_leave_ids
        days = {leave.date_to.date() for leave in leaves}
        return {day for day in days if day.year == year}

    def test_holidays_come_from_the_country(self):
        self.calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        expected = set(holidays.country_holidays("NO", years=2026))
        self.assertEqual(self._days_off(self.calendar, 2026), expected)

    def test_eves_are_a_choice(self):
        plain = self._create_calendar("SE", "Europe/Stockholm")
        eves = self._create_calendar("SE", "Europe/Stockholm", has_holiday_eves=True)
        for calendar in (plain, eves):
            calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        extra = self._days_off(eves, 2026) - self._days_off(plain, 2026)
        self.assertEqual(
            extra, {date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)}
        )

    def test_choice_of_eves_can_be_changed(self):
        calendar = self._create_calendar(
            "SE", "Europe/Stockholm", has_holiday_eves=True
        )
        calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        midsummer_eve = date(2026, 6, 19)
        self.assertIn(midsummer_eve, self._days_off(calendar, 2026))
        calendar.has_holiday_eves = False
        self.assertNotIn(midsummer_eve, self._days_off(calendar, 2026))
        self.assertTrue(self._days_off(calendar, 2026))

    def test_copied_calendar_keeps_its_holidays_once(self):
        self.calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        copy = self.calendar.copy()
        copy._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        self.assertEqual(len(copy.leave_ids), len(self.calendar.leave_ids))

    def test_years_are_filled_in_once_and_without_gaps(self):
        self.calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        count = len(self.calendar.global_leave_ids)
        self.calendar._ensure_holidays(date(2026, 5, 1), date(2026, 6, 1))
        self.assertEqual(len(self.calendar.global_leave_ids), count)
        self.calendar._ensure_holidays(date(2029, 1, 1), date(2029, 1, 2))
        self.assertEqual(self.calendar.holidays_until, date(2029, 12, 31))
        self.assertTrue(self._days_off(self.calendar, 2027))

    def test_day_entered_by_hand_counts_at_once(self):
        self.calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        monday = date(2026, 3, 16)
        self.assertEqual(self.policy._add_work_days(monday, 1), date(2026, 3, 17))
        closed = self.env["resource.calendar.leaves"].create(
            {
                "name": "Planning day",
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-16 23:00:00",
                "date_to": "2026-03-17 22:59:59",
            }
        )
        closed.company_id = self.company
        self.assertEqual(self.policy._add_work_days(monday, 1), date(2026, 3, 18))

    def test_unknown_country_says_what_to_do(self):
        nowhere = self.env.ref("base.aq")
        calendar = self._create_calendar("NO", "Europe/Oslo")
        calendar.holiday_country_id = nowhere
        self.env["res.country"].browse(nowhere.id).code = "ZZ"
        with self.assertRaisesRegex(ValidationError, "Remove the country"):
            calendar._ensure_holidays(date(2026, 1, 1), date(2026, 1, 2))

    def test_calendar_without_hours_says_what_to_do(self):
        calendar = self._create_calendar("NO", "Europe/Oslo")
        calendar.attendance_ids.unlink()
        calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        with self.assertRaisesRegex(ValidationError, "working hours"):
            calendar._last_work_day(date(2026, 3, 1), "Europe/Oslo", False)
