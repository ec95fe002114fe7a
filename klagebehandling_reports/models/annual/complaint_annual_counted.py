from statistics import mean, median

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.klagebehandling.models.figures.complaint_figure import (
    DUTIES,
    QUESTIONS,
)
from odoo.addons.klagebehandling.models.figures.complaint_figure_protection import (
    Counted,
)
from odoo.addons.klagebehandling.vocabulary import CHANNELS

from ...suppression import protect, shown_share

# How many years stand beside the year of the report.
YEARS_BEFORE = 4


class ComplaintAnnualCounted(models.AbstractModel):
    """What is counted for a report: complaints, as if the hidden ones were not there.

    Other kinds have a number each and are in no table. Only the number of complaints
    counts hidden ones too, as soon as they are so many that they tell nobody of one.
    Everything is counted in the language of the procedure, as the superuser.
    """

    _name = "complaint.annual.counted"
    _inherit = ["complaint.yearly"]
    _description = "Counted for a yearly report"

    def _count(self, is_final):
        """Count the report.

        :param is_final: whether hidden complaints may be counted too, and what is
            counted is never counted again
        :return: dict that JSON can hold, without a number that is too small to tell
        """
        self.ensure_one()
        report = self.with_context(lang=self.policy_id._spoken())
        policy = report.policy_id
        scope = report._scope()
        received = report._count_received(scope, is_final)
        return {
            "least": policy.report_cases,
            "received": received,
            "on_time": report._share_answered(scope),
            "kinds": report._count_kinds(),
            "tables": [table for table in report._tables(scope) if table],
            "days": report._count_days(scope),
            "satisfaction": report._count_satisfaction(scope),
            "more": report._count_more(scope),
            "years": report._years_before(),
        }

    def _scope(self, kind="complaint"):
        """What the report is about: the cases of a kind, in the year."""
        figures = self.env["complaint.figure"]
        scope = figures._of_procedure(self.policy_id, *self._period())
        return scope._replace(cases=scope.cases & Domain("kind", "=", kind))

    def _told(self, number):
        """The number, or None where it is too small to be told."""
        return number if not 0 < number < self.policy_id.report_cases else None

    def _cases(self, scope, key):
        """The cases behind a figure, the hidden ones too; as the superuser."""
        figures = self.env["complaint.figure"].sudo()
        domain = figures._total(figures._chosen(scope, [key])[key], scope)
        cases = self.env["complaint.case"].sudo().with_context(active_test=False)
        return cases.search(domain)

    def _count_open(self, scope, *keys, by=None):
        return self.env["complaint.figure"]._count_open(scope, list(keys), by=by)

    # -- how many came in

    def _count_received(self, scope, is_final):
        plain, _part = self._count_open(scope, "received")["received"]
        others = self._held_over(scope) if is_final else []
        if is_final:
            self._mark_counted(scope, others)
        return self._told(plain + len(others))

    def _held_over(self, scope):
        """The complaints beside the plain ones of the year that may be counted now.

        Those that are hidden from anybody, of this year or of earlier ones whose report
        held them over; none of them as long as a person could tell of some by the
        number (M43). What came in late and is hidden from nobody comes with them.
        """
        cases = self.env["complaint.case"].sudo().with_context(active_test=False)
        first = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("policy_code", "=", self.policy_code),
                ("counted_on", "!=", False),
            ],
            order="year",
            limit=1,
        )
        since = min(first.year or self.year, self.year)
        begin = self.policy_id._day_start(scope.first.replace(year=since))
        others = cases.search(
            scope.cases
            & Domain("is_repeat", "=", False)
            & Domain("report_year", "in", [False, 0])
            & Domain("received_at", ">=", begin)
            & Domain("received_at", "<", scope.end)
            & (self._hidden_cases() | Domain("received_at", "<", scope.start))
        )
        figures = self.env["complaint.figure"]
        counted = Counted(others, None, False)
        hidden = others.filtered_domain(self._hidden_cases())
        seen = figures._seen_by(self._case_readers(), [counted])
        least = self.policy_id.report_cases
        if hidden and not figures._can_be_told(counted, hidden, seen, least):
            others -= hidden
        return others

    def _hidden_cases(self):
        """The domain of the cases that the tables leave out."""
        return self.env["complaint.figure"]._hidden_cases()

    def _case_readers(self):
        """Who may read cases of the organisation and hold a number against them."""
        users = self.env.ref("klagebehandling.group_caseworker").all_user_ids
        return users.filtered(lambda user: self.company_id in user.company_ids)

    def _mark_counted(self, scope, others):
        """Remember which cases the report counts; nobody reads the mark.

        By the database itself, so that no row says when it was counted.
        """
        cases = self._cases(scope, "received")
        plain = cases.filtered_domain(~self._hidden_cases())
        ids = tuple({*plain.ids, *(one.id for one in others)})
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE complaint_case SET report_year = %s "
                    "WHERE id IN %s AND COALESCE(report_year, 0) = 0",
                    self.year,
                    ids,
                )
            )
            cases.invalidate_model(["report_year"])

    def _count_complete(self):
        """All complaints of the year, but those that are hidden from this user.

        For the independent receiver, who hands the number on (B-25).
        """
        report = self.sudo()
        cases = report._cases(report._scope(), "received")
        hidden = cases.filtered_domain(self._hidden_cases())
        return len(cases - hidden) + sum(
            self.env.user not in case._kept_out() for case in hidden
        )

    def _count_kinds(self):
        """The other kinds, each by itself: a number for each, no sum (B-25)."""
        named = {
            choice.value: choice.name for choice in self.policy_id._choices("kind")
        }
        labels = dict(
            self.env["complaint.case"]._fields["kind"]._description_selection(self.env)
        )
        rows = []
        for kind in self.policy_id._kinds_to_choose():
            # A report of wrongdoing is told of by nobody.
            if kind in ("complaint", "whistleblowing", "undecided"):
                continue
            scope = self._scope(kind)
            number, _part = self._count_open(scope, "received")["received"]
            rows.append([named.get(kind) or labels[kind], self._told(number)])
        return rows

    # -- tables

    def _tables(self, scope):
        env = self.env
        counted = self._count_open
        units = self._report_units()
        grounds = self.policy_id._grounds_to_choose(self.company_id)
        channels = dict(
            env["complaint.case"]._fields["channel"]._description_selection(env)
        )
        outcomes = dict(
            env["complaint.case"]._fields["outcome"]._description_selection(env)
        )
        yield self._one_column(
            "grounds",
            env._("What the complaints are about"),
            [(one, one.display_name) for one in grounds.sorted("display_name")],
            counted(scope, "received", by="category_ids")["received"],
            note=env._("A complaint can be about several things."),
            rest=env._("No ground chosen"),
        )
        yield self._one_column(
            "units",
            env._("Where it happened"),
            [(one, one.complete_name) for one in units],
            counted(scope, "received", by="unit_id")["received"],
        )
        yield self._one_column(
            "channels",
            env._("How they came in"),
            [(key, channels[key]) for key, _label in CHANNELS],
            counted(scope, "received", by="channel")["received"],
        )
        yield self._one_column(
            "outcomes",
            env._("How they ended"),
            list(outcomes.items()),
            counted(scope, "closed", by="outcome")["closed"],
            note=env._("Of those that were closed in the year."),
            rest=env._("Other"),
        )
        yield self._duty_table(scope)

    def _report_units(self):
        units = self.env["complaint.unit"].sudo().with_context(active_test=False)
        units = units.search([("company_id", "=", self.company_id.id)])
        return units.filtered(
            lambda one: one.effective_policy_id.code == self.policy_code
        ).sorted("complete_name")

    def _one_column(self, key, title, rows, counted, note="", rest=None):
        """One column of numbers with its sum; the same rows in each year.

        :param rows: list of (value, label)
        :param counted: by value a pair whose first is the number
        :param rest: the label of what has a value of no row
        """
        numbers = [(label, counted.get(value, (0,))[0]) for value, label in rows]
        others = sum(pair[0] for value, pair in counted.items()) - sum(
            number for _label, number in numbers
        )
        if rest or others:
            numbers.append((rest or self.env._("Other"), others))
        if not numbers:
            return None
        shown = protect(
            [[number] for _label, number in numbers], self.policy_id.report_cases
        )
        return {
            "key": key,
            "title": title,
            "note": note,
            "columns": [self.env._("Number")],
            "rows": [
                [label, [row[0]]]
                for (label, _number), row in zip(numbers, shown[:-1], strict=True)
            ],
            "total": [shown[-1][0]],
        }

    def _duty_table(self, scope):
        """Each promise of the procedure: how many were kept in time, how many not."""
        promised = set(self.policy_id.term_ids.mapped("milestone"))
        duties = [key for key in DUTIES if key in promised]
        if not duties:
            return None
        labels = dict(
            self.env["complaint.deadline"]
            ._fields["milestone"]
            ._description_selection(self.env)
        )
        counted = self._count_open(scope, *duties)
        rows = []
        for key in duties:
            total, part = counted[key]
            shown = protect([[part, total - part]], self.policy_id.report_cases)[0]
            rows.append([labels[key], shown])
        return {
            "key": "duties",
            "title": self.env._("Whether promises were kept in time"),
            "note": "",
            "columns": [self.env._("In time"), self.env._("Late"), self.env._("Sum")],
            "rows": rows,
            "total": None,
        }

    def _share_answered(self, scope):
        """How many of a hundred answers were in time; None where that is not told."""
        total, part = self._count_open(scope, "reply")["reply"]
        shown = protect([[part, total - part]], self.policy_id.report_cases)[0]
        return shown_share(shown[0], shown[2])

    # -- what is no table

    def _count_days(self, scope):
        """Working days until the answer: usual ones, and what nine of ten took."""
        answered = self._cases(scope, "answered").filtered_domain(~self._hidden_cases())
        days = sorted(answered.mapped("workdays_to_answer"))
        if len(days) < self.policy_id.report_cases:
            return None
        return {
            "count": len(days),
            "average": round(mean(days), 1),
            "median": round(median(days), 1),
            "most": days[-(-9 * len(days) // 10) - 1],
        }

    def _count_satisfaction(self, scope):
        found = self.env["complaint.figure"]._satisfaction(scope)
        if not found:
            return None
        labels = {
            "was_heard": self.env._("I was listened to"),
            "was_clear": self.env._("I understood what happened"),
            "was_fair": self.env._("I was treated fairly"),
        }
        return {
            "count": found["count"],
            "rows": [[labels[name], found[name]] for name in QUESTIONS],
        }

    def _count_more(self, scope):
        """What became of them: rows of a label, a number, and of how many (C-35)."""
        env = self.env
        labels = {
            "updates_sent": env._("Updates sent while a case was open"),
            "moved": env._("Promises moved to a later day, with the reason"),
            "waived": env._("Promises that fell away, with the reason"),
            "onward": env._("Cases that went onward to somebody else"),
            "minutes": env._("Minutes signed by both"),
            "measures": env._("Measures done, of those that were due"),
            "effects": env._("Effects checked, of those that were due"),
            "measures_late": env._("Measures that were late as the year ended"),
            "patterns": env._("Patterns taken up, of those that were decided"),
            "lessons": env._("Lessons given back to the units"),
        }
        counted = self._count_open(scope, *labels)
        rows = []
        for key, label in labels.items():
            total, part = counted[key]
            if part is None:
                rows.append([label, self._told(total), None])
                continue
            least = self.policy_id.report_cases
            shown = protect([[part, total - part]], least)[0]
            rows.append([label, shown[0], shown[2]])
        return rows

    def _years_before(self):
        """What the newest published reports of the years before said, oldest first."""
        reports = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("policy_code", "=", self.policy_code),
                ("year", "<", self.year),
                ("year", ">=", self.year - YEARS_BEFORE),
                ("state", "=", "published"),
            ],
            order="year, revision",
        )
        newest = {one.year: one for one in reports}
        return [
            [year, one.data["received"], one.data["on_time"]]
            for year, one in sorted(newest.items())
        ]
