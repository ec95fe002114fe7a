from odoo import fields, models

from ...vocabulary import CHANNELS


class ComplaintPolicyChannel(models.Model):
    """A way of complaining, and whether one may be anonymous there."""

    _name = "complaint.policy.channel"
    _inherit = "complaint.policy.part"
    _description = "Way of complaining in a procedure"
    _order = "policy_id, sequence, id"
    _rec_name = "channel"

    channel = fields.Selection(CHANNELS, required=True)
    sequence = fields.Integer(default=10)
    is_offered = fields.Boolean(default=True)
    anonymity_allowed = fields.Boolean(string="Anonymous allowed", default=True)
    instructions = fields.Text(
        translate=True, help="How to use this way, for the public form and paper."
    )
    short_url = fields.Char()

    _channel_unique = models.Constraint(
        "UNIQUE (policy_id, channel)", "A procedure lists each way once."
    )
