from odoo import fields, models

# Duties that a measure opens: to do it, and to look whether it helped.
OWN_MILESTONES = [("measure", "Measure"), ("effect", "Effect of a measure")]


class ComplaintDeadline(models.Model):
    """Adds the days of measures to the duties of a case."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )
