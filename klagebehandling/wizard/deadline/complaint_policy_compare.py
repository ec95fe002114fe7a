from odoo import Command, api, fields, models
from odoo.fields import Domain

from ...models.case.complaint_case import OPEN_STATES

LIMIT = 2000


class ComplaintPolicyCompare(models.TransientModel):
    """Dry run of a version: how many dates of open cases it would move (M63).

    It changes none, and shows counts only: who owns the procedure sees no case. What
    is handled independently, or hidden from that person, is not counted.
    """

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
        """Count what the version would change in open cases.

        :param policy: the version to try, usually a draft
        :return: the dry run, with one line for each duty that would move
        :raises AccessError: for who may not write the version
        """
        policy.ensure_one()
        policy.check_access("write")
        policy_sudo = policy.sudo()
        cases = self.env["complaint.case"].sudo().search(self._domain(policy_sudo))
        cases = cases[:LIMIT]
        if cases:
            days = [policy_sudo._local(case.received_at).date() for case in cases]
            last = policy_sudo.term_ids._horizon(max(days))
            policy_sudo._ensure_calendar(min(days), last)
        changes = [change for case in cases for change in self._compare(policy, case)]
        return self.create(
            {
                "policy_id": policy.id,
                "line_ids": [
                    Command.create(line) for line in self._count_changes(changes)
                ],
                "case_count": len(cases),
                "changed_count": len({case for case, _milestone, _how in changes}),
            }
        )

    @api.model
    def _domain(self, policy):
        domain = Domain("state", "in", OPEN_STATES)
        domain &= Domain("policy_id.code", "=", policy.code)
        domain &= Domain("is_restricted", "=", False)
        domain &= Domain("walled_user_ids", "not in", [self.env.uid])
        companies = policy.company_id or self.env.companies
        return domain & Domain("company_id", "in", companies.ids)

    @api.model
    def _compare(self, policy, case):
        """Each duty whose date would be another one, or none, and how it would move.

        :return: triples of the case, the milestone and ``later``, ``earlier``,
            ``new`` or ``gone``
        """
        rows = case.env["complaint.deadline"]._prepare(
            policy.sudo(), case._facts(), case.received_at
        )
        new = {row["milestone"]: row["due_on"] for row in rows}
        first = case.deadline_ids.filtered(
            lambda row: not row.extends_id and row.term_id and row.state != "waived"
        )
        old = {
            row.milestone: row.due_on for row in first.sorted("due_on", reverse=True)
        }
        for milestone in sorted({*new, *old}):
            before, after = old.get(milestone), new.get(milestone)
            if before != after:
                yield case, milestone, self._moved(before, after)

    @api.model
    def _moved(self, before, after):
        if not before:
            return "new"
        if not after:
            return "gone"
        return "later" if after > before else "earlier"

    @api.model
    def _count_changes(self, changes):
        counts = {}
        for _case, milestone, how in changes:
            line = counts.setdefault(milestone, {"milestone": milestone})
            line[f"{how}_count"] = line.get(f"{how}_count", 0) + 1
        return counts.values()
