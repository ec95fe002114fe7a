from odoo import api, fields, models

NOT_LAW = "Our own rule, unless the procedure says it: check what binds you by law."


class ComplaintPolicy(models.Model):
    """Adds what is done the same day, easy words, and the clocks of the other side."""

    _inherit = "complaint.policy"

    urgency_ids = fields.One2many(
        "complaint.policy.urgency", "policy_id", string="Same-day rules", copy=True
    )
    has_easy_track = fields.Boolean(
        string="Easy words",
        help="A way to complain for children and for who reads little: few words, one "
        "question at a time, numbers to call.",
    )
    subject_inform_days = fields.Integer(
        string="The other side is informed and heard within, days",
        default=30,
        help=NOT_LAW,
    )
    subject_access_days = fields.Integer(
        string="The other side is answered on access within, days",
        default=30,
        help=NOT_LAW,
    )

    _subject_days_positive = models.Constraint(
        "CHECK (subject_inform_days BETWEEN 0 AND 365 "
        "AND subject_access_days BETWEEN 0 AND 365)",
        "These are days, up to a year.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | {"urgency_ids", "has_easy_track"}

    @api.model
    def _recorded_parts(self):
        return (*super()._recorded_parts(), "urgency_ids")
