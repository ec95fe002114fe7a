import bisect
from datetime import date, datetime, time

import holidays
import pytz

from odoo import fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# In Sweden the eves are closed by custom, not by law: a choice of the organisation.
EVES = {"SE": "de_facto"}


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "complaint.remembered"]

    holiday_country_id = fields.Many2one(
        "res.country",
        string="Public holidays of",
        help="Public holidays are filled in, year by year, as they are needed.",
    )
    has_holiday_eves = fields.Boolean(
        string="Eves are closed",
        help="In Sweden: Midsummer Eve, Christmas Eve and New Year's Eve.",
    )
    holidays_from = fields.Date(readonly=True)
    holidays_until = fields.Date(readonly=True)

    def write(self, vals):
        result = super().write(vals)
        if {"holiday_country_id", "has_holiday_eves", "tz"} & vals.keys():
            self._renew_holidays()
        return result

    def _renew_holidays(self):
        """Fill the known years in anew; days off entered by hand stay."""
        for calendar in self.sudo().filtered("holidays_until"):
            first, last = calendar.holidays_from, calendar.holidays_until
            calendar.leave_ids.filtered("is_public_holiday").unlink()
            calendar.write({"holidays_from": False, "holidays_until": False})
            calendar._ensure_holidays(first, last)

    def _ensure_holidays(self, first, last):
        """Fill in the public holidays of the years from ``first`` to ``last``.

        Calendars without a country are left as their owner keeps them.

        :raises ValidationError: when the country's holidays cannot be computed
        """
        for calendar in self.sudo().filtered("holiday_country_id"):
            missing = calendar._missing_years(first, last)
            if missing:
                calendar._fill_holidays(missing)

    def _missing_years(self, first, last):
        years = range(first.year, last.year + 1)
        if not self.holidays_until:
            return list(years)
        known = range(self.holidays_from.year, self.holidays_until.year + 1)
        # Without gaps, so that two dates tell what is covered.
        whole = range(min(years[0], known[0]), max(years[-1], known[-1]) + 1)
        return [year for year in whole if year not in known]

    def _fill_holidays(self, years):
        # A second worker waits here, then finds its years filled in and retries.
        self.env.cr.execute(
            "SELECT id FROM resource_calendar WHERE id = %s FOR UPDATE", [self.id]
        )
        self.env["resource.calendar.leaves"].create(
            [
                self._prepare_holiday(day, name)
                for day, name in sorted(self._public_holidays(years).items())
            ]
        )
        known = [day for day in (self.holidays_from, self.holidays_until) if day]
        self.write(
            {
                "holidays_from": min([*known, date(min(years), 1, 1)]),
                "holidays_until": max([*known, date(max(years), 12, 31)]),
            }
        )

    def _public_holidays(self, years):
        """The days off by date, with their name in the country's language."""
        code = self.holiday_country_id.code
        categories = ["public"]
        if self.has_holiday_eves and code in EVES:
            categories.append(EVES[code])
        try:
            return holidays.country_holidays(
                code, years=years, categories=categories, expand=False
            )
        except NotImplementedError as error:
            raise ValidationError(
                self.env._(
                    "The public holidays of %(country)s are not known here. Remove the "
                    "country from the calendar and enter them by hand.",
                    country=self.holiday_country_id.name,
                )
            ) from error

    def _prepare_holiday(self, day, name):
        zone = pytz.timezone(self.tz)
        start, end = (
            zone.localize(datetime.combine(day, moment))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for moment in (time.min, time(23, 59, 59))
        )
        return {
            "name": name,
            "is_public_holiday": True,
            "calendar_id": self.id,
            "company_id": self.company_id.id,
            "date_from": start,
            "date_to": end,
        }

    def _add_work_days(self, day, amount, tz, company_id=False):
        """The ``amount``-th working day after a local day, which does not count."""
        days = self._work_days(day.year, tz, company_id)
        index = bisect.bisect_right(days, day.toordinal()) + amount - 1
        year = day.year
        while index >= len(days):
            year += 1
            days = days + self._work_days(year, tz, company_id)
        return date.fromordinal(days[index])

    def _shift_work_day(self, day, amount, tz, company_id=False):
        """The working day ``amount`` working days before (negative) or after a day.

        A day that is not a working day counts as the last one before it.
        """
        days = self._work_days(day.year, tz, company_id)
        index = bisect.bisect_right(days, day.toordinal()) - 1 + amount
        first, last = day.year, day.year
        while index < 0:
            first -= 1
            before = self._work_days(first, tz, company_id)
            days, index = before + days, index + len(before)
        while index >= len(days):
            last += 1
            days = days + self._work_days(last, tz, company_id)
        return date.fromordinal(days[index])

    def _last_work_day(self, day, tz, company_id=False):
        """The last working day on or before a local day."""
        days = self._work_days(day.year, tz, company_id)
        index = bisect.bisect_right(days, day.toordinal())
        return (
            date.fromordinal(days[index - 1])
            if index
            else self._last_work_day(date(day.year - 1, 12, 31), tz, company_id)
        )

    def _work_days(self, year, tz, company_id=False):
        """The working days of a year as ordinals.

        :param company_id: whose closed days count beside the public holidays; false
            for nobody's but those of the calendar itself

        :raises ValidationError: when the year's public holidays are not filled in,
            or when nobody ever works
        """
        if self.holiday_country_id and not self._covers(year):
            raise ValidationError(
                self.env._(
                    "The public holidays of %(year)s are not in the calendar "
                    "%(calendar)s yet.",
                    year=str(year),
                    calendar=self.name,
                )
            )
        days = self._compute_work_days(year, tz, company_id)
        if not days:
            raise ValidationError(
                self.env._(
                    "The calendar %(calendar)s has no working day in %(year)s. Enter "
                    "working hours.",
                    year=str(year),
                    calendar=self.name,
                )
            )
        return days

    def _is_remembered(self):
        """Only the calendar of a procedure counts."""
        policies_sudo = self.env["complaint.policy"].sudo()
        return bool(
            policies_sudo.with_context(active_test=False).search_count(
                [("calendar_id", "in", self.ids)], limit=1
            )
        )

    def _covers(self, year):
        return bool(
            self.holidays_until
            and self.holidays_from.year <= year <= self.holidays_until.year
        )

    @tools.ormcache("self.id", "year", "tz", "company_id")
    def _compute_work_days(self, year, tz, company_id):
        zone = pytz.timezone(tz)
        start = zone.localize(datetime(year, 1, 1))
        end = zone.localize(datetime(year + 1, 1, 1))
        intervals = self._work_intervals_batch(
            start, end, domain=self._closed_days(company_id), tz=zone
        )[False]
        days = {
            begin.astimezone(zone).date().toordinal()
            for begin, _end, _meta in intervals
        }
        return tuple(sorted(days))

    def _closed_days(self, company_id):
        """Which days off count: public holidays, and what the organisation enters.

        Others may keep their closed days in the same calendar, where it has no
        company: these move no date of ours.
        """
        own = Domain("company_id", "in", [False, company_id])
        leaves = own | Domain("is_public_holiday", "=", True)
        return list(Domain("time_type", "=", "leave") & leaves)


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "complaint.remembered"]

    def _is_remembered(self):
        return self.sudo().calendar_id._is_remembered()


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "complaint.remembered"]

    is_public_holiday = fields.Boolean(
        readonly=True, help="Filled in from the country's public holidays."
    )

    def _is_remembered(self):
        """A closed day counts, in a calendar that counts or in all; nobody's leave."""
        closed = self.sudo().filtered(lambda leave: not leave.resource_id)
        is_everywhere = any(not leave.calendar_id for leave in closed)
        return is_everywhere or closed.calendar_id._is_remembered()
