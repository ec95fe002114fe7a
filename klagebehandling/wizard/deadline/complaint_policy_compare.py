from odoo import Command, api, fields, models
from odoo.fields import Domain

from ...models.case.complaint_case import OPEN_STATES

LIMIT = 2000


class ComplaintPolicyCompare(models.TransientModel):
    """Dry run of a version: which dates open cases would get, changing none (M63)."""

    _name = "complaint.policy.compare"
    _inherit = ["complaint.dialog"]
    _description = "Dry run of a procedure"

    policy_id = fields.Many2one("complaint.policy", required=True, readonly=True)
    line_ids = fields.One2many(
        "complaint.policy.compare.line", "compare_id", readonly=True
    )
    case_count = fields.Integer(readonly=True)
    changed_count = fields.Integer(readonly=True)

    @api.model
    def _run(self, policy):
        """Compare for the open cases that the user may see.

        :param policy: the version to try, usually a draft
        :return: the dry run, with one line for each date that would differ
        """
        policy.ensure_one()
        policy.check_access("read")
        cases = self.env["complaint.case"].search(self._domain(policy), limit=LIMIT)
        if cases:
            days = [policy._local(case.received_at).date() for case in cases]
            last = max(term._horizon(max(days)) for term in policy.term_ids)
            policy.sudo()._ensure_calendar(min(days), last)
        lines = [line for case in cases for line in self._compare(policy, case)]
        return self.create(
            {
                "policy_id": policy.id,
                "line_ids": [Command.create(line) for line in lines],
                "case_count": len(cases),
                "changed_count": len({line["case_id"] for line in lines}),
            }
        )

    @api.model
    def _domain(self, policy):
        domain = Domain("state", "in", OPEN_STATES)
        domain &= Domain("policy_id.code", "=", policy.code)
        if policy.company_id:
            domain &= Domain("company_id", "=", policy.company_id.id)
        return domain

    @api.model
    def _compare(self, policy, case):
        """One dict for each duty whose date would be another one, or none."""
        rows = self.env["complaint.deadline"]._prepare(
            policy, case._facts(), case.received_at
        )
        new = {row["milestone"]: row["due_on"] for row in rows}
        first = case.deadline_ids.filtered(
            lambda row: not row.extends_id and row.term_id and row.state != "waived"
        )
        old = {
            row.milestone: row.due_on for row in first.sorted("due_on", reverse=True)
        }
        for milestone in sorted({*new, *old}):
            if new.get(milestone) != old.get(milestone):
                yield {
                    "case_id": case.id,
                    "milestone": milestone,
                    "old_due_on": old.get(milestone, False),
                    "new_due_on": new.get(milestone, False),
                }
