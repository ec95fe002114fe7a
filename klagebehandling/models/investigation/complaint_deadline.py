from odoo import fields, models

# Duties that no term of the procedure opens: what cannot wait, by a law, and to the
# person complained about.
OWN_MILESTONES = [
    ("contact", "Done the same day"),
    ("statutory", "Parallel duty"),
    ("subject", "Right of the other side"),
]


class ComplaintDeadline(models.Model):
    """Adds the duties of this room, and the interval agreed with the person."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )

    def _meet(self, met_on=None):
        """Start the next update as agreed, also where the procedure has none (D-35)."""
        told = self.sudo().filtered(
            lambda row: row.is_open and row.milestone == "update"
        )
        result = super()._meet(met_on)
        met_on = met_on or fields.Datetime.now()
        for case in told.case_id:
            is_agreed = case.contact_interval > 0 and not case._has_ended()
            if is_agreed and not case._deadlines("update"):
                case._open_deadlines(met_on, ["update"])
        return result
