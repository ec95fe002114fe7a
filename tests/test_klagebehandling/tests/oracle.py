"""The dates of the written procedures, reckoned without a line of the addons.

Day 0 is the day of receipt; a limit in calendar days is never moved; the reminder is
on the last working day on or before it; hours are elapsed hours.
"""

import calendar
import datetime
import zoneinfo

import holidays

# Duty: (period, amount), as read in the five documents (A-24, A-26, A-29, B-15, B-21,
# C-01, D-37, E-52, E-56) and, where they are silent, in the presets' assumptions.
TERMS = {
    "lepro": {
        "ack": ("day", 10),
        "staff_meeting": ("day", 14),
        "close": ("month", 1),
    },
    "sosial_omsorg_no": {"ack": ("hour", 48), "reply": ("workday", 20)},
    "ljusnarsberg": {"ack": ("day", 14), "reply": ("day", 14)},
    "robertsfors": {"ack": ("day", 7), "reply": ("day", 30)},
    "gislaved": {"ack": ("workday", 2), "reply": ("workday", 7)},
}
COUNTRIES = {"lepro": "NO", "sosial_omsorg_no": "NO"}
ZONES = {"NO": "Europe/Oslo", "SE": "Europe/Stockholm"}
CLOSED_EVES = {"gislaved"}
DAY = datetime.timedelta(days=1)
UTC = datetime.timezone.utc


def reckon(line, duty, eves_are_closed=None):
    """When a duty of a line is due: a date, or an aware instant for hours."""
    policy = line["policy"]
    period, amount = TERMS[policy][duty]
    received = datetime.datetime.fromisoformat(line["received_at"])
    if period == "hour":
        return _after_hours(line, received, amount)
    day = received.date()
    if period == "month":
        return _after_months(day, amount)
    if period == "day":
        return day + amount * DAY
    return _after_working_days(day, amount, _days_off(policy, day, eves_are_closed))


def remind(line, duty):
    """The last working day on or before the date of a duty."""
    day = reckon(line, duty)
    days_off = _days_off(line["policy"], day, None)
    while not _is_working(day, days_off):
        day -= DAY
    return day


def _after_hours(line, received, amount):
    zone = zoneinfo.ZoneInfo(ZONES[_country(line["policy"])])
    if line["expected"]["anonymous"]:
        received = datetime.datetime.combine(received, datetime.time.min)
    start = received.replace(tzinfo=zone).astimezone(UTC)
    return (start + datetime.timedelta(hours=amount)).astimezone(zone)


def _after_months(day, amount):
    years, month = divmod(day.month - 1 + amount, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _after_working_days(day, amount, days_off):
    while amount:
        day += DAY
        amount -= _is_working(day, days_off)
    return day


def _is_working(day, days_off):
    return day.weekday() < 5 and day not in days_off


def _country(policy):
    return COUNTRIES.get(policy, "SE")


def _days_off(policy, day, eves_are_closed):
    """Public holidays of the years around a day, with the eves that are chosen."""
    if eves_are_closed is None:
        eves_are_closed = policy in CLOSED_EVES
    years = range(day.year - 1, day.year + 3)
    days_off = set(_public_holidays(policy, years))
    if eves_are_closed:
        for year in years:
            midsummer = datetime.date(year, 6, 19)
            while midsummer.weekday() != 4:
                midsummer += DAY
            eves = [(12, 24), (12, 31)]
            days_off |= {midsummer, *(datetime.date(year, *eve) for eve in eves)}
    return days_off


def _public_holidays(policy, years):
    if _country(policy) == "NO":
        return holidays.Norway(years=years, include_sundays=False)
    return holidays.Sweden(years=years, include_sundays=False)
