import re
from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from .complaint_listed import Content

# What is read of each case, for all of them at once.
READ = {
    "register": [
        *("reference", "drawn_number", "received_at", "policy_id", "anonymity"),
        *("kind", "category_ids", "heading"),
    ],
    "received": [
        *("reference", "drawn_number", "received_at", "policy_id", "unit_id"),
        *("kind", "category_ids", "outcome", "remedy"),
    ],
}
# Cases that are kept from a colleague. A complainant with an account of the own is
# barred from the handling, too, and knows the case all the same.
KEPT = (
    Domain("is_restricted", "=", True)
    | Domain("walled_user_ids", "!=", False)
    | Domain("barred_user_ids", "any", [("share", "=", False)])
)
# What a procedure calls the role.
COMMITTEES = ("committee", "social_committee")
# A shorter word of a name stands in too many texts.
SHORTEST = 3
WORD = re.compile(r"\w[\w'’-]*")
MASK = "[…]"


class ComplaintCaseList(models.TransientModel):
    """What stands in a list: the same however it is taken out.

    Read as its user, by a number of queries that no row adds to.
    """

    _inherit = "complaint.case.list"

    # -- of which cases

    def _unit(self):
        """The unit, where it is one of the organisation that is open."""
        unit = self.unit_id._origin
        return unit.filtered(lambda one: one.company_id == self.env.company)

    def _policy(self):
        """Whose days and language count: the unit's procedure, else the newest one."""
        own = self._unit().sudo().effective_policy_id
        policies = self.env["complaint.policy"].sudo()
        return own or policies.search(
            [("company_id", "=", self.env.company.id)], order="id desc", limit=1
        )

    def _committee(self):
        """The committee as a role that is held now, else as the procedure says."""
        policy = self._policy()
        if not policy:
            return False
        line = self._unit().sudo()._line()
        roles = self.env["complaint.role"]._held(
            self.env.company, line, policy._today()
        )
        role = roles.filtered(lambda one: one.kind == "committee")[:1]
        named = policy.with_context(lang=self.lang)._choices("role")
        named = named.filtered(lambda one: one.value in COMMITTEES)[:1]
        return role.name or role.user_id.name or named.name

    def _query(self):
        """The cases of the list that are kept from nobody, whoever reads them."""
        policy, unit = self._policy(), self._unit()
        cases = self.env["complaint.case"].sudo()
        if not policy or self._say_problem():
            return cases._search(Domain.FALSE)
        figures, days = self.env["complaint.figure"], (self.first, self.last)
        scope = (
            figures._of_unit(unit, policy, *days)
            if unit
            else figures._of_company(self.env.company, policy, *days)
        )
        domain = scope.cases & Domain("received_at", ">=", scope.start)
        domain &= Domain("received_at", "<", scope.end) & ~KEPT
        if self.sheet == "received":
            # What came in twice is one matter, as in every figure; a report of
            # wrongdoing is told of by nobody.
            domain &= Domain("is_repeat", "=", False)
            domain &= Domain("kind", "!=", "whistleblowing")
        return cases._search(domain)

    def _count(self, most=None):
        """How many rows the list has; counted no further than ``most``."""
        cases = self.env["complaint.case"]
        return cases.search_count([("id", "in", self._query())], limit=most)

    # -- what stands in it

    def _list_content(self):
        """The list in its language.

        :return: a ``Content``
        """
        one = self.with_context(lang=self.lang)
        domain = [("id", "in", self._query())]
        cases = one.env["complaint.case"].search_fetch(domain, READ[self.sheet])
        # By the day and the number that is drawn: the order tells no hour, and no id.
        days = {case: case._received_on() for case in cases}
        cases = cases.sorted(lambda case: (days[case], case._list_number()))
        kinds = one._labels("complaint.case", "kind")
        counted = [
            (label, len(some))
            for kind, label in kinds.items()
            if (some := cases.filtered(lambda case, kind=kind: case.kind == kind))
        ]
        make = one._make_register if self.sheet == "register" else one._make_received
        columns, rows = make(cases, days, kinds)
        return Content(columns, rows, counted)

    def _make_register(self, cases, days, _kinds):
        """Number, day, sender and matter (C-21, D-41)."""
        env = self.env
        columns = [
            env._("Registry number"),
            env._("Received on"),
            env._("Sender"),
            env._("Matter"),
        ]
        words = cases._register_words()
        rows = []
        for case in cases:
            sender, matter = words[case.id]
            # A heading is in our words, and is told where a matter is.
            told = matter and (case.heading or matter)
            rows.append([case._list_number(), days[case], sender, told])
        return columns, rows

    def _make_received(self, cases, days, kinds):
        """Number of them, character, measures and actions (C-23, D-42…D-44)."""
        env = self.env
        columns = [
            env._("No."),
            env._("Received on"),
            env._("Unit"),
            env._("Kind"),
            env._("Grounds"),
            env._("Measures and actions"),
            env._("Outcome"),
        ]
        outcomes = self._labels("complaint.case", "outcome")
        names, measures = self._persons(cases), self._measures(cases)
        rows = [
            [
                str(number),
                days[case],
                case.unit_id.display_name,
                kinds[case.kind],
                ", ".join(case.category_ids.mapped("display_name")),
                "\n".join(
                    self._mask(text, names[case])
                    for text in (case.remedy, *measures[case])
                    if text
                ),
                outcomes.get(case.outcome, ""),
            ]
            for number, case in enumerate(cases, start=1)
        ]
        return columns, rows

    @api.model
    def _persons(self, cases):
        """The names of whom the user may know, in a list for each case."""
        parties = self.env["complaint.party"].search(
            [("case_id", "in", cases.ids), ("is_protected", "=", False)]
        )
        names = defaultdict(list)
        for party in parties:
            if party.name:
                names[party.case_id].append(party.name)
        return names

    @api.model
    def _measures(self, cases):
        """What is done about each case: its kind, how far it is, and our words."""
        measures = self.env["complaint.action"].search_fetch(
            [("case_id", "in", cases.ids)],
            ["case_id", "kind", "state", "name", "result", "done_on"],
        )
        kinds = self._labels("complaint.action", "kind")
        states = self._labels("complaint.action", "state")
        lines = defaultdict(list)
        for one in measures.sorted("id"):
            said = one.result if one.state in ("done", "checked") else one.name
            line = f"{kinds[one.kind]} ({states[one.state].lower()})"
            lines[one.case_id].append(f"{line}: {said or one.name}" if said else line)
        return lines

    @api.model
    def _mask(self, text, names):
        """A text of ours without the names of the persons of its case."""
        words = {
            word
            for name in names
            for word in WORD.findall(name)
            if len(word) >= SHORTEST
        }
        if not words:
            return text
        known = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        return re.sub(rf"\b(?:{known})(?:s|'s|’s)?\b", MASK, text)
