from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

RULES = [
    ("repeat", "The same ground, several times in the same unit"),
    ("recurrence", "Again, after a measure was done"),
]
OWN = "('receiver_id', '=', user.id)"


class ComplaintPattern(models.Model):
    """What one of two plain rules found across cases, with the cases behind (M40).

    It is for one receiver, counted over what that person may read, and decided by them:
    accepted into a systemic issue, or dismissed with a reason (C-18, D-14).
    """

    _name = "complaint.pattern"
    _inherit = ["complaint.across"]
    _description = "Pattern in complaints"
    _order = "state_rank, last_on desc, id desc"
    _readers = {"manager": OWN, "independent": OWN}

    rule = fields.Selection(RULES, required=True, readonly=True)
    receiver_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    case_ids = fields.Many2many(
        "complaint.case",
        "complaint_pattern_case",
        "pattern_id",
        "case_id",
        string="Cases behind it",
        readonly=True,
    )
    action_id = fields.Many2one(
        "complaint.action",
        string="Measure that did not hold",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    first_on = fields.Date(string="First case", readonly=True)
    last_on = fields.Date(string="Last case", readonly=True)
    months = fields.Integer(string="Within months", readonly=True)
    explanation = fields.Char(string="Why it is shown", compute="_compute_explanation")
    state = fields.Selection(
        [
            ("new", "To be decided"),
            ("accepted", "Accepted"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        default="new",
        readonly=True,
    )
    state_rank = fields.Integer(compute="_compute_state_rank", store=True)
    reason = fields.Text(string="Why not")
    decided_on = fields.Date(readonly=True)
    issue_id = fields.Many2one(
        "complaint.issue",
        string="Systemic issue",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _decided_state = models.Constraint(
        "CHECK ((state = 'new') = (decided_on IS NULL))",
        "A pattern is decided exactly when it carries the day it was.",
    )
    _new_unique = models.UniqueIndex(
        "(rule, receiver_id, unit_id, category_id, COALESCE(action_id, 0)) "
        "WHERE state = 'new'",
        "This pattern waits already.",
    )

    @api.depends("state")
    def _compute_state_rank(self):
        for pattern in self:
            pattern.state_rank = 0 if pattern.state == "new" else 1

    @api.depends("rule", "case_count", "unit_id", "category_id", "months", "action_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for pattern in self:
            told = {
                "count": pattern.case_count,
                "unit": pattern.unit_id.name,
                "ground": pattern.category_id.name,
                "months": pattern.months,
            }
            if pattern.rule == "recurrence":
                pattern.explanation = self.env._(
                    "%(count)s complaints about “%(ground)s” in %(unit)s since a "
                    "measure against it was done.",
                    **told,
                )
            else:
                pattern.explanation = self.env._(
                    "%(count)s complaints about “%(ground)s” in %(unit)s within "
                    "%(months)s months.",
                    **told,
                )

    @api.depends("unit_id", "category_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        self._check_known()
        for pattern in self:
            names = (pattern.unit_id.name, pattern.category_id.name)
            pattern.display_name = " · ".join(filter(None, names))

    def _writable(self):
        names = super()._writable()
        is_new = all(pattern.state == "new" for pattern in self)
        return names | {"reason"} if is_new else names

    def action_accept(self, text=None, issue_id=None):
        """Take the pattern into a systemic issue: a new one, or one that is there.

        :param text: what the issue is called, without names of people
        :param issue_id: id of an open issue of the same unit, in place of a new one
        :return: action that opens the issue
        """
        self.ensure_one()
        self._begin()
        issue = self.env["complaint.issue"].browse(issue_id or [])
        if issue:
            issue.check_access("write")
            issue._check_takes(self)
        pattern = self.sudo()
        if issue:
            issue.sudo().case_ids |= pattern.case_ids
        else:
            issue = issue.sudo().create(pattern._prepare_issue(text))
        pattern.write(
            {
                "state": "accepted",
                "decided_on": fields.Date.context_today(self),
                "issue_id": issue.id,
            }
        )
        pattern._log_in_cases("pattern_accepted")
        return issue._open()

    def action_dismiss(self, reason=None):
        """Record that the pattern means nothing, and why.

        It comes back only with as many new cases as made it.

        :param reason: why, where it has not been written yet
        :raises UserError: without it
        """
        for pattern in self:
            pattern._begin()
            text = (reason or pattern.reason or "").strip()
            if not text:
                raise UserError(self.env._("Write why it is nothing to act on."))
            pattern.sudo().write(
                {
                    "state": "dismissed",
                    "reason": text,
                    "decided_on": fields.Date.context_today(self),
                }
            )
            pattern._log_in_cases("pattern_dismissed", reason=text)
        return True

    def _begin(self):
        self.check_access("write")
        if self.state != "new":
            raise UserError(self.env._("This pattern has been decided already."))

    def _prepare_issue(self, name):
        return {
            "name": (name or "").strip() or self.display_name,
            "company_id": self.company_id.id,
            "unit_id": self.unit_id.id,
            "category_id": self.category_id.id,
            "case_ids": [Command.set(self.case_ids.ids)],
            "case_count": len(self.case_ids),
            "is_independent": self.is_independent,
            "owner_id": self.receiver_id.id,
        }
