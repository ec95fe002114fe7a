from odoo import fields, models

OWN_MILESTONES = [
    ("limit", "Limit of contact ends"),
    ("objection", "Answer to an objection"),
]


class ComplaintDeadline(models.Model):
    """Ends a limit of contact by itself, and waits for the answer to an objection."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )

    def _pass(self):
        """A limit that is over is nobody's delay."""
        over = self.filtered(lambda row: row.milestone == "limit")
        super(ComplaintDeadline, self - over)._pass()
        if not over:
            return
        limits = self.env["complaint.conduct.limit"].sudo()
        limits.search([("deadline_id", "in", over.ids)])._end_by_clock()
        for row in over:
            row._waive(row.env._("The limit has ended."))
