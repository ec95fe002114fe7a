from odoo import fields, models

# Duties that no term of the procedure opens: what cannot wait, by a law, and to the
# person complained about.
OWN_MILESTONES = [
    ("contact", "Done the same day"),
    ("statutory", "Parallel duty"),
    ("subject", "Right of the other side"),
]


class ComplaintDeadline(models.Model):
    """Adds the duties of this room."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )
