"""Whatever Odoo lets one configure on a calendar, no promise moves (issue 10, item 9).

Each stored field of a calendar and its lines stands in one table: harmless, which is
proved by all dates being the same; refused, by the words; or journaled, by the entry. A
field that Odoo adds turns the first test red.
"""

from datetime import date, datetime

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from ..common import ComplaintCase

CALENDAR, LINE, CLOSED = (
    "resource.calendar",
    "resource.calendar.attendance",
    "resource.calendar.leaves",
)
# By model and field: what becomes of a change, and the value that is tried.
FIELDS = {
    CALENDAR: {
        "name": ("harmless", "Other"),
        "active": ("harmless", False),
        "company_id": ("harmless", "other company"),
        "schedule_type": ("harmless", "flexible"),
        "duration_based": ("harmless", True),
        "flexible_hours": ("harmless", True),
        "full_time_required_hours": ("harmless", 8),
        "hours_per_day": ("harmless", 1),
        "hours_per_week": ("harmless", 1),
        "tz": ("harmless", "Pacific/Auckland"),
        "two_weeks_calendar": ("journaled", True),
        "holiday_country_id": ("journaled", False),
        "has_holiday_eves": ("journaled", True),
        "holidays_from": ("refused", "2000-01-01"),
        "holidays_until": ("refused", "2099-12-31"),
    },
    LINE: {
        "name": ("harmless", "Other"),
        "sequence": ("harmless", 99),
        "duration_hours": ("harmless", 1),
        "duration_days": ("harmless", 0.1),
        "dayofweek": ("journaled", "6"),
        "week_type": ("journaled", "1"),
        "day_period": ("journaled", "lunch"),
        "display_type": ("journaled", "line_section"),
        "hour_from": ("journaled", 9),
        "hour_to": ("journaled", 99),
        "calendar_id": ("journaled", "other calendar"),
    },
    CLOSED: {
        "name": ("harmless", "Other"),
        "company_id": ("journaled", "other company"),
        "calendar_id": ("journaled", "other calendar"),
        "date_from": ("journaled", "2026-03-17 05:00:00"),
        "date_to": ("journaled", "2026-03-20 22:59:59"),
        "resource_id": ("journaled", "resource"),
        "time_type": ("journaled", "other"),
        "is_public_holiday": ("refused", True),
    },
    # What leads to a calendar; all else of these models is no matter of dates.
    "complaint.policy": {
        "tz": ("refused", "Pacific/Auckland"),
        "calendar_id": ("refused", "other calendar"),
        "company_id": ("refused", "other company"),
    },
    "complaint.unit": {
        "policy_id": ("journaled", False),
        "company_id": ("refused", "other company"),
    },
    "res.company": {
        "resource_calendar_id": ("harmless", "other calendar"),
        "country_id": ("harmless", False),
    },
}
WHOLE = (CALENDAR, LINE, CLOSED)


