from odoo import api, fields, models

OURS = "Our own rule, unless the procedure says it."


class ComplaintPolicy(models.Model):
    """Adds from how many answers about the handling they are shown."""

    _inherit = "complaint.policy"

    satisfaction_cases = fields.Integer(
        string="Answers about the handling are shown from",
        default=5,
        help="Fewer could be told apart. " + OURS,
    )

    _satisfaction_cases_enough = models.Constraint(
        "CHECK (satisfaction_cases BETWEEN 3 AND 1000)",
        "Answers are shown from three at least.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | {"satisfaction_cases"}
