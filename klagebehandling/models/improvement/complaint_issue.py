from odoo import fields, models
from odoo.exceptions import UserError

IN_LINE = (
    "'&', ('is_independent', '=', False), '|', ('unit_id', '=', False), "
    "('unit_id.line_manager_ids', 'in', [user.id])"
)
WRITTEN = {"name", "description", "owner_id"}


class ComplaintIssue(models.Model):
    """A systemic issue: what is wrong across cases, and what changes for it (C-18).

    Its measures name it, and it names the cases that caused them (C-20).
    """

    _name = "complaint.issue"
    _inherit = ["complaint.across"]
    _description = "Systemic issue"
    _order = "state desc, id desc"
    _readers = {"manager": IN_LINE, "independent": "('is_independent', '=', True)"}

    name = fields.Char(required=True, help="Without names of people.")
    description = fields.Text(string="What is behind it")
    owner_id = fields.Many2one(
        "res.users", domain="[('share', '=', False)]", ondelete="restrict"
    )
    case_ids = fields.Many2many(
        "complaint.case",
        "complaint_issue_case",
        "issue_id",
        "case_id",
        string="Cases behind it",
        readonly=True,
    )
    pattern_ids = fields.One2many("complaint.pattern", "issue_id", string="Patterns")
    action_ids = fields.One2many("complaint.action", "issue_id", string="Measures")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        required=True,
        default="open",
        readonly=True,
    )
    lesson = fields.Text(
        string="What was learned",
        help="Written for everybody in the units: no people, no single case.",
    )
    lesson_id = fields.Many2one(
        "complaint.lesson", readonly=True, copy=False, index="btree_not_null"
    )

    def _writable(self):
        names = super()._writable() | {"action_ids"}
        if all(issue.state == "open" for issue in self):
            names |= WRITTEN
        return names if any(issue.lesson_id for issue in self) else names | {"lesson"}

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su or operation == "create":
            return
        for vals in vals_list:
            if "name" in vals and not (vals["name"] or "").strip():
                raise UserError(self.env._("Write what the issue is."))
            if vals.get("owner_id"):
                actions = self.env["complaint.action"]
                actions._check_owner(self.sudo().case_ids, vals["owner_id"])

    def action_close(self):
        """Record that nothing more is done about the issue.

        :raises UserError: while a measure is still to be done
        """
        for issue in self:
            issue.check_access("write")
            if issue.sudo().action_ids.filtered(lambda one: one.state == "open"):
                raise UserError(
                    self.env._("A measure is still to be done. End that first.")
                )
            issue.sudo().state = "closed"
            issue._log_in_cases("issue_closed")
        return True

    def action_release(self, text=None):
        """Give what was learned back to the unit and those below it (M41, B-08).

        Only from so many cases that none of them can be told by it, never from what is
        handled independently, and without the name of anybody in the cases.

        :param text: the lesson, where it has not been written yet
        :raises UserError: where that would tell of somebody
        :return: id of the lesson
        """
        self.ensure_one()
        self.check_access("write")
        text = (text or self.lesson or "").strip()
        issue = self.sudo()
        issue._check_releasable(text, self.env)
        issue.lesson = text
        issue.lesson_id = issue.lesson_id.create(
            {
                "company_id": issue.company_id.id,
                "unit_id": issue.unit_id.id,
                "category_id": issue.category_id.id,
                "text": text,
            }
        )
        issue._log_in_cases("lesson_released", lesson=text)
        return issue.lesson_id.id

    def _check_releasable(self, text, env):
        least = self.unit_id.effective_policy_id.lesson_cases
        if not text:
            raise UserError(env._("Write what was learned first."))
        if self.lesson_id:
            raise UserError(env._("This lesson has gone out already."))
        if self.is_independent:
            raise UserError(
                env._("What is handled independently is not told to the units.")
            )
        if len(self.case_ids) < least:
            raise UserError(
                env._(
                    "There are fewer than %(least)s cases behind it: the lesson could "
                    "tell who complained.",
                    least=least,
                )
            )
        cases = self.case_ids.with_env(env)
        told = cases._filtered_access("read")
        nobody = env["complaint.party"]
        if any(
            case._names_complainant(text, nobody) or case.reference in text
            for case in told
        ):
            raise UserError(
                env._("The text names somebody or a case. Write it without.")
            )

    def _check_takes(self, pattern):
        """Refuse to mix what one reader may see with what another may."""
        if self.state != "open" or (
            self.unit_id,
            self.is_independent,
            self.company_id,
        ) != (pattern.unit_id, pattern.is_independent, pattern.company_id):
            raise UserError(
                self.env._("Choose an open issue of the same unit, or make a new one.")
            )

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Systemic issue"),
        }
