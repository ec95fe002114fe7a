from odoo import fields, models


class ComplaintPolicy(models.Model):
    """Adds how long a party has to sign minutes before it is reminded."""

    _inherit = "complaint.policy"

    sign_days = fields.Integer(
        string="Minutes are signed within, days",
        default=7,
        help="Then a reminder goes out, and after as many days a second one. Our own "
        "rule, unless the procedure says it.",
    )

    _sign_days_positive = models.Constraint(
        "CHECK (sign_days BETWEEN 1 AND 365)", "These are days, from 1 to 365."
    )
