from odoo import fields, models

# What the first assessment asks about: a box on the case each (M31).
SIGNS = [
    ("has_danger", "Danger to life or health"),
    ("is_pressing", "It cannot wait"),
    ("concerns_child", "A child is concerned"),
    ("concerns_protected", "Somebody needs protection"),
]


class ComplaintPolicyUrgency(models.Model):
    """A rule of the procedure for what cannot wait: what is done the same day (M31).

    It is no promise to the complainant: it can be changed while the version binds
    cases, and each change is journaled.
    """

    _name = "complaint.policy.urgency"
    _inherit = "complaint.policy.part"
    _description = "Same-day rule of a procedure"
    _order = "policy_id, sequence, id"
    _is_promise = False

    sequence = fields.Integer(default=10)
    sign = fields.Selection(SIGNS, string="When", required=True)
    name = fields.Char(
        string="What is done the same day", required=True, translate=True
    )
    receiver = fields.Selection(
        [("handler", "Handler"), ("manager", "Nearest manager")],
        string="By whom",
        required=True,
        default="handler",
    )
