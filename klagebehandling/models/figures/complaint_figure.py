from datetime import date, datetime, timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

DUTIES = ("acknowledge", "inform_staff", "update", "reply", "close")
# Fields of a case that have several values.
MANIFOLD = ("category_ids",)
QUESTIONS = ("was_heard", "was_clear", "was_fair")


class Scope(NamedTuple):
    """Of which cases and rows the figures are, and from which day to which."""

    company: models.BaseModel
    # On complaint.case.
    cases: Domain
    # On rows of no case, which stand at a unit.
    placed: Domain
    # Local days, and the instants, naive UTC, at which they begin and end.
    first: date
    last: date
    start: datetime
    end: datetime


class Figure(NamedTuple):
    """Which rows of a model a figure counts, and which of them it is about."""

    model: str
    # On the rows of the model.
    domain: Domain
    # The day that lies in the period; None where what stands now is counted.
    day: str | None = None
    # Those among them that the figure is about; None where it only counts.
    part: Domain | None = None
    # All that has come until the last day, since when ever.
    is_standing: bool = False
    # Whether everybody reads these rows anyway.
    is_open: bool = False


class ComplaintFigure(models.AbstractModel):
    """What each figure of a period counts: the one home of the definitions.

    Counted as the superuser, each by a fixed number of queries. Whoever shows a figure
    to somebody says how it is protected: hidden cases left out (``_count_open``), or
    withheld from whom it could tell of them (``_publish``). ``_count`` protects nobody.
    """

    _name = "complaint.figure"
    _description = "Figures of a period"

    # -- of what

    @api.model
    def _of_unit(self, unit, policy, first, last):
        """The scope of a unit and all below it.

        :param policy: whose time zone the days are of
        :param first: first local day
        :param last: last local day
        """
        company = Domain("company_id", "=", unit.company_id.id)
        below = Domain("unit_id", "child_of", unit.id)
        placed = company & (below | Domain("unit_id", "=", False))
        return self._scope(unit.company_id, below, placed, policy, first, last)

    @api.model
    def _of_procedure(self, policy, first, last):
        """The scope of a procedure, in all its versions, and of its units."""
        company = Domain("company_id", "=", policy.company_id.id)
        units = self.env["complaint.unit"].sudo().with_context(active_test=False)
        units = units.search(company)
        units = units.filtered(lambda one: one.effective_policy_id.code == policy.code)
        cases = company & Domain("policy_id.code", "=", policy.code)
        placed = company & Domain("unit_id", "in", units.ids)
        return self._scope(policy.company_id, cases, placed, policy, first, last)

    @api.model
    def _of_company(self, company, policy, first, last):
        """The scope of a whole organisation; the days are those of the procedure."""
        own = Domain("company_id", "=", company.id)
        return self._scope(company, own, own, policy, first, last)

    @api.model
    def _scope(self, company, cases, placed, policy, first, last):
        start, end = policy._day_start(first), policy._day_start(last + timedelta(1))
        return Scope(company, cases, placed, first, last, start, end)

    # -- what is counted

    @api.model
    def _define(self, scope):
        """The definition of each figure, by its key; a hook for more of them."""
        # Who may see a row is asked of the row, and not of its case once more.
        within = Domain("case_id", "any!", scope.cases)
        return {
            **self._define_cases(scope),
            **self._define_duties(within),
            **self._define_letters(within),
            **self._define_measures(scope, within),
            **self._define_learning(scope),
        }

    @api.model
    def _define_cases(self, scope):
        # What came in twice is one matter.
        own = scope.cases & Domain("is_repeat", "=", False)
        return {
            "received": Figure("complaint.case", own, "received_at"),
            "answered": Figure("complaint.case", own, "answered_at"),
            "closed": Figure("complaint.case", own, "closed_at"),
        }

    @api.model
    def _define_duties(self, within):
        """Each duty on time, and all of them, by the day they were due; and what became
        of the others.
        """
        met = Domain("state", "=", "met")
        settled = within & (met | Domain("is_overdue", "=", True))
        in_time = met & self._compare_columns("met_on", "<", "due_at")
        on_time = {
            key: Figure(
                "complaint.deadline",
                settled & Domain("milestone", "in", duties),
                "due_on",
                part=in_time,
            )
            for key, duties in [*((one, [one]) for one in DUTIES), ("on_time", DUTIES)]
        }
        moved = within & Domain("state", "=", "extended")
        waived = within & Domain("state", "=", "waived")
        return {
            **on_time,
            "late": Figure("complaint.deadline", within, "late_at"),
            "moved": Figure("complaint.deadline", moved, "due_on"),
            "waived": Figure("complaint.deadline", waived, "due_on"),
        }

    @api.model
    def _define_letters(self, within):
        """Updates, what went onward, reports with own attachment, signed minutes."""
        sent = Domain("direction", "=", "out") & Domain("state", "=", "sent")
        updates = within & sent & Domain("purpose", "=", "update")
        onward = within & Domain("kind", "not in", ("report", "appeal"))
        reports = within & Domain("kind", "=", "report")
        reports &= Domain("has_own_attachment", "=", True)
        minutes = within & Domain("state", "!=", "draft") & self._latest_minutes()
        return {
            "updates_sent": Figure("complaint.correspondence", updates, "sent_at"),
            "onward": Figure("complaint.referral", onward, "opened_on"),
            "own_attachment": Figure(
                "complaint.referral",
                reports,
                "opened_on",
                part=Domain("sent_on", "!=", False),
            ),
            "minutes": Figure(
                "complaint.minutes",
                minutes,
                "frozen_on",
                part=Domain("state", "=", "signed"),
            ),
        }

    @api.model
    def _define_measures(self, scope, within):
        """Measures, of cases and of the organisation, and their effects."""
        own = within | (Domain("case_id", "=", False) & scope.placed)
        own &= Domain("state", "!=", "dropped")
        is_open, is_done = Domain("state", "=", "open"), Domain("state", "=", "done")
        fails = Domain("effect", "=", "fails")

        def measures(*args, **kwargs):
            return Figure("complaint.action", *args, **kwargs)

        return {
            "measures": measures(own, "due_on", part=Domain("done_on", "!=", False)),
            "measures_open": measures(own & is_open),
            "measures_done": measures(own, "done_on"),
            "measures_late": measures(own & is_open, "due_on", is_standing=True),
            "effects": measures(
                own, "check_on", part=Domain("checked_on", "!=", False)
            ),
            "effects_late": measures(own & is_done, "check_on", is_standing=True),
            "effects_failed": measures(own & fails, "checked_on"),
        }

    @api.model
    def _define_learning(self, scope):
        """Patterns that were decided or wait, and lessons."""
        waiting = scope.placed & Domain("state", "=", "new")
        return {
            "patterns": Figure(
                "complaint.pattern",
                scope.placed,
                "decided_on",
                part=Domain("state", "=", "accepted"),
            ),
            "patterns_waiting": Figure("complaint.pattern", waiting),
            "lessons": Figure(
                "complaint.lesson", scope.placed, "released_on", is_open=True
            ),
        }

    @api.model
    def _compare_columns(self, left, operator, right):
        """A domain that holds one column of a row against another."""
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s %s %s",
                SQL.identifier(alias, left),
                SQL(operator),
                SQL.identifier(alias, right),
            ),
        )

    @api.model
    def _latest_minutes(self):
        """Minutes of which no newer version was begun."""
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """NOT EXISTS (SELECT FROM complaint_minutes later
                                WHERE later.meeting_id = %s AND later.version > %s)""",
                SQL.identifier(alias, "meeting_id"),
                SQL.identifier(alias, "version"),
            ),
        )

    # -- counting

    @api.model
    def _total(self, figure, scope):
        """The domain of all that a figure looks at in its period."""
        if not figure.day:
            return figure.domain
        day = figure.day
        if self.env[figure.model]._fields[day].type == "date":
            until, since = Domain(day, "<=", scope.last), Domain(day, ">=", scope.first)
        else:
            until, since = Domain(day, "<", scope.end), Domain(day, ">=", scope.start)
        return figure.domain & (until if figure.is_standing else until & since)

    @api.model
    def _count(self, scope, keys=None, by=None, only=None, as_reader=False):
        """Count figures, those of a model together: in one query, and with ``by`` in
        one more for each field that a row has several values of.

        :param keys: which ones; all without it
        :param by: a field of the case to part them by, or a tuple of them; rows of no
            case have a unit only
        :param only: what else the rows must be, by model
        :param as_reader: only what the user may read
        :return: by key ``(total, part)``, the part None where it only counts; with
            ``by`` a dict of these by its values, for each field where they are several
        """
        figures = self._chosen(scope, keys)
        names = by if isinstance(by, tuple) else (by,)
        found = {key: {name: {} for name in names} for key in figures}
        for model, asked in self._ask_together(figures, scope, only or {}).items():
            rows = self.env[model].sudo(not as_reader).with_context(active_test=False)
            for some in self._passes(names):
                self._count_pass(rows, asked, some, found)
        if isinstance(by, tuple):
            return found
        if by:
            return {key: parted[by] for key, parted in found.items()}
        none = {
            key: (0, None if figure.part is None else 0)
            for key, figure in figures.items()
        }
        return {key: one[None].get(None, none[key]) for key, one in found.items()}

    @api.model
    def _ask_together(self, figures, scope, only):
        """By model and key, the domain of all rows, and that of those it is about."""
        asked = {}
        for key, figure in figures.items():
            total = self._total(figure, scope) & only.get(figure.model, Domain.TRUE)
            asked.setdefault(figure.model, {})[key] = (total, figure.part)
        return asked

    @api.model
    def _chosen(self, scope, keys):
        figures = self._define(scope)
        return figures if keys is None else {key: figures[key] for key in keys}

    @api.model
    def _passes(self, names):
        """Which fields are counted by one query: one with several values by its own."""
        manifold = [name for name in names if name in MANIFOLD]
        plain = [name for name in names if name not in MANIFOLD]
        return [one for one in (plain, *([name] for name in manifold)) if one]

    @api.model
    def _count_pass(self, rows, asked, names, found):
        """Count all figures of a model by one query, and add them up by each field.

        :param asked: by key the domain of all rows, and that of those it is about
        :param names: fields of the case, or None alone
        :param found: by key and field, where the pairs are put by value
        """
        of_case = "case_id" in rows._fields
        specs = [
            f"case_id.{name}" if of_case and name != "unit_id" else name
            for name in names
            if name
        ]
        counted = self._group(rows, list(asked.values()), specs)
        columns = list(zip(*counted, strict=True))
        if not columns:
            return
        values = [
            rows._read_group_postprocess_groupby(spec, column)
            for spec, column in zip(specs, columns, strict=False)
        ] or [[None]]
        for at, key in enumerate(asked):
            totals, parts = columns[len(specs) + 2 * at :][:2]
            for name, column in zip(names, values, strict=True):
                self._add_up(found[key][name], zip(column, totals, parts, strict=True))

    @api.model
    def _add_up(self, pairs, counted):
        """Add what was counted to the pairs of its values."""
        for value, total, part in counted:
            if total:
                so_far = pairs.get(value, (0, 0))
                both = part if part is None else so_far[1] + part
                pairs[value] = (so_far[0] + total, both)

    @api.model
    def _group(self, rows, asked, specs):
        """By the values of fields, the total and the part of each figure that is asked.

        :return: list of tuples, the plain values first
        """
        query = rows._search(Domain.OR(total for total, _part in asked))
        if query.is_empty():
            return []
        groups = [rows._read_group_groupby(rows._table, one, query) for one in specs]
        query.groupby = SQL(", ").join(groups) if groups else None
        columns = []
        for total, part in asked:
            # Of one figure alone, the rows are those of its total.
            total = total if len(asked) > 1 else Domain.TRUE
            for domain in (total, None if part is None else total & part):
                columns.append(self._count_where(rows, domain, query))
        return self.env.execute_query(query.select(*groups, *columns))

    @api.model
    def _count_where(self, rows, domain, query):
        """How many of the rows of a query a domain is true of; NULL without one."""
        if domain is None:
            return SQL("NULL")
        condition = domain.optimize_full(rows)._to_sql(rows, rows._table, query)
        return SQL("COUNT(*) FILTER (WHERE %s)", condition)

    @api.model
    def _satisfaction(self, scope):
        """How people found the handling: the averages over all that may be shown.

        The answers hang on no case: what may be shown of them is shown to every reader
        (C-36, D-08, C-33).

        :return: dict with ``count`` and an average for each question; False where
            nothing may be shown
        """
        answers = self.env["complaint.satisfaction"].sudo()
        cells = answers._cells(scope.company, scope.first, scope.last)
        count = sum(cell["count"] for cell in cells)
        if not count:
            return False
        averages = {
            name: round(sum(cell[name] * cell["count"] for cell in cells) / count, 1)
            for name in QUESTIONS
        }
        return {"count": count, **averages}
