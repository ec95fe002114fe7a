from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.models import BaseModel

# Cases of which no figure and no word goes to who may not read them.
HIDDEN = (
    Domain("is_restricted", "=", True)
    | Domain("walled_user_ids", "!=", False)
    | Domain("barred_user_ids", "!=", False)
)


class Counted(NamedTuple):
    """The rows behind a figure, and those among them that it is about."""

    total: BaseModel
    part: BaseModel | None
    is_open: bool

    def cells(self, rows):
        """Rows of the figure, parted as the figure parts them."""
        return [rows] if self.part is None else [rows & self.part, rows - self.part]


class ComplaintFigure(models.AbstractModel):
    """The three ways in which figures tell nobody of a hidden case.

    As the reader: of the rows that the reader may see, and stored nowhere.
    Left out: a figure is what it would be if the hidden cases were not there, for all.
    Withheld: what is hidden from anybody counts only where, for each person, what of it
    is hidden from that person is nothing or enough; whoever could count all but a few
    of what is left is not shown it.
    """

    _inherit = "complaint.figure"

    @api.model
    def _hidden_cases(self):
        """Hook: the domain of the cases that no figure tells whom it could help."""
        return HIDDEN

    @api.model
    def _hidden(self, model):
        """The domain of the rows of a model that are hidden from anybody."""
        cases = self._hidden_cases()
        if model == "complaint.case":
            return cases
        names = self.env[model]._fields
        hidden = Domain.FALSE
        if "is_independent" in names:
            hidden |= Domain("is_independent", "=", True)
        for name in ("case_id", "case_ids"):
            if name in names:
                hidden |= Domain(name, "any", cases)
        if "issue_id" in names:
            hidden |= Domain("issue_id.case_ids", "any", cases)
        return hidden

    # -- as the reader

    @api.model
    def _count_seen(self, scope, keys, by=None):
        """Count figures over what the user may read; as ``_count`` else.

        Figures of rows that the user has no right to at all are not among them.
        """
        shown = [
            key
            for key, figure in self._chosen(scope, keys).items()
            if self.env[figure.model].sudo(False).has_access("read")
        ]
        return self._count(scope, shown, by=by, as_reader=True)

    # -- left out

    @api.model
    def _count_open(self, scope, keys, by=None):
        """Count figures as if the hidden cases were not there; as ``_count`` else."""
        models_ = {figure.model for figure in self._chosen(scope, keys).values()}
        only = {name: ~self._hidden(name) for name in models_}
        found = self._count(scope, keys, by=by, only=only)
        if "patterns_waiting" in found and not by:
            found["patterns_waiting"] = (self._count_waiting(scope), None)
        return found

    @api.model
    def _count_waiting(self, scope):
        """How many patterns wait, each once, whoever received it.

        One counts as far as its open cases make it: those that are hidden from somebody
        neither make a pattern here nor take one away.
        """
        figure = self._define(scope)["patterns_waiting"]
        patterns = self.env[figure.model].sudo()
        patterns = patterns.search(
            self._total(figure, scope) & Domain("is_independent", "=", False)
        )
        hidden, found = self._hidden_cases(), set()
        for pattern in patterns:
            open_cases = pattern.case_ids.filtered_domain(~hidden)
            least = pattern.unit_id.effective_policy_id.pattern_count
            if pattern.rule == "recurrence":
                origin = pattern.action_id._all_cases()
                least = 1 if not origin.filtered_domain(hidden) else len(open_cases) + 1
            if len(open_cases) >= least:
                unit, ground = pattern.unit_id, pattern.category_id
                found.add((pattern.rule, unit, ground, pattern.action_id))
        return len(found)

    # -- withheld

    @api.model
    def _publish(self, scope, keys, readers, least):
        """Count figures for readers, some of which may be withheld from some of them.

        :param readers: the users who may come to see the figures
        :param least: as many hidden rows as may be told of together
        :return: by key a dict with ``numbers``, a dict with ``total`` and ``part`` or
            False where they are shown to nobody, and ``withheld``, the users from whom
            they are held back
        """
        figures = {
            key: self._rows(figure, scope)
            for key, figure in self._chosen(scope, keys).items()
        }
        seen = self._seen_by(readers, figures.values())
        return {
            key: self._publish_one(counted, seen, least)
            for key, counted in figures.items()
        }

    @api.model
    def _rows(self, figure, scope):
        rows = self.env[figure.model].sudo().with_context(active_test=False)
        rows = rows.search(self._total(figure, scope))
        part = figure.part
        if part is not None:
            part = rows.search(Domain("id", "in", rows.ids) & part)
        return Counted(rows, part, figure.is_open)

    @api.model
    def _seen_by(self, readers, figures):
        """By reader, the rows behind the figures that the reader can count."""
        rows = {}
        for counted in figures:
            known = rows.get(counted.total._name, counted.total.browse())
            rows[counted.total._name] = known | counted.total
        seen = defaultdict(dict)
        for user in readers:
            context = {"allowed_company_ids": user.company_ids.ids}
            for name, all_rows in rows.items():
                model = self.env[name].with_user(user).with_context(**context)
                found = set()
                if all_rows and model.has_access("read"):
                    found = set(model.search([("id", "in", all_rows.ids)])._ids)
                seen[user][name] = found
        return seen

    @api.model
    def _publish_one(self, counted, seen, least):
        rows, name = counted.total, counted.total._name
        hidden = rows.search(Domain("id", "in", rows.ids) & self._hidden(name))
        plain = rows - hidden
        if hidden and self._can_be_told(counted, hidden, seen, least):
            hidden = hidden.browse()
        shown = rows - hidden
        if not counted.is_open and 0 < len(plain) < least:
            return {"numbers": False, "withheld": self.env["res.users"]}
        few = range(1, least)
        withheld = [
            user.id
            for user, known in seen.items()
            if sum(id_ not in known[name] for id_ in plain.ids) in few
            or len(shown) - sum(id_ in known[name] for id_ in rows.ids) in few
        ]
        part = None if counted.part is None else len(shown & counted.part)
        return {
            "numbers": {"total": len(shown), "part": part},
            "withheld": self.env["res.users"].browse(withheld),
        }

    @api.model
    def _can_be_told(self, counted, hidden, seen, least):
        """Whether, for each person, what is hidden from them is nothing or enough.

        Asked of each cell of the figure, and also of whoever stands behind a wall and
        may come to read the figures.
        """
        name = hidden._name
        unseen = [
            hidden.filtered(lambda row, known=known: row.id not in known[name])
            for known in seen.values()
        ]
        cases = {row: self._cases_behind(row) for row in hidden}
        kept_out = (case._kept_out() for behind in cases.values() for case in behind)
        for user in self.env["res.users"].union(*kept_out):
            unseen.append(
                hidden.filtered(
                    lambda row, user=user: any(
                        case.is_restricted or user in case._kept_out()
                        for case in cases[row]
                    )
                )
            )
        return all(
            not cell or len(cell) >= least
            for rows in unseen
            for cell in counted.cells(rows)
        )

    @api.model
    def _cases_behind(self, row):
        """The cases that a row is of, or comes of."""
        if row._name == "complaint.case":
            return row
        if row._name == "complaint.action":
            return row._all_cases()
        name = "case_ids" if "case_ids" in row._fields else "case_id"
        return row[name] if name in row._fields else row.env["complaint.case"]
