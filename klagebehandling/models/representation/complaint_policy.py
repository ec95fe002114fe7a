from odoo import api, fields, models

MINE = {"is_own_view_asked", "own_view_age"}


class ComplaintPolicy(models.Model):
    """Adds whether the person it is about is asked, and a child from which age.

    It promises nobody a date: it may change at any time.
    """

    _inherit = "complaint.policy"

    is_own_view_asked = fields.Boolean(
        string="The person it is about is asked",
        help="Where somebody complains for a service user or a child, the case closes "
        "with what that person says, or with why not.",
    )
    own_view_age = fields.Integer(
        string="A child is asked from, years",
        help="None: a child of any age. Our own rule, unless the procedure says it.",
    )

    _own_view_age_meant = models.Constraint(
        "CHECK (own_view_age BETWEEN 0 AND 18)", "This is the age of a child, up to 18."
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | MINE
