from odoo import api, fields, models

MINE = {"limit_days", "objection_days"}
OURS = "Our own rule, unless the procedure says it."


class ComplaintPolicy(models.Model):
    """Adds how long contact may be limited, and how soon an objection is answered.

    It promises nobody a date before a limit is decided: it may change at any time.
    """

    _inherit = "complaint.policy"

    limit_days = fields.Integer(
        string="Contact is limited for at most, days",
        default=90,
        help="It ends by itself. " + OURS,
    )
    objection_days = fields.Integer(
        string="An objection is answered within, days", default=14, help=OURS
    )

    _limit_days_positive = models.Constraint(
        "CHECK (limit_days BETWEEN 1 AND 365 AND objection_days BETWEEN 1 AND 90)",
        "Contact is limited for up to a year, and an objection answered within 90 "
        "days.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | MINE