@tagged("post_install", "-at_install")
class TestCalendarFields(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("keeper")
        cls.keeper.group_ids += cls.env.ref("base.group_system")
        cls.keeper.group_ids += cls.env.ref("klagebehandling.group_procedure")
        cls.policy.term_ids = [cls._term("reply", 3, "workday")]
        cls.calendar._ensure_holidays(date(2025, 1, 1), date(2028, 12, 31))
        cls.closed = cls.env[CLOSED].create(
            {
                "name": "Planning day",
                "calendar_id": cls.calendar.id,
                "date_from": "2026-03-16 23:00:00",
                "date_to": "2026-03-17 22:59:59",
            }
        )
        cls.closed.company_id = cls.company
        cls.case = cls._register()
        cls.others = {
            "other company": cls.env["res.company"].create({"name": "Other AS"}).id,
            "other calendar": cls._create_calendar("NO", "Europe/Oslo").id,
            "resource": cls.env["resource.resource"]
            .create({"name": "Kari", "calendar_id": cls.calendar.id})
            .id,
        }
        cls.rows = {
            CALENDAR: cls.calendar,
            LINE: cls.calendar.attendance_ids[:1],
            CLOSED: cls.closed,
            "complaint.policy": cls.policy,
            "complaint.unit": cls.management,
            "res.company": cls.company,
        }

    def _promised(self):
        """The dates of open duties as they stand in the database."""
        self.env.invalidate_all()
        rows = self.case.deadline_ids.sorted("id")
        return rows.mapped(lambda row: (row.due_on, row.due_at, row.remind_on))

    def _to_promise(self):
        """What would be promised on days of a year, around holidays and closed days."""
        days = [date(2026, month, day) for month in range(1, 13) for day in (1, 14, 23)]
        days += [date(2026, 3, 15), date(2026, 5, 16), date(2026, 4, 1)]
        return [
            term._due(datetime(day.year, day.month, day.day, 22, 30))
            for day in days
            for term in self.policy.term_ids
        ]

    def _entries(self):
        Journal = self.env["complaint.company.journal"].sudo()
        return Journal.search([("company_id", "=", self.company.id)])

    def _try(self, act):
        """What an act does to dates and journal; it is taken back.

        :return: what was said against it, whether dates are the same, new entries
        """
        promised, to_promise = self._promised(), self._to_promise()
        before, said = self._entries(), ""
        with self.env.cr.savepoint() as savepoint:
            try:
                act()
                self.env.flush_all()
                same = self._to_promise() == to_promise
            except (UserError, ValidationError) as error:
                same, said = True, str(error)
            else:
                self.assertEqual(self._promised(), promised, "an open promise moved")
            entries = (self._entries() - before).mapped("payload")
            savepoint.rollback()
        self.env.invalidate_all()
        self.registry.clear_cache()
        return said, same, entries

    def test_every_stored_field_is_in_the_table(self):
        for model in WHOLE:
            stored = {
                name
                for name, field in self.env[model]._fields.items()
                if field.store
                and field.type not in ("one2many", "many2many")
                and name not in MAGIC_COLUMNS
            }
            self.assertEqual(stored, FIELDS[model].keys(), model)

    def test_a_change_is_harmless_refused_or_journaled(self):
        for model, names in FIELDS.items():
            for name, (fate, value) in names.items():
                with self.subTest(model=model, field=name):
                    self._assert_fate(model, name, fate, self.others.get(value, value))

    def _assert_fate(self, model, name, fate, value):
        row = self.rows[model].with_user(self.keeper).with_company(self.company)
        said, same, entries = self._try(lambda: row.write({name: value}))
        if fate == "refused":
            self.assertGreater(len(said), 20)
            return
        self.assertFalse(said)
        if fate == "harmless":
            self.assertTrue(same, "a new promise moved")
        else:
            told = [entry for entry in entries if entry["rule"] == model]
            # A row that counts no longer is told whole.
            is_told = [name in one["fields"] or "after" not in one for one in told]
            self.assertTrue(any(is_told), entries)

    def test_lines_that_come_and_go_are_journaled(self):
        line = {"name": "Sunday", "dayofweek": "6", "hour_from": 8, "hour_to": 16}
        closed = {"date_from": "2026-08-02 22:00:00", "date_to": "2026-08-09 21:00:00"}
        Closed = self.env[CLOSED].with_company(self.company)
        for act in (
            lambda: self.calendar.write({"attendance_ids": [Command.create(line)]}),
            lambda: self.calendar.attendance_ids[:1].unlink(),
            lambda: Closed.create({**closed, "calendar_id": False}),
            lambda: Closed.create({**closed, "calendar_id": self.calendar.id}),
            self.closed.unlink,
        ):
            said, _same, entries = self._try(act)
            self.assertFalse(said)
            self.assertTrue(entries)

    def test_nobodys_leave_is_journaled(self):
        person = self.others["resource"]
        said, same, entries = self._try(
            lambda: self.env[CLOSED].create(
                {
                    "resource_id": person,
                    "date_from": "2026-01-01 00:00:00",
                    "date_to": "2029-01-01 00:00:00",
                }
            )
        )
        self.assertEqual((said, same, entries), ("", True, []))

    def test_a_calendar_that_counts_is_not_left_without_a_working_day(self):
        years = {"date_from": "2020-01-01 00:00:00", "date_to": "2999-12-31 00:00:00"}
        Closed = self.env[CLOSED].with_company(self.company)
        noon = {"hour_from": 12, "hour_to": 12}
        for act in (
            lambda: self.calendar.attendance_ids.unlink(),
            lambda: self.calendar.write({"attendance_ids": [Command.clear()]}),
            lambda: self.calendar.attendance_ids.write(noon),
            lambda: self.calendar.attendance_ids.write({"day_period": "lunch"}),
            lambda: self.calendar.attendance_ids.write(
                {"calendar_id": self.others["other calendar"]}
            ),
            lambda: Closed.create({**years, "calendar_id": self.calendar.id}),
            lambda: Closed.create({**years, "calendar_id": False}),
            lambda: self.closed.write(years),
        ):
            said, same, _entries = self._try(act)
            self.assertIn("working days", said)
            self.assertTrue(same)

    def test_a_calendar_that_counts_is_not_deleted(self):
        self.env.flush_all()
        with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
            self.calendar.unlink()

    def test_lines_are_replaced_at_once(self):
        line = {"name": "Day", "hour_from": 8, "hour_to": 16}
        lines = [Command.create({**line, "dayofweek": str(day)}) for day in range(5)]
        said, same, _entries = self._try(
            lambda: self.calendar.write({"attendance_ids": [Command.clear(), *lines]})
        )
        self.assertEqual((said, same), ("", True))
        for switch in ("switch_calendar_type", "switch_based_on_duration"):
            said, _same, _entries = self._try(getattr(self.calendar, switch))
            self.assertFalse(said)

    def test_odd_hours_and_closed_halves_move_nothing(self):
        half = {"date_from": "2026-06-08 05:00:00", "date_to": "2026-06-08 10:00:00"}
        other = {"date_from": "2026-06-08 00:00:00", "date_to": "2026-06-12 23:59:59"}
        lines = self.calendar.attendance_ids
        Closed = self.env[CLOSED]
        for act in (
            lambda: lines.write({"hour_from": -5}),
            lambda: lines.write({"hour_to": 400}),
            lambda: Closed.create({**half, "calendar_id": self.calendar.id}),
            lambda: Closed.create(
                {**other, "calendar_id": self.others["other calendar"]}
            ),
            lambda: Closed.with_company(self.others["other company"]).create(
                {**other, "calendar_id": False}
            ),
        ):
            said, same, _entries = self._try(act)
            self.assertEqual((said, same), ("", True))

    def test_hours_that_are_no_number_are_refused(self):
        lines = self.calendar.attendance_ids
        for hour in (float("nan"), float("inf")):
            said, _same, _entries = self._try(
                lambda h=hour: lines.write({"hour_to": h})
            )
            self.assertIn("numbers", said)

    def test_closed_periods_that_overlap_count_once(self):
        twice = {"date_from": "2026-03-15 23:00:00", "date_to": "2026-03-17 22:59:59"}
        self.env[CLOSED].create(
            {**twice, "calendar_id": self.calendar.id}
        ).company_id = self.company
        monday = date(2026, 3, 13)
        self.assertEqual(self.policy._add_work_days(monday, 1), date(2026, 3, 18))

    def test_a_calendar_in_another_zone_has_its_own_holidays(self):
        """17 May in a calendar of Auckland is that day, whatever the hour in Oslo."""
        self.calendar.tz = "Pacific/Auckland"
        self.calendar.attendance_ids.write({"hour_from": 0, "hour_to": 24})
        self.assertEqual(
            self.policy._add_work_days(date(2027, 5, 14), 1), date(2027, 5, 18)
        )
