from odoo import api, fields, models

MILESTONES = [
    ("acknowledge", "Acknowledgement of receipt"),
    ("reply", "Reply"),
    ("close", "Closing"),
]


class ComplaintCaseDelay(models.TransientModel):
    """Tell the complainant why it takes longer, and until when (A-31)."""

    _name = "complaint.case.delay"
    _inherit = ["complaint.case.dialog"]
    _description = "Tell of a delay"

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
        """Tell of the delay, or plan to."""
        case = self._begin()
        case.action_delay(
            self.reason, self.until, milestone=self.milestone, send_now=self.send_now
        )
        return self._finish(case)
