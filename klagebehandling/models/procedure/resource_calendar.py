import bisect
from datetime import date, datetime, time, timedelta
from functools import partial

import holidays
import pytz

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.intervals import Intervals

# In Sweden the eves are closed by custom, not by law: a choice of the organisation.
EVES = {"SE": "de_facto"}
# Which years are filled in is known by who fills them in.
COVERED = {"holidays_from", "holidays_until"}
# A closed period may reach further; what it would leave is looked at so far ahead.
YEARS_AHEAD = 10
# A day that is closed till 23:59 is closed.
LEAST = timedelta(minutes=2)
# An object, so that no context from outside can hold it.
SAVING = object()


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
        if COVERED & vals.keys() and not self.env.su:
            self._refuse_holidays()
        # Lines are removed before others come: looked at when all are there.
        saving = self.with_context(complaint_calendar=SAVING)
        result = super(ResourceCalendar, saving).write(vals)
        if {"holiday_country_id", "has_holiday_eves", "tz"} & vals.keys():
            self._renew_holidays()
        self._check_open()
        return result

    def switch_calendar_type(self):
        saving = self.with_context(complaint_calendar=SAVING)
        super(ResourceCalendar, saving).switch_calendar_type()
        self._check_open()

    def switch_based_on_duration(self):
        saving = self.with_context(complaint_calendar=SAVING)
        super(ResourceCalendar, saving).switch_based_on_duration()
        self._check_open()

    @api.model
    def _refuse_holidays(self):
        raise UserError(
            self.env._(
                "Public holidays are filled in from the country, not by hand. Enter a "
                "closed day of your own instead."
            )
        )

    @api.model
    def _counted(self):
        """The procedures that count working days, whatever became of them."""
        policies_sudo = self.env["complaint.policy"].sudo()
        return policies_sudo.with_context(active_test=False).search(
            [("calendar_id", "!=", False)]
        )

    def _check_open(self, leaves=None):
        """Refuse to leave a procedure without a working day: no complaint could be
        registered under it.

        :param leaves: closed periods that are new; asked for all calendars where one
            of them is of no calendar
        """
        if self.env.context.get("complaint_calendar") is SAVING:
            return
        this_year = fields.Date.today().year
        years = {this_year, this_year + 1}
        for leave in leaves or ():
            last = min(leave.date_to.year, this_year + YEARS_AHEAD)
            years.update(range(max(leave.date_from.year, this_year), last + 1))
        for policy in self._counted():
            calendar = policy.calendar_id
            if leaves is None and calendar not in self:
                continue
            for year in sorted(years):
                whose = policy._whose_days()
                if not calendar._compute_work_days(year, *whose):
                    raise UserError(
                        self.env._(
                            "The procedure “%(procedure)s” counts working days in the "
                            "calendar %(calendar)s. Leave it some in %(year)s.",
                            procedure=policy.name,
                            calendar=calendar.name,
                            year=str(year),
                        )
                    )

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

    def _count_work_days(self, first, last, tz, company_id=False):
        """How many working days come after a local day, until another one and with it.

        It measures what has happened, so nothing is refused: of a year whose public
        holidays nobody has entered all weekdays count.
        """
        days = ()
        for year in range(first.year, last.year + 1):
            days += self._compute_work_days(year, tz, company_id)
        before = bisect.bisect_right(days, first.toordinal())
        return max(0, bisect.bisect_right(days, last.toordinal()) - before)

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
        return bool(self.sudo() & self._counted().calendar_id)

    def _is_recalled(self, field):
        return super()._is_recalled(field) and self._counted_ids().issuperset(self._ids)

    @api.model
    @tools.ormcache()
    def _counted_ids(self):
        """The calendars of procedures, kept in memory as those are."""
        return frozenset(self._counted().calendar_id.ids)

    def _covers(self, year):
        return bool(
            self.holidays_until
            and self.holidays_from.year <= year <= self.holidays_until.year
        )

    @tools.ormcache("self.id", "year", "tz", "company_id")
    def _compute_work_days(self, year, tz, company_id):
        """Days on which somebody works for a while, as the lines of the calendar say.

        Nothing else of it counts: neither how many hours there are nor its time zone.
        Odoo's own intervals of a flexible calendar end where its hours are worked.
        """
        calendar, zone = self.sudo(), pytz.timezone(tz)
        first, last = date(year, 1, 1), date(year, 12, 31)
        at = partial(calendar._instant, zone)
        closed = calendar._closed_between(
            at(first, time.min), at(last, time.max), company_id
        )
        public = closed.filtered("is_public_holiday")
        holidays = set().union(*(leave._local_days() for leave in public))
        hours = Intervals(
            (*(at(day, moment) for moment in line._clamped()), line)
            for line in calendar._work_lines()
            for day in line._days(first, last)
            if day not in holidays
        )
        away = Intervals(
            (leave.date_from, leave.date_to, leave) for leave in closed - public
        )
        days = {
            pytz.utc.localize(begin).astimezone(zone).date().toordinal()
            for begin, end, _lines in hours - away
            if end - begin >= LEAST
        }
        return tuple(sorted(days))

    @api.model
    def _instant(self, zone, day, moment):
        local = zone.localize(datetime.combine(day, moment))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _work_lines(self):
        """The hours of work, without breaks, headings and hours that are none."""
        return self.attendance_ids.filtered(
            lambda line: (
                not line.display_type
                and line.day_period != "lunch"
                and line._clamped()[0] < line._clamped()[1]
            )
        )

    def _closed_between(self, start, end, company_id):
        everybody = Domain("resource_id", "=", False)
        here = Domain("calendar_id", "in", [False, self.id])
        within = Domain("date_from", "<=", end) & Domain("date_to", ">=", start)
        return self.env["resource.calendar.leaves"].search(
            self._closed_days(company_id) & everybody & here & within
        )

    def _closed_days(self, company_id):
        """Which days off count: public holidays, and what the organisation enters.

        Others may keep their closed days in the same calendar, where it has no
        company: these move no date of ours.
        """
        own = Domain("company_id", "in", [False, company_id])
        leaves = own | Domain("is_public_holiday", "=", True)
        return Domain("time_type", "=", "leave") & leaves
