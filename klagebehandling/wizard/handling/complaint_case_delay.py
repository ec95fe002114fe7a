from odoo import api, fields, models
from odoo.tools.misc import clean_context

MILESTONES = [
    ("acknowledge", "Acknowledgement of receipt"),
    ("reply", "Reply"),
    ("close", "Closing"),
]


class ComplaintCaseDelay(models.TransientModel):
    """Tell the complainant why it takes longer, and until when (A-31)."""

    _name = "complaint.case.delay"
    _inherit = ["complaint.pointing"]
    _description = "Tell of a delay"

    case_id = fields.Many2one("complaint.case", required=True, readonly=True)
    milestone = fields.Selection(
        MILESTONES,
        string="What is delayed",
        compute="_compute_milestone",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    old_due_on = fields.Date(string="Promised", compute="_compute_old_due_on")
    reason = fields.Text(
        required=True, help="The complainant reads it as you write it: plain and true."
    )
    until = fields.Date(string="New date", required=True)
    send_now = fields.Boolean(
        default=True,
        help="Without it the complainant is told on the day the promise would break.",
    )

    @api.constrains("case_id")
    def _check_case_id(self):
        # Constraints run as superuser: ask the person.
        self.case_id.sudo(False).check_access("read")

    @api.depends("case_id")
    def _compute_milestone(self):
        """Propose what is due first."""
        for delay in self:
            rows = delay.case_id._delayable(None)
            delay.milestone = rows.sorted("due_at")[:1].milestone

    @api.depends("case_id", "milestone")
    def _compute_old_due_on(self):
        for delay in self:
            rows = delay.case_id._delayable(delay.milestone)
            delay.old_due_on = rows[:1].due_on if delay.milestone else False

    def action_confirm(self):
        """Tell of the delay, or plan to; errors leave what was written."""
        self.ensure_one()
        self.check_access("write")
        env = self.env(context=clean_context(self.env.context))
        case = self.case_id.with_env(env)
        case.action_delay(
            self.reason, self.until, milestone=self.milestone, send_now=self.send_now
        )
        return {"type": "ir.actions.act_window_close"}
