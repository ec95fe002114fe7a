from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...vocabulary import KINDS, OUTCOMES

COVERS = [("case", "Cases"), ("request", "Requests for documents and own data")]
# What was disposed of by it stays what it was.
GROUNDS = {
    *("policy_id", "covers", "kind", "outcome", "is_preserved", "years", "basis"),
    *("decision_number", "decision_on", "decision_body"),
}


class ComplaintRetentionRule(models.Model):
    """How long cases of a procedure are kept, and on which decision they go (C-25).

    The rule that names most binds: kind and outcome, then kind, then outcome. It holds
    for all versions of the procedure. A public body disposes of nothing without a
    decision with number, date and body; until the rule names one, its cases are kept,
    and no wider rule takes its place.
    """

    _name = "complaint.retention.rule"
    _inherit = ["complaint.recorded", "complaint.owned"]
    _description = "Retention rule"
    _order = "policy_code, kind, outcome, id"
    _belongs_by = "policy_id"

    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '!=', False), ('state', '=', 'in_force')]",
        help="In all its versions.",
    )
    policy_code = fields.Char(related="policy_id.code", store=True)
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    covers = fields.Selection(
        COVERS, string="What it is about", required=True, default="case"
    )
    kind = fields.Selection(KINDS, help="Only for this kind; for all without one.")
    outcome = fields.Selection(
        OUTCOMES, help="Only for this outcome; for all without one."
    )
    is_preserved = fields.Boolean(
        string="Kept for ever", help="These cases are never disposed of."
    )
    years = fields.Integer(
        string="Kept for, years",
        default=5,
        help="Of a case from the day on which it ended, or on which something last "
        "came in; of a request from the answer, or the decision on it.",
    )
    basis = fields.Char(
        string="Legal basis", required=True, help="Law, regulation or plan, with place."
    )
    decision_number = fields.Char(string="Number of the disposal decision")
    decision_on = fields.Date(string="Date of the decision")
    decision_body = fields.Char(string="Decided by", help="The body that decided.")
    lacks = fields.Char(
        string="What is missing",
        compute="_compute_lacks",
        help="Nothing is disposed of under a rule that lacks something.",
    )
    disposal_ids = fields.One2many("complaint.disposal", "rule_id")
    request_ids = fields.One2many("complaint.access.request", "rule_id")
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex(
        "(company_id, policy_code, covers, COALESCE(kind, ''), COALESCE(outcome, '')) "
        "WHERE active",
        "There is a rule for this already. Archive it, then make the new one.",
    )
    _years_positive = models.Constraint(
        "CHECK (is_preserved IS TRUE OR years > 0)",
        "Say for how many years, or that it is kept for ever.",
    )

    _request_kind = models.Constraint(
        "CHECK (covers = 'case' OR kind IS NULL AND outcome IS NULL)",
        "Kind and outcome are a case's. A rule for requests is for all of them.",
    )

    @api.depends("policy_id", "covers", "kind", "outcome", "years", "is_preserved")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("covers", "kind", "outcome")
        }
        for rule in self:
            parts = [rule.policy_id.name]
            named = [name for name in labels if rule[name] not in (False, "case")]
            parts += [labels[name][rule[name]] for name in named]
            term = self.env._("%(number)s years", number=rule.years)
            parts.append(self.env._("kept for ever") if rule.is_preserved else term)
            rule.display_name = ", ".join(filter(None, parts))

    @api.depends(
        *("is_preserved", "basis", "policy_id.is_public_body", "decision_number"),
        *("decision_on", "decision_body"),
    )
    @api.depends_context("lang")
    def _compute_lacks(self):
        names = ("decision_number", "decision_on", "decision_body")
        for rule in self:
            missing = [
                rule._fields[name]._description_string(self.env)
                for name in names
                if not rule[name]
            ]
            is_needed = rule.policy_id.is_public_body and not rule.is_preserved
            rule.lacks = is_needed and ", ".join(missing) or False

    def write(self, vals):
        policies = self.env["complaint.policy"].sudo().browse(vals.get("policy_id"))
        if policies.company_id - self.company_id:
            raise UserError(self.env._("A rule stays with its organisation."))
        changed = any(
            GROUNDS & {name for name in vals if rule._differs(name, vals[name])}
            for rule in self
        )
        used = self.sudo()
        if changed and (used.disposal_ids.filtered("approved_on") or used.request_ids):
            raise UserError(
                self.env._(
                    "Something was disposed of by this rule, so it stays as it is. "
                    "Archive it, and make a new one."
                )
            )
        return super().write(vals)

    def _differs(self, name, value):
        field = self._fields[name]
        new = field.convert_to_cache(value, self, validate=False)
        return field.convert_to_cache(self[name], self, validate=False) != new

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if self.sudo().disposal_ids or self.sudo().request_ids:
            raise UserError(self.env._("Archive the rule. It has been used."))

    def _is_decided_on(self, day):
        """Whether anything may go by it on a day."""
        return not self.lacks and (not self.decision_on or self.decision_on <= day)

    def _say_decision(self):
        """The decision in one line, as the journal keeps it; empty without one."""
        day = self.decision_on and format_date(self.env, self.decision_on)
        return ", ".join(filter(None, (self.decision_number, day, self.decision_body)))
