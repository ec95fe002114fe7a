import math
from datetime import timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...vocabulary import MILESTONES

# About how many days a period has, to compare limits by.
DAYS = {"hour": 1 / 24, "day": 1, "workday": 7 / 5, "week": 7, "month": 30.4}
DAYS["year"] = 365
# Day-based periods that are plain calendar arithmetic.
CALENDAR_PERIODS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


class ComplaintPolicyTerm(models.Model):
    """A time limit of the procedure; ``_due`` turns it into the dates of a case."""

    _name = "complaint.policy.term"
    _inherit = "complaint.policy.part"
    _description = "Time limit of a procedure"
    _order = "policy_id, sequence, id"
    _rec_name = "milestone"

    sequence = fields.Integer(default=10)
    milestone = fields.Selection(MILESTONES, required=True)
    amount = fields.Integer(required=True)
    period = fields.Selection(
        [
            ("hour", "Hours"),
            ("day", "Calendar days"),
            ("workday", "Working days"),
            ("week", "Weeks"),
            ("month", "Months"),
            ("year", "Years"),
        ],
        required=True,
        default="day",
    )
    counted_from = fields.Selection(
        [
            ("receipt", "True receipt"),
            ("previous", "The previous one"),
            ("answer", "The reply"),
            ("close", "Closing"),
        ],
        required=True,
        default="receipt",
    )
    condition = fields.Selection(
        [
            ("always", "Always"),
            ("wants_reply", "A reply is wanted"),
            ("no_external_parties", "No external parties"),
            ("external_parties", "With external parties"),
        ],
        required=True,
        default="always",
    )
    is_repeating = fields.Boolean(
        string="Repeats", help="Runs anew each time it is met, while the case is open."
    )
    warn_before = fields.Integer(
        string="Warn before",
        default=2,
        help="Working days before the reminder date when the handler is first asked.",
    )
    needs_expected_date = fields.Boolean(
        help="Cannot be met without telling when the case is expected to be done."
    )
    needs_handler = fields.Boolean(
        help="Cannot be met without naming who handles the case."
    )
    needs_remedy = fields.Boolean(
        help="Cannot be met without telling how the matter was put right."
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A time limit is at least one period long."
    )
    _warn_before_positive = models.Constraint(
        "CHECK (warn_before >= 0)", "A warning cannot come after the date."
    )

    def _due(self, received_at):
        """When the duty is due for what was received at ``received_at``.

        Pure: nothing is written and the present does not count. The day of receipt
        in the procedure's time zone is day 0; a day-based limit is never moved for
        a holiday, ``remind_on`` is the last working day on or before it. Hours are
        elapsed hours, also across a clock change.

        :param received_at: datetime, aware or naive UTC
        :return: ``(due_on, due_at, remind_on)``: local date, naive UTC instant when
            it becomes late, local date
        :raises ValidationError: outside the years whose public holidays are known
        """
        self.ensure_one()
        if received_at.tzinfo:
            received_at = received_at.astimezone(pytz.utc).replace(tzinfo=None)
        policy = self.policy_id
        if self.period == "hour":
            due_at = received_at + timedelta(hours=self.amount)
            due_on = policy._local(due_at).date()
        else:
            due_on = self._due_on(policy._local(received_at).date())
            due_at = policy._day_start(due_on + timedelta(days=1))
        return due_on, due_at, policy._last_work_day(due_on)

    def _due_on(self, day):
        """The last local day of a day-based limit that starts on a local day."""
        if self.period == "workday":
            return self.policy_id._add_work_days(day, self.amount)
        return day + relativedelta(**{CALENDAR_PERIODS[self.period]: self.amount})

    def _horizon(self, day):
        """A local day that no limit of these, counted from this one, goes beyond."""
        return max((term._last_day(day) for term in self), default=day)

    def _last_day(self, day):
        if self.period == "hour":
            return day + timedelta(days=self.amount // 24 + 2)
        unit = CALENDAR_PERIODS.get(self.period, "weeks")
        return day + relativedelta(**{unit: self.amount})

    def _take_longer_than(self, earlier):
        """Whether a promise of an earlier version comes later in these, or is gone."""
        lengths = {term._promise(): term._days() for term in self}
        return any(
            lengths.get(term._promise(), math.inf) > term._days() for term in earlier
        )

    def _promise(self):
        """What has to be done, and when it counts."""
        return self.milestone, self.condition, self.counted_from

    def _days(self):
        """How long the limit is, to compare it with another."""
        return self.amount * DAYS[self.period]

    @api.model
    def _case_facts(self, kind, grounds, wants_reply, has_external_parties):
        """What the conditions of terms ask about a case, stored or still at the door.

        :param grounds: ``complaint.category``
        :return: facts for :meth:`_applies_to`
        """
        return {
            "wants_reply": wants_reply,
            "has_external_parties": has_external_parties,
            "is_acknowledged_only": kind == "praise" or grounds._are_out_of_scope(),
        }

    def _applies_to(self, facts):
        """Whether the duty runs for a case with these facts.

        Praise and what belongs to another process are only acknowledged: nothing is
        to be resolved here (E-19, E-20, E-22).

        :param facts: as of :meth:`_case_facts`
        """
        if facts["is_acknowledged_only"] and self.milestone != "acknowledge":
            return False
        return {
            "always": True,
            "wants_reply": facts["wants_reply"],
            "no_external_parties": not facts["has_external_parties"],
            "external_parties": facts["has_external_parties"],
        }[self.condition]
