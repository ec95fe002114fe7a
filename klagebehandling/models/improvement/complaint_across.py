from odoo import api, fields, models

NOT_WALLED = (
    "('case_ids', 'not any', ['|', ('walled_user_ids', 'in', [user.id]), "
    "('barred_user_ids', 'in', [user.id])])"
)


class ComplaintAcross(models.AbstractModel):
    """What is found across cases: hidden from whoever one of them is hidden from.

    Inherited by the pattern and by the systemic issue. Their cases are evidence: each
    reader sees those that they read anyway.
    """

    _name = "complaint.across"
    _inherit = ["complaint.guarded", "complaint.walled"]
    _description = "Found across cases"
    _case_path = "case_ids"
    _company_path = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    unit_id = fields.Many2one(
        "complaint.unit", readonly=True, index=True, ondelete="restrict"
    )
    category_id = fields.Many2one(
        "complaint.category", string="Ground", readonly=True, ondelete="restrict"
    )
    case_count = fields.Integer(
        string="Cases", readonly=True, help="How many there were as it was found."
    )
    is_independent = fields.Boolean(
        readonly=True, help="Of cases that are handled independently."
    )

    @api.model
    def _wall_domain(self):
        return f"[{NOT_WALLED}]"

    def _log_in_cases(self, event, **payload):
        """Enter an act in the journals of the cases behind, and nowhere else."""
        self.env["complaint.journal"].sudo()._append(
            [
                (case, event, {"row": one.id, **payload})
                for one in self.sudo()
                for case in one.case_ids
            ],
            is_act=False,
        )
