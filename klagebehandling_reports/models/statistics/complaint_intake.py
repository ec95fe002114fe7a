from odoo import models


class ComplaintIntake(models.AbstractModel):
    """A case that has just come has been neither acknowledged nor answered."""

    _inherit = "complaint.intake"

    def _prepare_known(self, rows):
        return {
            **super()._prepare_known(rows),
            "workdays_to_acknowledge": 0,
            "workdays_to_answer": 0,
        }
