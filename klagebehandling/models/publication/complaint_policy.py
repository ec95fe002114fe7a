from odoo import api, fields, models


class ComplaintPolicy(models.Model):
    """Adds what a yearly report of the procedure may tell, and what it is used for."""

    _inherit = "complaint.policy"

    report_cases = fields.Integer(
        string="Smallest number told",
        default=5,
        help="A smaller number of cases stands in no published report: somebody could "
        "be told by it.",
    )
    has_report_budget = fields.Boolean(
        string="Used for goals and budget",
        help="The yearly report has a chapter about what follows for goals and budget.",
    )

    _report_cases_enough = models.Constraint(
        "CHECK (report_cases >= 3)",
        "Fewer than three cases are never told: who knows one would know the other.",
    )

    @api.model
    def _editable_in_use(self):
        # Promises nobody anything.
        return super()._editable_in_use() | {"has_report_budget"}
