from babel.dates import get_month_names

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse

from odoo.addons.klagebehandling.models.figures.complaint_figure import QUESTIONS

from ...bars import draw

# What stands in the first table, in this order; those of rows that the reader has no
# right to are left out.
FIGURES = (
    *("received", "closed"),
    *("acknowledge", "inform_staff", "update", "reply", "close", "on_time"),
    *("late", "moved", "waived", "updates_sent", "onward"),
    *("measures", "measures_open", "measures_late", "effects", "effects_failed"),
    "lessons",
)
# By what the cases of the year are parted.
PARTS = ("kind", "category_ids", "channel", "unit_id")
DAYS = ("workdays_to_acknowledge", "workdays_to_answer")


class ComplaintStatistics(models.TransientModel):
    """Counts the parts of the page, each in a number of queries that does not grow."""

    _inherit = "complaint.statistics"

    def _lay_out(self):
        """What the template lays out: plain values only.

        :return: dict; without ``figures`` where there is no procedure yet
        """
        scopes = self._scopes()
        if not scopes:
            return {"years": False}
        now, before = scopes
        return {
            "years": (now.first.year, before.first.year),
            "figures": self._figures(now, before),
            "days": self._days(now, before),
            "parts": [
                *self._parts(now, before),
                self._months(now, before),
                self._outcomes(now, before),
            ],
            "promises": self._promises(now),
            "satisfaction": self._satisfaction(now),
        }

    # -- the figures

    @api.model
    def _figures(self, now, before):
        """One line for each figure: its label, this year, and the year before."""
        labels = self._labels()
        counted = [
            self.env["complaint.figure"]._count_seen(scope, FIGURES)
            for scope in (now, before)
        ]
        return [
            {
                "label": labels[key],
                "now": self._say(*counted[0][key]),
                # What stands open today has no year before.
                "before": self._say(*counted[1][key])
                if key not in ("measures_open", "measures_late")
                else "–",
            }
            for key in FIGURES
            if key in counted[0]
        ]

    def _labels(self):
        """What each figure is called: as in a review, where it stands there too."""
        review = self.env["complaint.review.figure"]._fields["key"]
        return {
            **dict(review._description_selection(self.env)),
            "closed": self.env._("Cases ended"),
            "on_time": self.env._("All of these in time"),
            "late": self.env._("Became late and were handed up the line"),
            "waived": self.env._("Promises waived"),
            "measures_open": self.env._("Measures open today"),
            "measures_late": self.env._("Measures that are late"),
            "effects_failed": self.env._("Measures without effect"),
        }

    @api.model
    def _say(self, total, part):
        """A figure in words: how many, or how many of how many."""
        if part is None:
            return str(total)
        if not total:
            return "–"
        share = round(100 * part / total)
        return self.env._(
            "%(part)s of %(total)s (%(share)s\u00a0%%)",
            part=part,
            total=total,
            share=share,
        )

    # -- how long it took

    @api.model
    def _days(self, now, before):
        """How many working days it took: average, median, and what nine of ten took."""
        labels = {
            "workdays_to_acknowledge": self.env._("Until receipt was acknowledged"),
            "workdays_to_answer": self.env._("Until the answer had left"),
        }
        return [
            {"label": labels[name], **self._measure(name, now, before)} for name in DAYS
        ]

    @api.model
    def _measure(self, name, now, before):
        """What was measured in both years: average, median, nine of ten."""
        day = {"workdays_to_answer": "answered_on"}.get(name, "acknowledged_on")
        measures = self._measures(name)
        rows = self.env["complaint.case.report"]._read_group(
            self._facts_of(self._both(now, before), day), [f"{day}:year"], measures
        )
        found = {first.year: numbers for first, *numbers in rows}
        nothing = [None] * len(measures)
        return {
            key: [self._number(one) for one in found.get(scope.first.year, nothing)]
            for key, scope in (("now", now), ("before", before))
        }

    @api.model
    def _both(self, now, before):
        """The two years as one time."""
        return now._replace(first=before.first, start=before.start)

    @api.model
    def _measures(self, name):
        return [f"{name}:avg", f"{name}_median:avg", f"{name}_p90:avg"]

    @api.model
    def _facts_of(self, scope, day):
        """The rows of the facts whose day lies in the period."""
        until, since = Domain(day, "<=", scope.last), Domain(day, ">=", scope.first)
        return Domain("case_id", "any!", scope.cases) & since & until

    @api.model
    def _number(self, value):
        if value is None or value is False:
            return "–"
        return self.env["ir.qweb.field.float"].value_to_html(
            float(value), {"precision": 1}
        )

    # -- parted

    def _parts(self, now, before):
        """The cases of both years by each field, with how long the answers took."""
        figures = self.env["complaint.figure"]
        received = [
            figures._count_seen(scope, ["received"], by=PARTS)["received"]
            for scope in (now, before)
        ]
        on_time = figures._count_seen(now, ["on_time"], by=PARTS)["on_time"]
        days = self._days_by(now)
        for name in PARTS:
            current, past = (counted[name] for counted in received)
            rows = [
                {
                    **self._row(name, value, current, past),
                    "more": [
                        self._say(*on_time[name].get(value, (0, 0))),
                        *days[name].get(value, ("–", "–")),
                    ],
                }
                for value in {**current, **past}
            ]
            yield self._drawn(name, self._sorted(rows), now, before)

    @api.model
    def _row(self, name, value, current, past):
        """One value of a part, in both years; counted as pairs."""
        return {
            "label": self._name_of(name, value),
            "now": current.get(value, (0, None))[0],
            "before": past.get(value, (0, None))[0],
            "more": [],
        }

    @api.model
    def _sorted(self, rows):
        """The most frequent first."""
        return sorted(rows, key=lambda one: (-one["now"], -one["before"], one["label"]))

    @api.model
    def _days_by(self, scope):
        """By field and value: the median of the working days to the answer, and nine
        of ten.
        """
        measures = self._measures("workdays_to_answer")[1:]
        sets = self.env["complaint.case.report"]._read_grouping_sets(
            self._facts_of(scope, "answered_on"), [[name] for name in PARTS], measures
        )
        return {
            name: {value: tuple(map(self._number, numbers)) for value, *numbers in rows}
            for name, rows in zip(PARTS, sets, strict=True)
        }

    def _months(self, now, before):
        """The cases of both years by the month of receipt, all twelve of them."""
        rows = self.env["complaint.case.report"]._read_group(
            self._facts_of(self._both(now, before), "received_on"),
            ["received_on:month"],
            ["matter_count:sum"],
        )
        counts = {(month.year, month.month): count for month, count in rows}
        locale = babel_locale_parse(self.env.lang or "en_US")
        names = get_month_names("wide", "stand-alone", locale)
        rows = [
            {
                "label": names[month].capitalize(),
                "now": counts.get((now.first.year, month), 0),
                "before": counts.get((before.first.year, month), 0),
                "more": [],
            }
            for month in range(1, 13)
        ]
        return self._drawn("month", rows, now, before)

    def _outcomes(self, now, before):
        """How the cases of both years ended."""
        figures = self.env["complaint.figure"]
        current, past = (
            figures._count_seen(scope, ["closed"], by="outcome")["closed"]
            for scope in (now, before)
        )
        rows = [
            self._row("outcome", value, current, past) for value in {**current, **past}
        ]
        return self._drawn("outcome", self._sorted(rows), now, before)

    def _drawn(self, name, rows, now, before):
        """A part as the template has it: its table, and a chart that says the same."""
        titles = {
            "kind": self.env._("Received, by kind"),
            "category_ids": self.env._("Received, by ground"),
            "channel": self.env._("Received, by channel"),
            "unit_id": self.env._("Received, by unit"),
            "month": self.env._("Received, by month"),
            "outcome": self.env._("Ended, by outcome"),
        }
        heads = {
            "kind": self.env._("Kind"),
            "category_ids": self.env._("Ground"),
            "channel": self.env._("Channel"),
            "unit_id": self.env._("Unit"),
            "month": self.env._("Month"),
            "outcome": self.env._("Outcome"),
        }
        years = (str(now.first.year), str(before.first.year))
        return {
            "name": name,
            "title": titles[name],
            "head": heads[name],
            "is_manifold": name == "category_ids",
            "has_more": any(row["more"] for row in rows),
            "rows": rows,
            "chart": draw(
                [(row["label"], (row["now"], row["before"])) for row in rows]
            ),
            "said": self._say_bars(rows, years),
        }

    @api.model
    def _say_bars(self, rows, years):
        """What a chart shows, for who does not see it."""
        said = [
            self.env._(
                "%(label)s: %(now)s in %(year)s, %(before)s in %(year_before)s.",
                label=row["label"],
                now=row["now"],
                before=row["before"],
                year=years[0],
                year_before=years[1],
            )
            for row in rows
        ]
        return " ".join(said)

    @api.model
    def _name_of(self, name, value):
        """What a value is called; cases without one have a name too."""
        if not value:
            return {
                "category_ids": self.env._("Without a ground"),
                "outcome": self.env._("Ended without an outcome"),
            }.get(name, "–")
        field = self.env["complaint.case"]._fields[name]
        if field.relational:
            # Units and grounds are read by every colleague.
            return value.display_name
        return dict(field._description_selection(self.env)).get(value, value)

    # -- promises, and how people found it

    @api.model
    def _promises(self, scope):
        """How many promises of each duty were moved or waived."""
        figures = self.env["complaint.figure"]
        deadlines = self.env["complaint.deadline"]
        defined = figures._define(scope)
        either = [figures._total(defined[key], scope) for key in ("moved", "waived")]
        rows = deadlines._read_group(
            Domain.OR(either), ["milestone", "state"], ["__count"]
        )
        counts = {(duty, state): count for duty, state, count in rows}
        labels = deadlines._fields["milestone"]._description_selection(self.env)
        return [
            {
                "label": label,
                "moved": counts.get((duty, "extended"), 0),
                "waived": counts.get((duty, "waived"), 0),
            }
            for duty, label in labels
            if (duty, "extended") in counts or (duty, "waived") in counts
        ]

    @api.model
    def _satisfaction(self, scope):
        """The averages over all that may be shown, and from how many answers that is.

        Answers hang on no case and on no year of one: the month is that in which they
        were counted. Who has no right to them is shown nothing.
        """
        answers = self.env["complaint.satisfaction"]
        if not answers.has_access("read"):
            return False
        shown = self.env["complaint.figure"]._satisfaction(scope)
        if not shown:
            said = self.env._(
                "Nothing is shown yet: the answers of a unit are shown once there are "
                "%(least)s of them.",
                least=answers._least(scope.company),
            )
            return {"answers": [], "said": said}
        said = self.env._(
            "%(count)s answers of the whole organisation. They belong to no case.",
            count=shown["count"],
        )
        averages = [
            {
                "label": answers._fields[name]._description_string(self.env),
                "value": self._number(shown[name]),
            }
            for name in QUESTIONS
        ]
        return {"answers": averages, "said": said}
