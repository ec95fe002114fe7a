import datetime

import pytz
from freezegun import freeze_time

from odoo.tests import tagged

from . import oracle
from .common import LATER, ExampleCase

MILESTONES = {
    "ack": "acknowledge",
    "staff_meeting": "inform_staff",
    "reply": "reply",
    "close": "close",
    "update": "update",
}
IF_EVES = "if_eves_are_working_days"


@freeze_time(LATER)
@tagged("post_install", "-at_install")
class TestComplaintDates(ExampleCase):
    """Every line of both files gets the deadlines its organisation promises."""

    def test_receipt_is_the_true_one(self):
        # E-48: late registration keeps the true receipt
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                local = case.policy_id._local(case.received_at)
                self.assertEqual(str(local.date()), line["received_at"][:10])
                time = (
                    "00:00"
                    if line["expected"]["anonymous"]
                    else line["received_at"][11:]
                )
                self.assertEqual(local.strftime("%H:%M"), time)

    def test_deadlines(self):
        # B-15, B-21, B-22, C-01, D-37, E-52, E-56
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                for key, value in line["expected"]["deadlines"].items():
                    if key == IF_EVES:
                        self.check_with_eves_open(case, value)
                    else:
                        self.check_deadline(case, key, value)

    def check_deadline(self, case, key, value):
        duty, field = self.meaning(key)
        deadlines = case.deadline_ids.filtered(
            lambda deadline: deadline.milestone == MILESTONES[duty]
        )
        if value is None:
            self.assertFalse(deadlines, key)
            return
        self.assertEqual(len(deadlines), 1, key)
        self.assertEqual(deadlines.state, "running")
        if field == "due_at":
            expected = datetime.datetime.fromisoformat(value)
            self.assertEqual(pytz.utc.localize(deadlines.due_at), expected, key)
        else:
            self.assertEqual(str(deadlines[field]), value, key)

    def meaning(self, key):
        """The duty and the field of the deadline that a key of the file names."""
        duty = key.removeprefix("internal_")
        if duty.endswith("_due_at"):
            return duty.removesuffix("_due_at"), "due_at"
        field = "remind_on" if duty != key else "due_on"
        return duty.removesuffix("_due"), field

    def check_with_eves_open(self, case, dates):
        policy = case.policy_id
        country = policy.calendar_id.holiday_country_id
        calendar = self.env["resource.calendar"].create(
            {"name": "Eves", "tz": policy.tz, "holiday_country_id": country.id}
        )
        other = policy.copy({"calendar_id": calendar.id})
        day = policy._local(case.received_at).date()
        other._ensure_calendar(day, day + datetime.timedelta(days=366))
        for key, value in dates.items():
            duty, _field = self.meaning(key)
            term = other.term_ids.filtered(
                lambda term, duty=duty: term.milestone == MILESTONES[duty]
            )
            self.assertEqual(str(term._due(case.received_at)[0]), value, key)

    def test_late_from_the_first_moment_after_the_last_day(self):
        # decided ambiguity 1: the end of the last day in the procedure's time zone
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                for deadline in case.deadline_ids:
                    if deadline.term_id.period != "hour":
                        local = case.policy_id._local(deadline.due_at)
                        self.assertEqual(local.strftime("%H:%M"), "00:00", line["id"])
                        before = local.date() - datetime.timedelta(days=1)
                        self.assertEqual(before, deadline.due_on)

    def test_only_acknowledged_where_nothing_is_to_be_resolved(self):
        # E-18, E-20, D-51, C-10: no other clock for praise and what belongs elsewhere
        lines = [
            line
            for line in self.accepted()
            if line["expected"]["type"]
            in ("praise", "fault_report", "appeal_of_decision")
        ]
        for line in lines:
            with self.subTest(line=line["id"]):
                case = self.register(line)
                self.assertEqual(case.deadline_ids.mapped("milestone"), ["acknowledge"])

    def test_expectations_agree_with_an_own_calculation(self):
        for line in self.accepted():
            for key, value in line["expected"]["deadlines"].items():
                with self.subTest(line=line["id"], key=key):
                    self.check_expectation(line, key, value)

    def check_expectation(self, line, key, value):
        if value is None:
            return
        if key == IF_EVES:
            for inner, day in value.items():
                duty, _field = self.meaning(inner)
                self.assertEqual(str(oracle.reckon(line, duty, False)), day)
            return
        duty, field = self.meaning(key)
        if field == "due_at":
            self.assertEqual(oracle.reckon(line, duty).isoformat(), value)
        else:
            reckon = oracle.remind if field == "remind_on" else oracle.reckon
            self.assertEqual(str(reckon(line, duty)), value)

    def test_every_reminder_agrees_with_an_own_calculation(self):
        # decided ambiguity 2: the last working day on or before
        duties = {milestone: duty for duty, milestone in MILESTONES.items()}
        for line in self.accepted():
            with self.subTest(line=line["id"]):
                case = self.register(line)
                for deadline in case.deadline_ids:
                    duty = duties[deadline.milestone]
                    if (
                        deadline.term_id.period != "hour"
                        and duty in oracle.TERMS[line["policy"]]
                    ):
                        self.assertEqual(deadline.due_on, oracle.reckon(line, duty))
                        self.assertEqual(deadline.remind_on, oracle.remind(line, duty))
