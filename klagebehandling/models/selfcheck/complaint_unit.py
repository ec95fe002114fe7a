from itertools import takewhile

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ...roles import AUDITOR

SHOWN = f"klagebehandling.group_manager,{AUDITOR}"
MONTHS = 12


class ComplaintUnit(models.Model):
    """Adds how a unit uses the system, counted over what the reader may read (E-09).

    Nothing of it is stored, and nothing is counted past the rights: a case that is
    hidden from somebody changes no figure that this person sees.
    """

    _inherit = "complaint.unit"

    is_use_shown = fields.Boolean(
        compute="_compute_is_use_shown", search="_search_is_use_shown"
    )
    received_count = fields.Integer(
        string="Received",
        compute="_compute_use",
        groups=SHOWN,
        help="In the last twelve months; of the unit itself, as far as you may see.",
    )
    registrar_count = fields.Integer(
        string="Registered by, people",
        compute="_compute_use",
        groups=SHOWN,
        help="How many different colleagues have registered some of them.",
    )
    last_received_on = fields.Date(
        string="Last received", compute="_compute_use", groups=SHOWN
    )
    is_unused = fields.Boolean(
        string="Nothing for long",
        compute="_compute_use",
        groups=SHOWN,
        help="Nothing has come in for as many months as the procedure says.",
    )

    @api.depends_context("uid")
    @api.depends("line_manager_ids")
    def _compute_is_use_shown(self):
        shown = self.sudo().filtered_domain(self._domain_use_shown())
        for unit in self:
            unit.is_use_shown = unit.sudo() in shown

    def _search_is_use_shown(self, operator, value):
        if operator != "in":
            return NotImplemented
        shown = self._domain_use_shown()
        return shown if True in value else ~shown

    @api.model
    def _domain_use_shown(self):
        """The units whose figures the user reads: those led, for auditors all."""
        if self.env.user.has_group(AUDITOR):
            return Domain.TRUE
        return Domain("line_manager_ids", "in", [self.env.uid])

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_use(self):
        """Two queries for all units, as the reader: never past the rights."""
        cases = self.env["complaint.case"].sudo(False)
        now, shown = fields.Datetime.now(), self.filtered("is_use_shown")
        of_units = [("unit_id", "in", shown.ids)]
        recent = [("received_at", ">=", now - relativedelta(months=MONTHS))]
        by_person = cases._read_group(
            [*of_units, *recent], ["unit_id", "create_uid"], ["__count"]
        )
        last = dict(cases._read_group(of_units, ["unit_id"], ["received_at:max"]))
        colleagues = {
            user.id
            for _unit, user, _count in by_person
            if user.id != SUPERUSER_ID and not user.sudo().share
        }
        for unit in self:
            rows = [row for row in by_person if row[0].id == unit.id]
            policy = unit.sudo().effective_policy_id
            received_at = last.get(unit, False)
            unit.received_count = sum(row[2] for row in rows)
            unit.registrar_count = len({row[1].id for row in rows} & colleagues)
            unit.last_received_on = (
                received_at and policy and policy._local(received_at).date()
            )
            months = policy.unused_months
            since = now - relativedelta(months=months)
            unit.is_unused = bool(
                months and unit in shown and (not received_at or received_at < since)
            )

    def _procedure_line(self):
        """The unit and those above it that follow the same procedure, nearest first.

        The last one is where the procedure begins: whoever leads it is its head.
        """
        code = self.sudo().effective_policy_id.code
        line = list(self.sudo()._line())
        same = takewhile(lambda one: one.effective_policy_id.code == code, line)
        return self.sudo().union(*same)

    def _heads_first(self):
        """The line, the head of the procedure first, then up, and at last down.

        Who stands above the head comes before who is led by the head.
        """
        own = self._procedure_line()
        above = self.sudo()._line() - own
        return [*own[-1:], *above, *reversed(own[:-1])]

    def _policy_today(self):
        """The version in force today of the procedure of the unit, as superuser."""
        policy = self.sudo().effective_policy_id
        if not policy:
            return policy
        versions = policy._versions(policy.code, self.company_id)
        return versions._in_force_on(policy._today()) or policy
