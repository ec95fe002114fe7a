from odoo import fields, models

OWN_MILESTONES = [("authorisation", "Authorisation runs out")]


class ComplaintDeadline(models.Model):
    """Warns before an authorisation runs out; afterwards it is nobody's delay."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )

    def _pass(self):
        """It has run out: that is told to who works the case, and to nobody else."""
        over = self.filtered(lambda row: row.milestone == "authorisation")
        super(ComplaintDeadline, self - over)._pass()
        for row in over:
            reason = row.env._("The authorisation has run out.")
            row._waive(reason)
            row.case_id._tell_said("authorisation")
