from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

# So many years can be chosen, this one and those before it.
YEARS = 10


class ComplaintStatistics(models.TransientModel):
    """The figures of a year beside those of the year before (C-35, E-60, E-64).

    All of it is counted as its reader, who sees the same cases in the lists, and is
    stored nowhere. What a figure counts is said by ``complaint.figure``; the second
    file counts the parts of the page.
    """

    _name = "complaint.statistics"
    _inherit = ["complaint.dialog"]
    _description = "Statistics"

    year = fields.Selection(
        "_get_years", required=True, default=lambda self: self._get_years()[0][0]
    )
    procedure = fields.Selection("_get_procedures", help="All of them without one.")
    unit_id = fields.Many2one(
        "complaint.unit",
        domain=lambda self: [("company_id", "=", self.env.company.id)],
        ondelete="cascade",
        help="With all units below it.",
    )
    content = fields.Html(string="Figures", compute="_compute_content", sanitize=False)

    @api.model
    def _get_years(self):
        this_year = fields.Date.context_today(self).year
        return [(str(this_year - ago), str(this_year - ago)) for ago in range(YEARS)]

    @api.model
    def _get_procedures(self):
        names = {one.code: one.name for one in self._policies().sorted("id")}
        return sorted(names.items(), key=lambda pair: pair[1])

    @api.model
    def _policies(self):
        """The procedures of the organisation, in all their versions."""
        policies = self.env["complaint.policy"].sudo()
        return policies.search([("company_id", "=", self.env.company.id)])

    @api.depends("year", "procedure", "unit_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_content(self):
        for page in self:
            values = page._lay_out()
            page.content = self.env["ir.qweb"]._render(
                "klagebehandling_reports.statistics", values
            )

    # -- of what

    def _scopes(self):
        """Of which cases and days the figures are: the year, and the one before it.

        :return: two scopes of ``complaint.figure``; none without any procedure
        """
        policy = self._policy()
        year = int(self.year or self._get_years()[0][0])
        return [self._scope(policy, one) for one in (year, year - 1)] if policy else []

    def _scope(self, policy, year):
        figures = self.env["complaint.figure"]
        first, last = date(year, 1, 1), date(year, 12, 31)
        unit = self._unit()
        if unit:
            return figures._of_unit(unit, policy, first, last)
        if self.procedure:
            return figures._of_procedure(policy, first, last)
        return figures._of_company(self.env.company, policy, first, last)

    def _policy(self):
        """The procedure that is meant, or whose days count: its newest version."""
        policies = self._policies().sorted("id")
        code = self._unit().sudo().effective_policy_id.code or self.procedure
        own = policies.filtered(lambda one: one.code == code)
        return (own or policies)[-1:]

    def _unit(self):
        """The unit, where it is one of the organisation that is open."""
        unit = self.unit_id._origin
        return unit.filtered(lambda one: one.company_id == self.env.company)

    def _domain_of_cases(self):
        """The cases that are meant, in words that the web client can send back."""
        unit = self._unit()
        if unit:
            return Domain("case_id.unit_id", "child_of", unit.id)
        company = Domain("company_id", "=", self.env.company.id)
        if self.procedure:
            return company & Domain("case_id.policy_id.code", "=", self.procedure)
        return company

    # -- acts

    def action_open_promises(self):
        """Open the list of promises that were moved or waived, each with its reason."""
        scopes = self._check_and_scope()
        return self._open(
            "klagebehandling_reports.complaint_deadline_action_promises",
            self._domain_of_cases()
            & Domain("state", "in", ("extended", "waived"))
            & Domain("due_on", ">=", scopes[0].first)
            & Domain("due_on", "<=", scopes[0].last)
            if scopes
            else Domain.FALSE,
        )

    def action_open_facts(self):
        """Open the cases of the year as a pivot."""
        scopes = self._check_and_scope()
        return self._open(
            "klagebehandling_reports.complaint_case_report_action",
            self._domain_of_cases()
            & Domain("received_on", ">=", scopes[0].first)
            & Domain("received_on", "<=", scopes[0].last)
            if scopes
            else Domain.FALSE,
        )

    def action_open_measures(self):
        """Open the measures that are still to be done."""
        self._check_and_scope()
        unit = self._unit()
        domain = Domain("state", "=", "open")
        domain &= Domain("company_id", "=", self.env.company.id)
        if unit:
            domain &= Domain("unit_id", "child_of", unit.id) | Domain(
                "case_id.unit_id", "child_of", unit.id
            )
        return self._open("klagebehandling.complaint_action_action", domain)

    def _check_and_scope(self):
        self.ensure_one()
        self.check_access("read")
        return self._scopes()

    def _open(self, name, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        return {**action, "domain": list(domain), "context": {}}
