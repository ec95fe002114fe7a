from odoo import api, fields, models

OURS = {
    "follower_id",
    "is_followed_up",
    "is_routine_confirmed",
    "is_selfchecked",
    "is_training_recorded",
    "question_ids",
    "training_months",
    "unused_months",
}


class ComplaintPolicy(models.Model):
    """Adds the duties of the organisation: following up, knowing, looking at itself.

    Switches and persons, which promise nobody anything: they may change at any time.
    """

    _inherit = "complaint.policy"

    is_followed_up = fields.Boolean(
        string="Followed up by the head",
        help="Each case is followed up by whoever leads, and that is recorded.",
    )
    follower_id = fields.Many2one(
        "res.users",
        string="Who follows up",
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Somebody in the line of management. Without anybody, or where that "
        "person may not see the case: who leads at the top; else the independent "
        "receiver.",
    )
    is_routine_confirmed = fields.Boolean(
        string="Staff confirm the routine",
        help="Each colleague confirms once for each version that the routine is known.",
    )
    is_training_recorded = fields.Boolean(
        string="Training is recorded",
        help="Managers record who was trained in the system.",
    )
    training_months = fields.Integer(
        string="Trained again after, months", help="None: once is enough."
    )
    unused_months = fields.Integer(
        string="Nothing received for, months",
        default=6,
        help="From then on a unit is shown as not using the system. None: never. "
        "Our own rule, unless the procedure says it.",
    )
    is_selfchecked = fields.Boolean(
        string="Self-check each quarter",
        help="Who leads at the top looks through each quarter and answers for it.",
    )
    question_ids = fields.One2many(
        "complaint.policy.question",
        "policy_id",
        string="Questions of the self-check",
        copy=True,
    )

    _organisation_months = models.Constraint(
        "CHECK (training_months BETWEEN 0 AND 120 AND unused_months BETWEEN 0 AND 60)",
        "These are months: up to 120 for training, up to 60 without a complaint.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | OURS
