from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.models import BaseModel

DUTIES = ("acknowledge", "inform_staff", "update", "reply", "close")
READING = ("group_manager", "group_procedure", "group_auditor")


class Counted(NamedTuple):
    """The rows behind a figure."""

    # All that are looked at.
    total: BaseModel
    # Those among them that the figure is about; None where it only counts.
    part: BaseModel | None = None
    # Whether everybody reads these rows anyway.
    is_open: bool = False

    def cells(self, rows):
        """Rows of the figure, parted as the figure parts them."""
        return [rows] if self.part is None else [rows & self.part, rows - self.part]


class ComplaintReviewFigure(models.Model):
    """How figures are counted, so that nobody learns of a hidden case by subtraction.

    What is hidden from anybody counts only where, for each person, what of it is hidden
    from that person is nothing, or as many as answers about the handling are shown
    from. Else the figure is that of the others, which tells the same as if there were
    no hidden ones. Whoever could count all but a few of what is left is not shown it.
    """

    _inherit = "complaint.review.figure"

    @api.model
    def _count_all(self, policy, first, last):
        """The figures of a procedure for a time, by their keys.

        :param policy: any version of it, as superuser
        :param first: first local day
        :param last: last local day
        :return: dict from the key to ``numbers`` and ``withheld_user_ids``
        """
        least = self.env["complaint.satisfaction"]._least(policy.company_id)
        readers = self._review_readers(policy.company_id)
        figures = self._rows(policy, first, last)
        seen = self._seen_by(readers, figures.values())
        found = {"satisfaction": self._count_satisfaction(policy, first, last)}
        for key, counted in figures.items():
            found[key] = self._publish_figure(counted, seen, least)
        return found

    @api.model
    def _review_readers(self, company):
        """Who reads the reviews of an organisation."""
        groups = [self.env.ref(f"klagebehandling.{name}") for name in READING]
        users = self.env["res.users"].union(*(one.all_user_ids for one in groups))
        return users.filtered(lambda user: user.active and company in user.company_ids)

    # -- what is counted

    @api.model
    def _rows(self, policy, first, last):
        """The rows behind each figure: all but how people found the handling."""
        within = Domain("case_id.policy_id.code", "=", policy.code)
        within &= Domain("case_id.company_id", "=", policy.company_id.id)
        start = policy._day_start(first)
        end = policy._day_start(last + timedelta(days=1))
        figures = {
            "received": Counted(
                self.env["complaint.case"].search(
                    Domain("policy_id.code", "=", policy.code)
                    & Domain("company_id", "=", policy.company_id.id)
                    & self._between("received_at", start, end)
                )
            )
        }
        figures |= self._duty_rows(within, first, last)
        figures |= self._letter_rows(within, start, end)
        figures |= self._onward_rows(within, first, last)
        figures |= self._learning_rows(policy, within, first, last)
        return figures

    @api.model
    def _between(self, name, start, end):
        return Domain(name, ">=", start) & Domain(name, "<", end)

    @api.model
    def _within_days(self, name, first, last):
        return Domain(name, ">=", first) & Domain(name, "<=", last)

    @api.model
    def _duty_rows(self, within, first, last):
        """On time of each duty, and how many promises were moved."""
        duties = self.env["complaint.deadline"].search(
            within & self._within_days("due_on", first, last)
        )
        figures = {"moved": Counted(duties.filtered(lambda d: d.state == "extended"))}
        for milestone in DUTIES:
            settled = duties.filtered(
                lambda duty, milestone=milestone: (
                    duty.milestone == milestone
                    and (duty.state == "met" or duty.is_overdue)
                )
            )
            in_time = settled.filtered(
                lambda duty: duty.state == "met" and duty.met_on < duty.due_at
            )
            figures[milestone] = Counted(settled, in_time)
        return figures

    @api.model
    def _letter_rows(self, within, start, end):
        sent = Domain("direction", "=", "out") & Domain("state", "=", "sent")
        letters = self.env["complaint.correspondence"].search(
            within
            & sent
            & Domain("purpose", "=", "update")
            & self._between("sent_at", start, end)
        )
        return {"updates_sent": Counted(letters)}

    @api.model
    def _onward_rows(self, within, first, last):
        """What went onward, reports with own attachment, minutes that were signed."""
        referrals = self.env["complaint.referral"].search(
            within & self._within_days("opened_on", first, last)
        )
        onward = referrals.filtered(lambda one: one.kind not in ("report", "appeal"))
        reports = referrals.filtered(
            lambda one: one.kind == "report" and one.has_own_attachment
        )
        minutes = self.env["complaint.minutes"].search(
            within
            & self._within_days("frozen_on", first, last)
            & Domain("state", "!=", "draft")
        )
        minutes = minutes.filtered("is_latest")
        return {
            "onward": Counted(onward),
            "own_attachment": Counted(reports, reports.filtered("sent_on")),
            "minutes": Counted(
                minutes, minutes.filtered(lambda m: m.state == "signed")
            ),
        }

    @api.model
    def _learning_rows(self, policy, within, first, last):
        """Measures, their effects, patterns, and lessons."""
        own = Domain("company_id", "=", policy.company_id.id)
        units = self.env["complaint.unit"].with_context(active_test=False).search(own)
        units = units.filtered(lambda one: one.effective_policy_id.code == policy.code)
        placed = own & Domain("unit_id", "in", units.ids)
        ours = within | (Domain("case_id", "=", False) & placed)
        actions = self.env["complaint.action"].search(
            ours & Domain("state", "!=", "dropped")
        )
        due = actions.filtered(lambda one: first <= one.due_on <= last)
        checks = actions.filtered(
            lambda one: one.check_on and first <= one.check_on <= last
        )
        patterns = self.env["complaint.pattern"].search(
            placed & self._within_days("decided_on", first, last)
        )
        lessons = self.env["complaint.lesson"].search(
            placed & self._within_days("released_on", first, last)
        )
        return {
            "measures": Counted(due, due.filtered("done_on")),
            "effects": Counted(checks, checks.filtered("checked_on")),
            "patterns": Counted(
                patterns, patterns.filtered(lambda one: one.state == "accepted")
            ),
            "lessons": Counted(lessons, is_open=True),
        }

    @api.model
    def _count_satisfaction(self, policy, first, last):
        """The average over all that may be shown (C-36, D-08, C-33).

        The answers hang on no case: what may be shown of them is shown to every reader.
        """
        cells = self.env["complaint.satisfaction"]._cells(
            policy.company_id, first, last
        )
        count = sum(cell["count"] for cell in cells)
        if not count:
            return {"numbers": False}
        names = ("was_heard", "was_clear", "was_fair")
        return {
            "numbers": {
                "count": count,
                **{
                    name: round(
                        sum(cell[name] * cell["count"] for cell in cells) / count, 1
                    )
                    for name in names
                },
            }
        }

    # -- who could tell what from it

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
    def _publish_figure(self, counted, seen, least):
        """What of a figure is kept, and from whom it is held back."""
        rows, name = counted.total, counted.total._name
        hidden = self._hidden_rows(rows)
        plain = rows - hidden
        if hidden and self._can_be_told(counted, hidden, seen, least):
            hidden = hidden.browse()
        shown = rows - hidden
        if not counted.is_open and 0 < len(plain) < least:
            return {"numbers": False}
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
            "withheld_user_ids": [Command.set(withheld)],
        }

    @api.model
    def _can_be_told(self, counted, hidden, seen, least):
        """Whether, for each person, what is hidden from them is nothing or enough.

        Asked of each cell of the figure, and also of whoever stands behind a wall and
        may come to read reviews.
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
    def _hidden_rows(self, rows):
        """Those of some rows that are hidden from anybody for what they are of."""
        return rows.filtered(
            lambda row: (
                ("is_independent" in row._fields and row.is_independent)
                or any(
                    case.is_restricted or case._kept_out()
                    for case in self._cases_behind(row)
                )
            )
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
