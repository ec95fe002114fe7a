from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .complaint_proposal import HIDDEN

OPEN = ~HIDDEN


class ComplaintSelfcheckFigures(models.AbstractModel):
    """Counts a quarter, without any case that is hidden from anybody.

    Everybody who reads the figures may so read all that is counted in them: nobody
    learns of a case by holding them against the own list. A figure is what it would be
    if the hidden cases were not there.
    """

    _name = "complaint.selfcheck.figures"
    _description = "Figures of a quarter"

    @api.model
    def _count(self, unit, policy, first_on, last_on):
        """The figures of a topmost unit and all below it, as the superuser.

        :param first_on: first local day
        :param last_on: last local day
        :return: dict of values for a self-check
        """
        start = policy._day_start(first_on)
        end = policy._day_start(last_on + timedelta(days=1))
        below = Domain("unit_id", "child_of", unit.id)
        cases = self.env["complaint.case"].sudo()
        deadlines = self.env["complaint.deadline"].sudo()
        measures = self.env["complaint.action"].sudo()
        own = self._measures(unit)
        within = self._within

        return {
            "received_count": cases.search_count(
                below
                & OPEN
                & within("received_at", start, end)
                & Domain("is_repeat", "=", False)
            ),
            "closed_count": cases.search_count(
                below
                & OPEN
                & within("closed_at", start, end)
                & Domain("is_repeat", "=", False)
            ),
            "late_count": deadlines.search_count(
                within("late_at", start, end) & Domain("case_id", "any", below & OPEN)
            ),
            "pattern_count": self._patterns(below),
            "measure_done_count": measures.search_count(
                own
                & Domain("done_on", ">=", first_on)
                & Domain("done_on", "<=", last_on)
            ),
            "measure_late_count": measures.search_count(
                own & Domain("state", "=", "open") & Domain("due_on", "<=", last_on)
            ),
            "effect_late_count": measures.search_count(
                own & Domain("state", "=", "done") & Domain("check_on", "<=", last_on)
            ),
            "effect_fails_count": measures.search_count(
                own
                & Domain("effect", "=", "fails")
                & Domain("checked_on", ">=", first_on)
                & Domain("checked_on", "<=", last_on)
            ),
        }

    @api.model
    def _within(self, name, start, end):
        return Domain(name, ">=", start) & Domain(name, "<", end)

    @api.model
    def _measures(self, unit):
        """The measures below a unit that hang on no hidden case."""
        return (
            Domain("company_id", "=", unit.company_id.id)
            & (Domain("unit_id", "child_of", unit.id) | Domain("unit_id", "=", False))
            & Domain("is_independent", "=", False)
            & (Domain("case_id", "=", False) | Domain("case_id", "any", OPEN))
            & ~Domain("issue_id.case_ids", "any", HIDDEN)
        )

    @api.model
    def _patterns(self, below):
        """How many patterns wait, each once, whoever received it.

        One counts as far as its open cases make it: those that are hidden from somebody
        neither make a pattern here nor take one away.
        """
        patterns = (
            self.env["complaint.pattern"]
            .sudo()
            .search(
                below
                & Domain("state", "=", "new")
                & Domain("is_independent", "=", False)
            )
        )
        found = set()
        for pattern in patterns:
            open_cases = pattern.case_ids.filtered_domain(OPEN)
            least = pattern.unit_id.effective_policy_id.pattern_count
            if pattern.rule == "recurrence":
                origin = pattern.action_id._all_cases()
                least = 1 if not origin.filtered_domain(HIDDEN) else len(open_cases) + 1
            if len(open_cases) >= least:
                found.add(
                    (
                        pattern.rule,
                        pattern.unit_id,
                        pattern.category_id,
                        pattern.action_id,
                    )
                )
        return len(found)
