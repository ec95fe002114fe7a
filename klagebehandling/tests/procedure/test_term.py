from datetime import date, datetime

import pytz

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase

OSLO, STOCKHOLM = "Europe/Oslo", "Europe/Stockholm"


@tagged("post_install", "-at_install")
class TestTerm(ComplaintCase):
    """The clock: due date, instant of lateness and reminder date of each rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendars = {
            "no": cls.calendar,
            "se": cls._create_calendar("SE", STOCKHOLM),
            "eves": cls._create_calendar("SE", STOCKHOLM, has_holiday_eves=True),
        }
        for calendar in cls.calendars.values():
            calendar._ensure_holidays(date(2023, 1, 1), date(2028, 12, 31))

    def _term_of(self, amount, period, calendar="no"):
        code = f"clock_{amount}_{period}_{calendar}"
        known = self.env["complaint.policy"].search([("code", "=", code)])
        if known:
            return known.term_ids
        policy = self._create_policy(
            code,
            tz=OSLO if calendar == "no" else STOCKHOLM,
            calendar_id=self.calendars[calendar].id,
            term_ids=[self._term("acknowledge", amount, period)],
        )
        return policy.term_ids

    def _assert_due(self, table):
        for calendar, amount, period, received, due, remind in table:
            with self.subTest(
                calendar=calendar, amount=amount, period=period, received=received
            ):
                term = self._term_of(amount, period, calendar)
                due_on, due_at, remind_on = term._due(
                    self._utc(received, term.policy_id.tz)
                )
                self.assertEqual(str(due_on), due)
                self.assertEqual(str(remind_on), remind)
                following = date.fromordinal(due_on.toordinal() + 1)
                midnight = self._utc(f"{following}T00:00", term.policy_id.tz)
                self.assertEqual(due_at, midnight)

    def test_calendar_days_and_weeks_are_never_moved(self):
        # B-15, D-37
        self._assert_due(
            [
                ("no", 10, "day", "2026-03-16T09:12", "2026-03-26", "2026-03-26"),
                ("no", 14, "day", "2026-01-31T22:47", "2026-02-14", "2026-02-13"),
                ("no", 10, "day", "2026-04-21T13:30", "2026-05-01", "2026-04-30"),
                ("se", 1, "week", "2026-05-29T10:40", "2026-06-05", "2026-06-05"),
                ("se", 14, "day", "2026-12-11T12:00", "2026-12-25", "2026-12-24"),
                ("eves", 14, "day", "2026-12-11T12:00", "2026-12-25", "2026-12-23"),
                ("no", 10, "day", "2026-03-26T08:00", "2026-04-05", "2026-04-01"),
            ]
        )

    def test_months_end_with_the_month(self):
        #
        self._assert_due(
            [
                ("no", 1, "month", "2026-01-31T22:47", "2026-02-28", "2026-02-27"),
                ("no", 1, "month", "2024-01-31T10:00", "2024-02-29", "2024-02-29"),
                ("no", 1, "month", "2026-03-31T10:00", "2026-04-30", "2026-04-30"),
                ("no", 1, "month", "2026-09-07T10:20", "2026-10-07", "2026-10-07"),
                ("no", 3, "month", "2026-11-30T10:00", "2027-02-28", "2027-02-26"),
                ("no", 1, "year", "2024-02-29T10:00", "2025-02-28", "2025-02-28"),
            ]
        )

    def test_working_days_skip_holidays_and_chosen_eves(self):
        # E-52, E-56
        self._assert_due(
            [
                ("eves", 2, "workday", "2026-10-15T20:05", "2026-10-19", "2026-10-19"),
                ("eves", 2, "workday", "2026-06-17T16:40", "2026-06-22", "2026-06-22"),
                ("eves", 7, "workday", "2026-06-17T16:40", "2026-06-29", "2026-06-29"),
                ("se", 2, "workday", "2026-06-17T16:40", "2026-06-19", "2026-06-19"),
                ("se", 7, "workday", "2026-06-17T16:40", "2026-06-26", "2026-06-26"),
                # Ascension Day is Thursday 14 May, the 17th of May a Sunday.
                ("no", 2, "workday", "2026-05-12T09:00", "2026-05-15", "2026-05-15"),
                ("se", 2, "workday", "2026-05-12T09:00", "2026-05-15", "2026-05-15"),
                # Easter: Thursday 2 and Friday 3 April in Norway, Monday 6 April.
                ("no", 2, "workday", "2026-03-31T09:00", "2026-04-07", "2026-04-07"),
                ("se", 2, "workday", "2026-03-31T09:00", "2026-04-02", "2026-04-02"),
                # Christmas to New Year, into the next year.
                ("eves", 7, "workday", "2026-12-22T09:00", "2027-01-07", "2027-01-07"),
                ("no", 20, "workday", "2026-12-10T09:00", "2027-01-11", "2027-01-11"),
                # Received on a Saturday: Monday is day one.
                ("no", 1, "workday", "2026-03-14T12:00", "2026-03-16", "2026-03-16"),
            ]
        )

    def test_hours_elapse_across_both_clock_changes(self):
        # C-01
        table = [
            ("2026-03-28T20:15", "2026-03-30T21:15", "2026-03-30"),
            ("2026-10-24T12:00", "2026-10-26T11:00", "2026-10-26"),
            ("2026-02-09T10:00", "2026-02-11T10:00", "2026-02-11"),
            ("2026-11-12T18:30", "2026-11-14T18:30", "2026-11-14"),
        ]
        term = self._term_of(48, "hour")
        for received, due, due_on in table:
            with self.subTest(received=received):
                result = term._due(self._utc(received, OSLO))
                self.assertEqual(result[0], date.fromisoformat(due_on))
                self.assertEqual(result[1], self._utc(due, OSLO))
        self.assertEqual(
            term._due(self._utc("2026-11-12T18:30", OSLO))[2], date(2026, 11, 13)
        )

    def test_day_of_receipt_is_the_local_day(self):
        term = self._term_of(10, "day")
        late_evening = datetime(2026, 3, 16, 23, 30)  # UTC: already the 17th in Oslo
        self.assertEqual(term._due(late_evening)[0], date(2026, 3, 27))

    def test_aware_moments_are_understood(self):
        term = self._term_of(10, "day")
        aware = pytz.timezone("Asia/Tokyo").localize(datetime(2026, 3, 17, 6, 0))
        self.assertEqual(term._due(aware)[0], date(2026, 3, 26))

    def test_day_limits_end_with_a_short_and_a_long_day(self):
        """The night of a clock change: late from local midnight, whatever its UTC."""
        term = self._term_of(1, "day")
        spring = term._due(self._utc("2026-03-28T10:00", OSLO))
        self.assertEqual(spring[1], datetime(2026, 3, 29, 22, 0))
        autumn = term._due(self._utc("2026-10-24T10:00", OSLO))
        self.assertEqual(autumn[1], datetime(2026, 10, 25, 23, 0))

    def test_term_is_pure(self):
        term = self._term_of(7, "workday", "se")
        received = self._utc("2026-06-17T16:40", STOCKHOLM)
        first = term._due(received)
        with self.assertQueryCount(0):
            self.assertEqual(term._due(received), first)

    def test_outside_the_known_years_is_an_error(self):
        term = self._term_of(2, "workday")
        with self.assertRaises(ValidationError):
            term._due(datetime(2031, 12, 30, 12, 0))

    def test_procedure_extends_its_calendar_by_itself(self):
        term = self._term_of(2, "workday")
        term.policy_id._ensure_calendar(date(2031, 12, 1), date(2032, 2, 1))
        due_on, _due_at, _remind_on = term._due(datetime(2031, 12, 30, 12, 0))
        self.assertEqual(due_on, date(2032, 1, 2))  # New Year's Day is skipped
